"""Office documents are ZIP archives: which kind, and is it safe to unpack?"""

from __future__ import annotations

import io
import zipfile

from kaoji.core.speech import say
from kaoji.documents.read.refusals import UnreadableDocument

# Far beyond any form, far below what hurts: unpacked bytes, entries, and their ratio.
_MOST_BYTES = 150_000_000
_MOST_ENTRIES = 5_000
_GREATEST_RATIO = 200
_RATIO_MATTERS_FROM = 10_000_000

_KINDS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}


def office_kind(content: bytes) -> str | None:
    """`docx`, `xlsx`, or None for anything else.

    Raises UnreadableDocument for an archive that would unpack to more than any form needs,
    or that is broken.
    """
    if not content.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile as broken:
        raise UnreadableDocument(say("压缩文件不完整，无法打开；请重新取得文件")) from broken
    size = sum(entry.file_size for entry in entries)
    inflated = size > _RATIO_MATTERS_FROM and size > _GREATEST_RATIO * len(content)
    if size > _MOST_BYTES or len(entries) > _MOST_ENTRIES or inflated:
        raise UnreadableDocument(
            say("文件解压后过大（{size} MB），不予读取", size=size // 1_000_000)
        )
    names = {entry.filename for entry in entries}
    return next((kind for name, kind in _KINDS.items() if name in names), None)
