"""What kind of document is it? Its bytes tell; its name does not."""

from __future__ import annotations

import re
from enum import StrEnum

from kaoji.documents.read.archive import zip_kind


class Kind(StrEnum):
    """The kinds that are told apart; each is read by the module of its name, if there is one."""

    TEXT = "text"
    HTML = "html"
    DOCX = "docx"
    XLSX = "xlsx"
    PDF = "pdf"
    PICTURE = "picture"
    DOC = "doc"
    XLS = "xls"
    RTF = "rtf"
    ODT = "odt"
    ODS = "ods"
    LOCKED = "locked"
    ZIP = "zip"


# What another program turns into a kind that we read.
CONVERTED = {
    Kind.DOC: Kind.DOCX,
    Kind.RTF: Kind.DOCX,
    Kind.ODT: Kind.DOCX,
    Kind.XLS: Kind.XLSX,
    Kind.ODS: Kind.XLSX,
}
MEDIA_TYPES = {
    Kind.DOC: "application/msword",
    Kind.XLS: "application/vnd.ms-excel",
    Kind.RTF: "application/rtf",
    Kind.ODT: "application/vnd.oasis.opendocument.text",
    Kind.ODS: "application/vnd.oasis.opendocument.spreadsheet",
}

_HTML = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|body|table|meta|p|div)\b", re.IGNORECASE
)
# Some writers put a few bytes before the mark of a PDF; all readers allow it.
_PDF_MARK_WITHIN = 1024
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8", b"II*\x00", b"MM\x00*")
_COMPOUND = b"\xd0\xcf\x11\xe0"
# Names of the streams in old Office files.
_STREAMS = {
    "EncryptedPackage": Kind.LOCKED,
    "WordDocument": Kind.DOC,
    "Workbook": Kind.XLS,
    "Book": Kind.XLS,
}


def kind_of(content: bytes) -> Kind:
    """Tell the kind. Raises UnreadableDocument for an archive that is broken or a bomb."""
    if b"%PDF-" in content[:_PDF_MARK_WITHIN]:
        return Kind.PDF
    if content.startswith(b"PK\x03\x04"):
        return Kind(zip_kind(content))
    if content.startswith(_COMPOUND):
        return _in_compound(content)
    if content.startswith(_PICTURES):
        return Kind.PICTURE
    if content.startswith(b"{\\rtf"):
        return Kind.RTF
    return Kind.HTML if _HTML.match(content) else Kind.TEXT


def _in_compound(content: bytes) -> Kind:
    """Old Word and Excel files, WPS files among them, share one container."""
    for name, kind in _STREAMS.items():
        if name.encode("utf-16-le") in content:
            return kind
    return Kind.DOC
