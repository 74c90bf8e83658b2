"""HTML pages as a browser shows them: text and tables in their order, fields with what was entered.

Spans are counted; what is hidden is left out and told; nothing is fetched or run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml import html as parser

from kaoji.core.provenance import Origin
from kaoji.core.speech import say
from kaoji.documents.manuscript import Manuscript, Row
from kaoji.documents.read.encoding import decode
from kaoji.documents.read.grid import (
    MOST_CELLS,
    Content,
    Covered,
    TooManyCells,
    manuscript,
    paragraph,
    rows_of,
)
from kaoji.documents.read.page_text import BREAK, PageText
from kaoji.documents.read.refusals import UnreadableDocument
from kaoji.documents.read.styling import PLAIN, Styling
from kaoji.documents.read.unseen import Unseen

_MOST_SPAN = 1_000
_FEWEST = 2
_HIDDEN_ROW = say("隐藏的行没有读取：{texts}")
_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")


def read(content: bytes, *, name: str) -> Manuscript:
    """Read an HTML page."""
    unseen = Unseen()
    try:
        page = parser.document_fromstring(_DECLARED.sub("", decode(content).lstrip("\ufeff")))
        rows = list(_Page(page, unseen).rows())
    except (etree.ParserError, ValueError, RecursionError) as broken:
        if isinstance(broken, UnreadableDocument):
            raise
        raise UnreadableDocument(say("网页内容不完整，无法读取")) from broken
    return manuscript(
        content, rows, name=name, media_type="text/html", omissions=unseen.omissions()
    )


class _Page:
    """Goes through a page; tables are counted as they come."""

    def __init__(self, page: Any, unseen: Unseen) -> None:
        self._page = page
        self._unseen = unseen
        self._styling = Styling(page)
        self._text = PageText(self._styling, unseen)
        self._fragment = 0
        self._tables = 0
        self._cells = 0

    def rows(self) -> Iterator[Row]:
        """A block of text between two tables begins a fragment."""
        after_text = False
        for number, piece in enumerate(self._pieces(), start=1):
            if isinstance(piece, str):
                after_text = True
                yield paragraph(piece, number=number, fragment=self._fragment)
            else:
                self._fragment += after_text
                after_text = False
                yield from self._table(piece)

    def _pieces(self) -> Iterator[Any]:
        """The page as tables and blocks of text, in order: no text is left out."""
        text: list[str] = []
        for piece in [*self._text.stream(self._page), None]:
            if isinstance(piece, str):
                text.append(piece)
                continue
            block = " ".join("".join(text).split())
            text = []
            if block:
                yield block
            if piece is not None and piece is not BREAK:
                yield piece

    def _table(self, table: Any) -> Iterator[Row]:
        """The rows of a table, each followed by those of the tables inside it."""
        self._tables += 1
        this = self._tables
        for number, line, inner in self._grid(table, this):
            yield from rows_of([(number, line)], fragment=self._fragment, table=this)
            for item in inner:
                yield from self._table(item)

    def _grid(self, table: Any, this: int) -> Iterator[tuple[int, list[Content], list[Any]]]:
        """Cells by row and column; what a span covers is marked, what is hidden left out."""
        rows = list(self._shown_rows(table, this))
        grid: list[dict[int, Content]] = [{} for _ in rows]
        inner: list[list[Any]] = [[] for _ in rows]
        for y, row in enumerate(rows):
            x = 0
            for cell in self._shown_cells(row):
                while x in grid[y]:
                    x += 1
                wide = self._cover(cell, x, grid[y:])
                self._unseen.place = Origin(table=this, row=y + 1, column=x + 1)
                grid[y][x] = self._text.of(cell, inner[y], is_grid)
                x += wide
        hidden = set(self._hidden_columns(table))
        width = max((max(row, default=-1) + 1 for row in grid), default=0)
        for number, (line, tables) in enumerate(zip(grid, inner, strict=True), start=1):
            contents = ["" if x in hidden else line.get(x, "") for x in range(width)]
            yield number, contents, tables

    def _cover(self, cell: Any, x: int, below: list[dict[int, Content]]) -> int:
        """Mark all places that a cell takes, and tell how many stand side by side."""
        wide, high = _span(cell, "colspan"), min(_span(cell, "rowspan"), len(below))
        self._cells += wide * high
        if self._cells > MOST_CELLS:
            raise TooManyCells
        for row in below[:high]:
            for dx in range(wide):
                row[x + dx] = Covered.FROM_LEFT if dx else Covered.FROM_ABOVE
        return wide

    def _shown_rows(self, table: Any, this: int) -> Iterator[Any]:
        for row in _rows_of(table):
            around = row.getparent()
            gone = any(
                self._styling.hides(item) or not self._styling.around(item, PLAIN).visible
                for item in ((row,) if around is table else (row, around))
            )
            if gone:
                self._unseen.place = Origin(table=this)
                self._unseen.note(_HIDDEN_ROW, row.text_content())
            else:
                yield row

    def _shown_cells(self, row: Any) -> Iterator[Any]:
        for cell in row.iterchildren("td", "th"):
            if self._styling.hides(cell):
                self._text.note_hidden(cell)
            else:
                yield cell

    def _hidden_columns(self, table: Any) -> list[int]:
        """The places of columns that are not shown, from 0."""
        hidden: list[int] = []
        at = 0
        for column in table.iter("col"):
            if next(column.iterancestors("table"), None) is not table:
                continue
            span = _span(column, "span")
            if self._styling.hides(column) or not self._styling.around(column, PLAIN).visible:
                hidden += range(at, at + span)
            at += span
        return hidden


def _rows_of(table: Any) -> Iterator[Any]:
    """The rows of a table, not those of tables inside it; the foot last."""
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    yield from (row for row in rows if row.getparent().tag != "tfoot")
    yield from (row for row in rows if row.getparent().tag == "tfoot")


def is_grid(table: Any) -> bool:
    """Has it rows and columns of its own, so that its text would make no sense in one cell?"""
    rows = list(_rows_of(table))
    widths = [sum(1 for _ in row.iterchildren("td", "th")) for row in rows]
    return len(rows) >= _FEWEST and max(widths) >= _FEWEST


def _span(cell: Any, name: str) -> int:
    text = cell.get(name, "1").strip()
    return max(1, min(int(text), _MOST_SPAN)) if text.isdecimal() and len(text) < 6 else 1
