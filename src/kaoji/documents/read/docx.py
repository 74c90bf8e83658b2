"""Word documents: paragraphs and tables in their order, merged cells and nested text included."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from kaoji.core.speech import say
from kaoji.documents.manuscript import Manuscript, Row
from kaoji.documents.read.grid import (
    MOST_CELLS,
    Content,
    Covered,
    TooManyCells,
    manuscript,
    paragraph,
    rows_of,
)
from kaoji.documents.read.refusals import UnreadableDocument

_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def read(content: bytes, *, name: str) -> Manuscript:
    """Read a .docx. No macro, no link and no external entity is followed."""
    try:
        document = docx.Document(io.BytesIO(content))
        rows = list(_rows(document))
    except UnreadableDocument:
        raise
    except Exception as broken:  # a broken file fails anywhere inside the library
        raise UnreadableDocument(say("Word 文件不完整，无法打开；请重新另存后再试")) from broken
    return manuscript(content, rows, name=name, media_type=_MEDIA_TYPE)


def _rows(document: Any) -> Iterator[Row]:
    """A paragraph between two tables begins a fragment; tables that touch are one."""
    fragment, tables, after_text = 0, 0, False
    for number, block in enumerate(document.iter_inner_content(), start=1):
        if isinstance(block, Paragraph):
            after_text = True
            if block.text.strip():
                yield paragraph(block.text, number=number, fragment=fragment)
        elif isinstance(block, Table):
            fragment += after_text
            after_text = False
            tables += 1
            yield from rows_of(_grid(block), fragment=fragment, table=tables)


def _grid(table: Table) -> Iterator[tuple[int, list[Content]]]:
    """The table's cells by grid column; a place covered from the left or above is marked."""
    width = len(table.columns)
    if width * len(table.rows) > MOST_CELLS:
        raise TooManyCells
    for number, row in enumerate(table.rows, start=1):
        contents: list[Content] = [""] * width
        column = row.grid_cols_before
        for cell in row._tr.tc_lst:
            end = min(column + cell.grid_span, width)
            contents[column:end] = [Covered.FROM_LEFT] * (end - column)
            if column < width:
                goes_on = cell.vMerge == "continue"
                contents[column] = Covered.FROM_ABOVE if goes_on else _text(cell, table)
            column += cell.grid_span
        yield number, contents


def _text(cell: Any, table: Table) -> str:
    """All paragraphs of a cell, those of tables inside it included."""
    return "\n".join(Paragraph(item, table).text for item in cell.iter(qn("w:p"))).strip()
