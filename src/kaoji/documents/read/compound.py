"""The container of old Office files: which kind of document is inside, and is it locked?"""

from __future__ import annotations

from kaoji.core.speech import say
from kaoji.documents.read.refusals import ForeignFormat

_SECTOR = 512
# Names of the streams, in the order in which they decide; one that is encrypted hides all others.
_STREAMS = {
    "EncryptedPackage": "locked",
    "WordDocument": "doc",
    "Workbook": "xls",
    "Book": "xls",
}
_FOREIGN = {
    "PowerPoint Document": say("PowerPoint 演示文稿"),
    "__properties_version1.0": say("Outlook 邮件"),
    "VisioDocument": say("Visio 图"),
}
_WORD_MARK = b"\xec\xa5"
_WORD_FLAGS, _WORD_ENCRYPTED = 11, 0x01
_EXCEL_MARK = b"\x09\x08\x10\x00\x00\x06"
_EXCEL_ENCRYPTED = 0x2F
_RECORDS_LOOKED_AT = 8


def compound_kind(content: bytes) -> str:
    """`doc`, `xls`, or `locked`; WPS files are doc and xls too. Raises ForeignFormat."""
    for name, kind in _STREAMS.items():
        if name.encode("utf-16-le") in content:
            return "locked" if _is_locked(content, kind) else kind
    for name, told in _FOREIGN.items():
        if name.encode("utf-16-le") in content:
            raise ForeignFormat(told)
    return "doc"


def _is_locked(content: bytes, kind: str) -> bool:
    """Does the first page of the stream say that what follows is encrypted?"""
    mark = _WORD_MARK if kind == "doc" else _EXCEL_MARK
    at = content.find(mark)
    while at >= 0 and at % _SECTOR:
        at = content.find(mark, at + 1)
    if at < 0:
        return False
    if kind == "doc":
        return bool(
            content[at + _WORD_FLAGS : at + _WORD_FLAGS + 1] > b""
            and content[at + _WORD_FLAGS] & _WORD_ENCRYPTED
        )
    return _has_password(content, at)


def _has_password(content: bytes, at: int) -> bool:
    """Is one of the first records of a workbook that of a password?"""
    for _ in range(_RECORDS_LOOKED_AT):
        head = content[at : at + 4]
        if len(head) < 4:
            return False
        if int.from_bytes(head[:2], "little") == _EXCEL_ENCRYPTED:
            return True
        at += 4 + int.from_bytes(head[2:], "little")
    return False
