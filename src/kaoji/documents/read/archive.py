"""ZIP archives: which kind of document is it, or is it a bundle of documents?"""

from __future__ import annotations

import io
import re
import zipfile

from kaoji.core.speech import say
from kaoji.documents.read.refusals import ForeignFormat, UnreadableDocument

# Far beyond any form, far below what hurts: unpacked bytes, entries, and their ratio.
_MOST_BYTES = 150_000_000
_MOST_BYTES_BUNDLED = 1_000_000_000
_MOST_ENTRIES = 5_000
_GREATEST_RATIO = 200
_RATIO_MATTERS_FROM = 10_000_000

# Some programs number the main part: word/document2.xml.
_KINDS = {
    re.compile(r"word/document\d*\.xml"): "docx",
    re.compile(r"xl/workbook\.xml"): "xlsx",
}
# Documents, and no bundles of documents, though their insides are files too.
_FOREIGN = {
    "ppt/presentation.xml": say("PowerPoint 演示文稿"),
    "xl/workbook.bin": say("Excel 二进制工作簿（.xlsb）"),
    "OFD.xml": say("OFD 版式文件"),
    "Index/Document.iwa": say("Pages、Numbers 或 Keynote 文稿"),
}
_OPEN_DOCUMENTS = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}


def zip_kind(content: bytes) -> str:
    """`docx`, `xlsx`, `odt`, `ods`, or `zip` for a bundle of anything.

    Raises UnreadableDocument for an archive that would unpack to more than any form needs,
    or that is broken.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            kind = _kind(archive, {entry.filename for entry in entries})
    except UnreadableDocument:
        raise
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as broken:
        raise UnreadableDocument(say("压缩文件不完整，无法打开；请重新取得文件")) from broken
    size = sum(entry.file_size for entry in entries)
    most = _MOST_BYTES if kind != "zip" else _MOST_BYTES_BUNDLED
    inflated = size > _RATIO_MATTERS_FROM and size > _GREATEST_RATIO * len(content)
    if size > most or len(entries) > _MOST_ENTRIES or inflated:
        raise UnreadableDocument(
            say("文件解压后过大（{size} MB），不予读取", size=size // 1_000_000)
        )
    return kind


def _kind(archive: zipfile.ZipFile, names: set[str]) -> str:
    foreign = next((told for name, told in _FOREIGN.items() if name in names), None)
    if foreign is not None:
        raise ForeignFormat(foreign)
    found = next(
        (kind for part, kind in _KINDS.items() if any(map(part.fullmatch, names))), None
    )
    if found or "mimetype" not in names:
        return found or "zip"
    with archive.open("mimetype") as mark:
        return _OPEN_DOCUMENTS.get(mark.read(100).strip(), "zip")
