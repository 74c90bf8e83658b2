"""What kind of document is it? Its bytes tell; its name does not."""

from __future__ import annotations

import codecs
import re
from enum import StrEnum

from kaoji.core.speech import say
from kaoji.documents.read.archive import zip_kind
from kaoji.documents.read.compound import compound_kind
from kaoji.documents.read.refusals import ForeignFormat


class Kind(StrEnum):
    """The kinds that are told apart; each is read by the module of its name, if there is one."""

    TEXT = "text"
    HTML = "html"
    DOCX = "docx"
    XLSX = "xlsx"
    EXCEL_XML = "excel_xml"
    WORD_XML = "word_xml"
    MHT = "mht"
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
    rb"<(?:!doctype html|html|head|body|table|meta|title|style|script|link|p|div|span|font|h\d|form|center)\b",
    re.IGNORECASE,
)
# What may stand before the first element: marks of encodings, declarations, comments.
_PROLOGUE = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s+|<\?.{0,500}?\?>|<!--.{0,2000}?-->|<!doctype\s+(?!html\b)[^>\[]{0,500}>)*+",
    re.DOTALL | re.IGNORECASE,
)
_XML_KINDS = {
    b"urn:schemas-microsoft-com:office:spreadsheet": Kind.EXCEL_XML,
    b"http://schemas.microsoft.com/office/word/2003/wordml": Kind.WORD_XML,
    b"http://schemas.microsoft.com/office/2006/xmlPackage": Kind.WORD_XML,
}
_XML_ROOT = re.compile(rb"<(?:[A-Za-z]+:)?(?:Workbook|wordDocument|package)\b[^>]*>")
_MHT = re.compile(
    rb"(?=.*^mime-version:)(?=.*^content-type:\s*multipart/related)",
    re.DOTALL | re.IGNORECASE | re.MULTILINE,
)
_HEADERS = re.compile(rb"\s*(?:[A-Za-z-]+: ?[^\n]*\n(?:[ \t][^\n]*\n)*)")
# Some writers put a few bytes before the mark of a PDF; all readers allow it.
_PDF_MARK_WITHIN = 1024
_HEAD = 8192
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8", b"II*\x00", b"MM\x00*")
_COMPOUND = b"\xd0\xcf\x11\xe0"


def kind_of(content: bytes) -> Kind:
    """Tell the kind. Raises UnreadableDocument for a broken archive, a bomb, a format nobody reads."""
    if b"%PDF-" in content[:_PDF_MARK_WITHIN]:
        return Kind.PDF
    if content.startswith(b"PK\x03\x04"):
        return Kind(zip_kind(content))
    if content.startswith(_COMPOUND):
        return Kind(compound_kind(content))
    if content.startswith(_PICTURES) or _is_webp(content):
        return Kind.PICTURE
    if content.startswith(b"{\\rtf"):
        return Kind.RTF
    if content[4:12] in _HEIC:
        raise ForeignFormat(say("HEIC 图片（手机照片）"))
    return _in_words(content)


_HEIC = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypheif")


def _is_webp(content: bytes) -> bool:
    return content.startswith(b"RIFF") and content[8:12] == b"WEBP"


def _in_words(content: bytes) -> Kind:
    """A page, XML of Office, a web archive, or plain text: told by how it begins."""
    head = content[:_HEAD]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = head.decode("utf-16", errors="ignore").encode("utf-8")
    begin = _PROLOGUE.match(head)
    rest = head[begin.end() :] if begin else head
    root = _XML_ROOT.match(rest)
    if root is not None:
        return next((kind for name, kind in _XML_KINDS.items() if name in root[0]), Kind.TEXT)
    if _HTML.match(rest):
        return Kind.HTML
    return Kind.MHT if _HEADERS.match(head) and _MHT.match(head) else Kind.TEXT
