"""Which encoding? UTF-8 and UTF-16 by their marks, then strict UTF-8, then GB18030."""

from __future__ import annotations

import codecs
import re

from kaoji.core.speech import say
from kaoji.documents.read.refusals import ForeignFormat, NotText

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FOREIGN = {
    b"Rar!": say("压缩文件"),
    b"7z\xbc\xaf": say("压缩文件"),
    b"\x1f\x8b": say("压缩文件"),
}
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\ufffd]")
_COMMON = re.compile(r"[项目指标年度资金的]")
_TOLERATED_DAMAGE = 0.01


def decode(content: bytes) -> str:
    """Decode a document; undecodable bytes become U+FFFD where most of it is sound UTF-8.

    Raises ForeignFormat for known binary formats and NotText for anything else.
    """
    for signature, name in _FOREIGN.items():
        if content.startswith(signature):
            raise ForeignFormat(name)
    text = _decode(content)
    text = text and text.replace("\x00", "\ufffd")
    if text is None or len(_CONTROL.findall(text)) > len(text) * _TOLERATED_DAMAGE:
        raise NotText
    return text


def _decode(content: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    if b"\x00" in content[:65536]:
        wide = _unmarked_utf16(content)
        if wide is not None and _COMMON.search(wide):
            return wide
    for encoding in ("utf-8", "gb18030"):
        text = _strictly(content, encoding)
        if text is not None and (encoding == "utf-8" or _COMMON.search(text)):
            return text
    mended = content.decode("utf-8", errors="replace")
    if mended.count("\ufffd") <= len(mended) * _TOLERATED_DAMAGE:
        return mended
    mended = content.decode("gb18030", errors="replace")
    return mended if mended.count("\ufffd") <= len(mended) * _TOLERATED_DAMAGE else None


def _strictly(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _unmarked_utf16(content: bytes) -> str | None:
    """UTF-16 without a mark; text in other encodings hardly ever has zero bytes.

    The zero bytes of its line breaks and tabs tell which end comes first.
    """
    little = content.count(b"\n\x00") + content.count(b"\t\x00")
    big = content.count(b"\x00\n") + content.count(b"\x00\t")
    return _strictly(content, "utf-16-le" if little >= big else "utf-16-be")
