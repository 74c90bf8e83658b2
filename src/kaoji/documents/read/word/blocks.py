"""Paragraphs and tables of a Word document in their order, merged cells and controls included.

A table inside a cell is read as a table of its own where it has rows and columns, else as text of
the cell.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kaoji.core.provenance import Origin
from kaoji.core.speech import say
from kaoji.documents.manuscript import Row
from kaoji.documents.read.grid import (
    MOST_CELLS,
    Content,
    Covered,
    Flawed,
    TooManyCells,
    paragraph,
    rows_of,
)
from kaoji.documents.read.symbols import UNKNOWN
from kaoji.documents.read.unseen import Unseen
from kaoji.documents.read.word.inline import Inline, is_coloured, note_tracked
from kaoji.documents.read.word.names import elements, number, switch, tag, value

_MOST_SPAN = 1_000
# Over all tables of a document.
_MOST_PLACES = 5 * MOST_CELLS
_P, _TABLE, _ROW, _CELL = (tag(name) for name in ("w:p", "w:tbl", "w:tr", "w:tc"))
_VALUE = tag("w:val")
_CHUNK = tag("w:altChunk")
# What goes around blocks, rows and cells without being seen.
_AROUND = {
    tag(name)
    for name in (
        "w:sdt", "w:sdtContent", "w:customXml", "w:smartTag", "w:ins", "w:moveTo", "wx:sect",
        "wx:sub-section", "aml:annotation", "aml:content", "mc:AlternateContent", "mc:Choice",
        "wx:pBdrGroup", "wx:allowEmptyCollapse",
    )
}  # fmt: skip
_HIDDEN_ROW = say("隐藏的行没有读取：{texts}")
_COVERED_TEXT = say("被合并单元格盖住的文字没有读取：{texts}")
_FEWEST = 2


class Blocks:
    """Goes through the blocks of a document; *chunk* gives the rows of a document that is taken in."""

    def __init__(self, inline: Inline, unseen: Unseen, chunk: Any = None) -> None:
        self._inline = inline
        self._unseen = unseen
        self._chunk = chunk
        self._fragment = 0
        self._tables = 0
        self._number = 0
        self._places = 0
        self._after_text = False

    def rows(self, parent: Any) -> Iterator[Row]:
        """A paragraph between two tables begins a fragment; tables that touch are one."""
        begun = ""
        for block in blocks_in(parent):
            if block.tag == _CHUNK:
                yield from self._taken_in(block)
                continue
            self._number += 1
            if block.tag == _P:
                self._after_text = True
                self._unseen.place = Origin(row=self._number)
                shown = self._inline.paragraph(block)
                begun += shown.text
                if not shown.goes_on:
                    yield from self._paragraph(begun)
                    begun = ""
                for box in shown.boxes:
                    yield from self.rows(box)
            else:
                yield from self._paragraph(begun)
                begun = ""
                self._fragment += self._after_text
                self._after_text = False
                yield from self._table(block)
        yield from self._paragraph(begun)

    def _paragraph(self, text: str) -> Iterator[Row]:
        if text.strip():
            yield paragraph(
                text, number=self._number, fragment=self._fragment, flaw=_flaw(text)
            )

    def _taken_in(self, block: Any) -> Iterator[Row]:
        if self._chunk is not None:
            yield from self._chunk(block.get(tag("r:id")), self._fragment)

    def _table(self, table: Any) -> Iterator[Row]:
        """The rows of a table, each followed by those of the tables inside it."""
        self._tables += 1
        this = self._tables
        rows = [(row, list(_cells(row, self._unseen))) for row in _shown_rows(table)]
        width = _width(table, rows)
        places = width * len(rows)
        self._places += places
        if places > MOST_CELLS or self._places > _MOST_PLACES:
            raise TooManyCells
        styled = value(table.find(tag("w:tblPr")), "w:tblStyle") or ""
        ground = "grid" not in styled.lower() and styled not in {"", "TableNormal"}
        for place, (row, cells) in enumerate(rows, start=1):
            inner: list[Any] = []
            line = self._line(row, cells, place, this, width, inner, ground)
            if switch(row.find(tag("w:trPr")), "w:hidden"):
                texts = (text_of(item) for item in line)
                self._unseen.note(_HIDDEN_ROW, " ".join(text for text in texts if text))
                continue
            yield from rows_of([(place, line)], fragment=self._fragment, table=this)
            for item in inner:
                yield from self._table(item)

    def _line(
        self,
        row: Any,
        cells: list[Any],
        place: int,
        table: int,
        width: int,
        inner: list[Any],
        ground: bool,
    ) -> list[Content]:
        """The row's cells by grid column; a place covered from the left or above is marked."""
        contents: list[Content] = [""] * width
        column = number(row.find(tag("w:trPr")), "w:gridBefore") or 0
        for cell in cells:
            about = cell.find(tag("w:tcPr"))
            span = _span(about)
            contents[column : column + span] = [Covered.FROM_LEFT] * span
            self._unseen.place = Origin(table=table, row=place, column=column + 1)
            self._inline.on_colour = ground or is_coloured(about)
            text = self._text(cell, inner)
            self._inline.on_colour = False
            covered = _covered(about)
            if covered is None:
                flaw = _flaw(text)
                contents[column] = Flawed(text, flaw) if flaw else text
            else:
                contents[column] = covered
                self._unseen.note(_COVERED_TEXT, text)
            column += span
        return contents

    def _text(self, cell: Any, inner: list[Any]) -> str:
        """The paragraphs of a cell; a table inside it that has rows and columns is put aside."""
        self._inline.next_place()
        lines, begun = [], ""
        for block in blocks_in(cell):
            if block.tag == _TABLE:
                if _is_grid(block):
                    inner.append(block)
                else:
                    lines += self._as_lines(block, inner)
            elif block.tag == _P:
                shown = self._inline.paragraph(block)
                begun += shown.text
                if not shown.goes_on and not (shown.emptied and not begun):
                    lines.append(begun)
                    begun = ""
                lines += [self._text(box, inner) for box in shown.boxes]
        self._inline.next_place()
        return "\n".join([*lines, *([begun] if begun else [])]).strip()

    def _as_lines(self, table: Any, inner: list[Any]) -> list[str]:
        """A table that only sets text side by side: a line for each row."""
        return [
            " ".join(
                text for cell in _cells(row, self._unseen) if (text := self._text(cell, inner))
            )
            for row in _shown_rows(table)
        ]


def blocks_in(parent: Any) -> Iterator[Any]:
    """The paragraphs, tables and taken-in documents of a container, what goes around them opened."""
    for child in elements(parent):
        if child.tag in {_P, _TABLE, _CHUNK}:
            yield child
        elif child.tag == tag("mc:AlternateContent"):
            yield from blocks_in(next(elements(child), ()))
        elif child.tag in _AROUND:
            yield from blocks_in(child)


def _inside(parent: Any, wanted: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, what goes around them opened."""
    for child in elements(parent):
        if child.tag == wanted:
            yield child
        elif child.tag in _AROUND:
            yield from _inside(child, wanted)


def _shown_rows(table: Any) -> Iterator[Any]:
    """The rows without those that were deleted."""
    for row in _inside(table, _ROW):
        about = row.find(tag("w:trPr"))
        if about is None or about.find(tag("w:del")) is None:
            yield row


def _cells(row: Any, unseen: Unseen | None = None) -> Iterator[Any]:
    """The cells without those that were deleted."""
    for cell in _inside(row, _CELL):
        about = cell.find(tag("w:tcPr"))
        if about is None or about.find(tag("w:cellDel")) is None:
            yield cell
        elif unseen is not None:
            note_tracked(unseen)


def _width(table: Any, rows: list[tuple[Any, list[Any]]]) -> int:
    """How many columns the grid has, or the longest row where that is longer."""
    grid = table.find(tag("w:tblGrid"))
    columns = 0 if grid is None else sum(1 for _ in grid.iterchildren(tag("w:gridCol")))
    spans = (
        (number(row.find(tag("w:trPr")), "w:gridBefore") or 0)
        + sum(_span(cell.find(tag("w:tcPr"))) for cell in cells)
        for row, cells in rows
    )
    return max([columns, *spans])


def _span(about: Any) -> int:
    return min(max(number(about, "w:gridSpan") or 1, 1), _MOST_SPAN)


_DOWN = {tag("w:vMerge"), tag("w:vmerge")}
_RIGHT = {tag("w:hMerge"), tag("w:hmerge")}
_ACCEPTED = tag("w:cellMerge")


def _covered(about: Any) -> Covered | None:
    """Does a merged cell go on here, from above or from the left?"""
    found = None
    for mark in () if about is None else about:
        goes_on = (mark.get(_VALUE) or "continue") == "continue"
        if mark.tag in _DOWN and goes_on:
            return Covered.FROM_ABOVE
        if mark.tag == _ACCEPTED and mark.get(tag("w:vMerge")) == "cont":
            return Covered.FROM_ABOVE
        if mark.tag in _RIGHT and goes_on:
            found = Covered.FROM_LEFT
    return found


def _is_grid(table: Any) -> bool:
    """Has it rows and columns of its own, so that its text would make no sense in one cell?"""
    rows = list(_shown_rows(table))
    return len(rows) >= _FEWEST and max(sum(1 for _ in _cells(row)) for row in rows) >= _FEWEST


def text_of(content: Content) -> str:
    """The text of a place; nothing where it is covered."""
    if isinstance(content, Covered):
        return ""
    return content.text if isinstance(content, Flawed) else content


def _flaw(text: str) -> Any:
    if UNKNOWN in text:
        return say("有的符号读不出来（符号字体里的字），请对照原文件")
    return None
