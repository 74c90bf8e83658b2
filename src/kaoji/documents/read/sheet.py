"""Sheets of any workbook as they are shown: values under their formats, merges covered, hidden parts told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from kaoji.core.provenance import Origin
from kaoji.core.speech import say
from kaoji.documents.manuscript import MOST_CELLS_IN_ROW, Omission
from kaoji.documents.read.grid import Content, Covered, Flawed
from kaoji.documents.read.number_format import shown_day, shown_number, shown_span, shown_text

Place = tuple[int, int]
Line = tuple[int, dict[int, Content]]

UNSOLVED = "?"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
NOT_SHOWN = say("按单元格格式不显示的内容没有读取：{texts}")
STRUCK = say("划掉的单元格没有读取：{texts}")


@dataclass(frozen=True)
class Merge:
    """A merged region by its first and last row and column, counted from 1."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass
class SheetParts:
    """What a sheet says beside its values; *unsolved* are the places of formulas without a result.

    *painted* tells that styles of tables or conditions colour cells beside their own formats.
    """

    filled: int = 0
    unsolved: set[Place] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    shows_zeros: bool = True
    painted: bool = False
    drawn: list[Any] = field(default_factory=list)

    def hides_column(self, column: int) -> bool:
        """Is the column hidden?"""
        return any(first <= column <= last for first, last in self.hidden_columns)


Value = str | bool | int | float | Decimal | date | datetime | time | timedelta


def shown(value: Value, code: str) -> Content:
    """A cell's value as the sheet shows it under a number format."""
    if isinstance(value, bool):
        text = str(value).upper()
        return Flawed(text, say("单元格是逻辑值 {value}，不是内容", value=text))
    if isinstance(value, datetime | date | time):
        return shown_day(value, code)
    if isinstance(value, timedelta):
        return shown_span(value)
    if isinstance(value, int | float | Decimal):
        return shown_number(value, code)
    return shown_text(_ESCAPED.sub(_unescaped, value), code)


def error(value: str) -> Flawed:
    """A cell that shows an error."""
    return Flawed(value, say("单元格是错误值 {value}，不是内容", value=value))


def no_result() -> Flawed:
    """A cell that is a formula whose result was never stored."""
    reason = say("单元格是公式，文件里没有存下计算结果；请在 Excel 或 WPS 中打开并保存，或补填")
    return Flawed(UNSOLVED, reason)


def _unescaped(found: re.Match[str]) -> str:
    """Excel writes signs that XML cannot hold as `_x000D_`; a return is the end of a line."""
    sign = chr(int(found[1], 16))
    return sign if sign.isprintable() else "" if sign == "\r" else " "


def hidden_sheet(title: str) -> Omission:
    """Tells that a sheet is hidden."""
    told = say("工作表“{sheet}”是隐藏的，没有读取", sheet=title)
    return Omission(told, Origin(sheet=title))


def without_hidden(
    grid: Iterable[Line],
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
    columns = [n for n in range(1, min(width, MOST_CELLS_IN_ROW) + 1) if parts.hides_column(n)]
    hidden = [n for n in columns if any(n in cells for _, cells in filled)]
    if hidden:
        told = say("第 {columns} 列是隐藏的，没有读取", columns=ranges(hidden))
        omissions.append(Omission(told, Origin(sheet=sheet, column=hidden[0])))
    covers = _Covers(parts.merges)
    for number, cells in filled:
        if number not in parts.hidden_rows:
            line = _line(cells, min(width, MOST_CELLS_IN_ROW))
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


def ranges(numbers: Sequence[int]) -> str:
    """Numbers in order as ranges: `3-5、9`."""
    found: list[list[int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return "、".join(f"{a}" if a == b else f"{a}-{b}" for a, b in found)
