"""Word documents: paragraphs and tables in their order, as a reader of the document sees them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from kaoji.core.provenance import UNKNOWN_PLACE
from kaoji.core.speech import say
from kaoji.documents.manuscript import Manuscript, Row
from kaoji.documents.read.grid import manuscript
from kaoji.documents.read.refusals import UnreadableDocument
from kaoji.documents.read.unseen import Unseen
from kaoji.documents.read.word.beside import note_beside
from kaoji.documents.read.word.blocks import Blocks
from kaoji.documents.read.word.inline import Inline
from kaoji.documents.read.word.names import tag
from kaoji.documents.read.word.numbers import Numbers
from kaoji.documents.read.word.package import Package, opened
from kaoji.documents.read.word.styles import Styles

_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def read(content: bytes, *, name: str) -> Manuscript:
    """Read a .docx. No macro, no link and no external entity is followed."""
    return read_package(content, opened, name=name, media_type=_MEDIA_TYPE)


def read_package(
    content: bytes, opening: Callable[[bytes], Package], *, name: str, media_type: str
) -> Manuscript:
    """Read a document of Word in any of its packagings. Raises UnreadableDocument."""
    unseen = Unseen()
    try:
        rows = _rows(opening(content), unseen)
    except (UnreadableDocument, MemoryError):
        raise
    except Exception as broken:  # a broken file fails anywhere
        raise UnreadableDocument(say("Word 文件不完整，无法打开；请重新另存后再试")) from broken
    return manuscript(
        content, rows, name=name, media_type=media_type, omissions=unseen.omissions()
    )


def _rows(package: Package, unseen: Unseen) -> list[Row]:
    body = package.document.find(tag("w:body"))
    if body is None:
        raise ValueError("no body")
    styles = Styles(next(iter(package.related("styles")), None))
    inline = Inline(styles, Numbers(next(iter(package.related("numbering")), None)), unseen)

    def taken_in(link: str, fragment: int) -> Iterator[Row]:
        part = package.chunk(link)
        if part is None:
            return
        from kaoji.documents.read import read_manuscript

        taken = read_manuscript(part, name="")
        for row in taken.rows:
            yield replace(row, fragment=fragment + row.fragment)
        for omission in taken.omissions:
            unseen.note(omission.told)

    rows = list(Blocks(inline, unseen, taken_in).rows(body))
    if not rows and inline.pictures:
        raise UnreadableDocument(
            say("Word 文件里只有图片，没有文字；请把图片另存出来单独读取，或先识别成文字")
        )
    unseen.place = UNKNOWN_PLACE
    note_beside(package, inline, unseen)
    return rows
