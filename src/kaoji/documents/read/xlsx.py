"""Excel workbooks: each visible sheet a fragment, its cells as they are shown, merged ones covered.

What cannot be known from a cell – a formula whose result was never stored, an error, a truth
value – is a flaw of the cell, never a blank. What is hidden, by row, column, sheet or format, is left
out and told.
"""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cache
from typing import Any

import openpyxl

from kaoji.core.provenance import Origin
from kaoji.core.speech import Sentence, say
from kaoji.documents.manuscript import Manuscript, Omission, Row
from kaoji.documents.read.grid import Content, manuscript, rows_of
from kaoji.documents.read.refusals import UnreadableDocument
from kaoji.documents.read.sheet import (
    NOT_SHOWN,
    STRUCK,
    Line,
    SheetParts,
    error,
    hidden_sheet,
    no_result,
    shown,
    without_hidden,
)
from kaoji.documents.read.strict import as_transitional
from kaoji.documents.read.symbols import in_font
from kaoji.documents.read.unseen import Unseen
from kaoji.documents.read.xlsx_drawings import laid_into
from kaoji.documents.read.xlsx_parts import sheet_parts

_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WHITE = {"FFFFFFFF", "00FFFFFF"}
_PAPER_THEMES = {0}


def read(content: bytes, *, name: str) -> Manuscript:
    """Read an .xlsx: no formula is computed and no link followed."""
    omissions: list[Omission] = []
    try:
        readable = as_transitional(content)
        with zipfile.ZipFile(io.BytesIO(readable)) as archive:
            parts = sheet_parts(archive)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(
                io.BytesIO(readable), read_only=True, data_only=True, keep_links=False
            )
            rows = list(_rows(book, parts, omissions))
    except (UnreadableDocument, MemoryError):
        raise
    except Exception as broken:  # a broken file fails anywhere inside the library
        raise UnreadableDocument(
            say("Excel 文件不完整，无法打开；请重新另存后再试")
        ) from broken
    return manuscript(content, rows, name=name, media_type=_MEDIA_TYPE, omissions=omissions)


def _rows(book: Any, parts: dict[str, SheetParts], omissions: list[Omission]) -> Iterator[Row]:
    for fragment, sheet in enumerate(book.worksheets):
        about = parts.get(sheet.title, SheetParts())
        if sheet.sheet_state != "visible":
            if about.filled:
                omissions.append(hidden_sheet(sheet.title))
            continue
        sheet.reset_dimensions()
        unseen = Unseen()
        grid = laid_into(list(_shown_rows(sheet, about, unseen)), about, sheet.title, unseen)
        visible = list(without_hidden(grid, about, sheet.title, omissions))
        omissions += unseen.omissions()
        yield from rows_of(visible, fragment=fragment, table=None, sheet=sheet.title)


def _shown_rows(sheet: Any, parts: SheetParts, unseen: Unseen) -> Iterator[Line]:
    """The rows that hold anything, by number, and in each the filled columns."""
    look_of = cache(_look)
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        line: dict[int, Content] = {}
        for column, cell in enumerate(cells, start=1):
            if (number, column) in parts.unsolved:
                line[column] = no_result()
            elif cell.value is not None:
                unseen.place = Origin(sheet=sheet.title, row=number, column=column)
                line[column] = _shown(cell, look_of, parts, unseen)
        if line:
            yield number, line


@dataclass(frozen=True)
class _Look:
    """How the cells of one style look: number format, font, and why their content is not read."""

    code: str
    font: str | None = None
    unread: Sentence | None = None


@dataclass(frozen=True)
class _Styled:
    """A cell, the same as any other of its style."""

    cell: Any

    def __hash__(self) -> int:
        return hash(self.cell._style_id)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Styled) and self.cell._style_id == other.cell._style_id


def _look(styled: _Styled) -> _Look:
    cell = styled.cell
    font, fill = cell.font, cell.fill
    white = font.color is not None and _is_paper(font.color)
    bare = fill.fill_type is None or (fill.fill_type == "solid" and _is_paper(fill.start_color))
    unread = STRUCK if font.strike else NOT_SHOWN if white and bare else None
    return _Look(cell.number_format or "General", font.name, unread)


def _is_paper(colour: Any) -> bool:
    """Is it the white of the paper?"""
    if colour.type == "theme":
        return colour.theme in _PAPER_THEMES and not colour.tint
    return colour.type == "rgb" and colour.rgb in _WHITE


def _shown(
    cell: Any, look_of: Callable[[_Styled], _Look], parts: SheetParts, unseen: Unseen
) -> Content:
    """A cell's value as the sheet shows it."""
    value = cell.value
    look = look_of(_Styled(cell))
    if cell.data_type == "e":
        return error(str(value))
    if value == 0 and not parts.shows_zeros and not isinstance(value, bool):
        return ""
    known = value if isinstance(value, _KNOWN) else str(value)
    text = shown(in_font(known, look.font) if isinstance(known, str) else known, look.code)
    if look.unread is STRUCK or (look.unread is not None and not parts.painted):
        unseen.note(look.unread, str(text))
        return ""
    if text == "" and value not in {"", 0}:
        unseen.note(NOT_SHOWN, str(value))
    return text


_KNOWN = (str, bool, int, float, date, time, timedelta)
