"""Excel workbooks: each visible sheet a fragment, its cells as they are shown, merged ones covered.

What cannot be known from a cell – a formula whose result was never stored, an error, a truth
value – is a flaw of the cell, never a blank. Hidden rows and columns are left out and told.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from typing import Any

import openpyxl

from kaoji.core.provenance import Origin
from kaoji.core.speech import Sentence, say
from kaoji.documents.manuscript import MOST_CELLS, Manuscript, Omission, Row
from kaoji.documents.read.grid import Content, Covered, Flawed, manuscript, rows_of
from kaoji.documents.read.number_format import shown_day, shown_number
from kaoji.documents.read.refusals import UnreadableDocument
from kaoji.documents.read.xlsx_parts import Merge, SheetParts, sheet_parts

_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_UNSOLVED = "?"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def read(content: bytes, *, name: str) -> Manuscript:
    """Read an .xlsx: no formula is computed and no link followed."""
    omissions: list[Omission] = []
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = sheet_parts(archive)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(
                io.BytesIO(content), read_only=True, data_only=True, keep_links=False
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
                told = say("工作表“{sheet}”是隐藏的，没有读取", sheet=sheet.title)
                omissions.append(Omission(told, Origin(sheet=sheet.title)))
            continue
        sheet.reset_dimensions()
        grid = _shown_rows(sheet, about)
        visible = list(_without_hidden(grid, about, sheet.title, omissions))
        yield from rows_of(visible, fragment=fragment, table=None, sheet=sheet.title)


def _shown_rows(sheet: Any, parts: SheetParts) -> Iterator[tuple[int, dict[int, Content]]]:
    """The rows that hold anything, by number, and in each the filled columns."""
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        shown: dict[int, Content] = {}
        for column, cell in enumerate(cells, start=1):
            if (number, column) in parts.unsolved:
                shown[column] = Flawed(_UNSOLVED, _no_result())
            elif cell.value is not None:
                shown[column] = _shown(cell)
        if shown:
            yield number, shown


def _without_hidden(
    grid: Iterable[tuple[int, dict[int, Content]]],
    parts: SheetParts,
    sheet: str,
    omissions: list[Omission],
) -> Iterator[tuple[int, list[Content]]]:
    """The rows that are shown, each with its number, merged places marked; the hidden are told."""
    filled = list(grid)
    width = max((max(cells) for _, cells in filled), default=0)
    rows = [number for number, _ in filled if number in parts.hidden_rows]
    if rows:
        told = say("第 {rows} 行是隐藏或被筛选掉的，没有读取", rows=ranges(rows))
        omissions.append(Omission(told, Origin(sheet=sheet, row=rows[0])))
    columns = [n for n in range(1, min(width, MOST_CELLS) + 1) if parts.hides_column(n)]
    hidden = [n for n in columns if any(n in cells for _, cells in filled)]
    if hidden:
        told = say("第 {columns} 列是隐藏的，没有读取", columns=ranges(hidden))
        omissions.append(Omission(told, Origin(sheet=sheet, column=hidden[0])))
    covers = _Covers(parts.merges)
    for number, cells in filled:
        if number not in parts.hidden_rows:
            line = _line(cells, min(width, MOST_CELLS))
            covers.mark(number, line)
            for column in columns:
                line[column - 1 : column] = [""]
            yield number, line


def _line(cells: dict[int, Content], width: int) -> list[Content]:
    """The contents by column; what lies beyond the last place is joined to it, never dropped."""
    line: list[Content] = [cells.get(column, "") for column in range(1, width + 1)]
    beyond = [cells[column] for column in sorted(cells) if column > width]
    if beyond:
        texts = (
            item.text if isinstance(item, Flawed) else item for item in [line[-1], *beyond]
        )
        line[-1] = " ".join(str(text) for text in texts if text)
    return line


class _Covers:
    """Marks the places that merges cover, row by row; what lies outside filled cells costs nothing."""

    def __init__(self, merges: Sequence[Merge]) -> None:
        self._coming = sorted(merges, key=lambda merge: merge.top, reverse=True)
        self._open: list[Merge] = []

    def mark(self, row: int, line: list[Content]) -> None:
        """Mark what is covered in *row*; rows come in their order."""
        while self._coming and self._coming[-1].top <= row:
            self._open.append(self._coming.pop())
        self._open = [merge for merge in self._open if merge.bottom >= row]
        for merge in self._open:
            for column in range(merge.left, min(merge.right, len(line)) + 1):
                if (row, column) != (merge.top, merge.left):
                    below = column == merge.left and row > merge.top
                    line[column - 1] = Covered.FROM_ABOVE if below else Covered.FROM_LEFT


def _shown(cell: Any) -> Content:
    """A cell's value as the sheet shows it."""
    value, code = cell.value, cell.number_format or "General"
    if cell.data_type == "e":
        return Flawed(str(value), say("单元格是错误值 {value}，不是内容", value=str(value)))
    if isinstance(value, bool):
        text = str(value).upper()
        return Flawed(text, say("单元格是逻辑值 {value}，不是内容", value=text))
    if isinstance(value, datetime | date | time):
        return shown_day(value, code)
    if isinstance(value, int | float):
        return shown_number(value, code)
    return _ESCAPED.sub(_unescaped, str(value))


def _unescaped(found: re.Match[str]) -> str:
    """Excel writes signs that XML cannot hold as `_x000D_`; a return is the end of a line."""
    sign = chr(int(found[1], 16))
    return sign if sign.isprintable() else "" if sign == "\r" else " "


def _no_result() -> Sentence:
    return say("单元格是公式，文件里没有存下计算结果；请在 Excel 或 WPS 中打开并保存，或补填")


def ranges(numbers: Sequence[int]) -> str:
    """Numbers in order as ranges: `3-5、9`."""
    found: list[list[int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return "、".join(f"{a}" if a == b else f"{a}-{b}" for a, b in found)
