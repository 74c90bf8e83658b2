"""The heading of an indicator table: which column holds what, however many there are.

The four columns 一级 … 指标值 are read by what their cells say (`table`), because extraction
shifts them. A heading with more columns is believed: its cells are read by their columns.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kaoji.documents.manuscript import Cell, Row
from kaoji.documents.recognise.noise import is_side_label
from kaoji.standards.layouts import Layout, bare

NARROW = {"level1", "level2", "level3", "target_raw"}
OVERALL = "overall."
EXTRA = "extra."
_LONGEST_CAPTION = 10


@dataclass(frozen=True)
class Heading:
    """The columns of a table from left to right, by number, and the field each one holds."""

    columns: tuple[int, ...]
    fields: tuple[str, ...]

    @property
    def is_wide(self) -> bool:
        """Does it announce more than the four columns that every form has?"""
        return bool(set(self.fields) - NARROW)

    def column_of(self, field: str) -> int | None:
        """Where a field stands."""
        return self.columns[self.fields.index(field)] if field in self.fields else None

    def field_at(self, column: int) -> str | None:
        """Which field a column belongs to: a heading reaches to the next one."""
        place = bisect_right(self.columns, column) - 1
        return self.fields[place] if place >= 0 else None

    def refined(self, below: Row, layout: Layout) -> Heading:
        """The heading with the captions of a second heading row below it."""
        known = dict(zip(self.columns, self.fields, strict=True))
        for cell in below.filled:
            name = bare(cell.text)
            known[cell.origin.column or 0] = layout.indicator_columns.get(name, EXTRA + name)
        ordered = sorted(known)
        return Heading(tuple(ordered), tuple(known[column] for column in ordered))


def read_heading(row: Row, layout: Layout) -> Heading:
    """Read a heading row. Columns that we do not know are kept under their own name."""
    named: list[tuple[int, str]] = []
    for cell in row.filled:
        name = layout.indicator_columns.get(bare(cell.text))
        if name is None and is_side_label(cell.text, layout):
            continue
        named.append((cell.origin.column or 0, name or EXTRA + bare(cell.text)))
    if layout.data.get("twins"):
        named = _twins_apart(named)
    return Heading(tuple(column for column, _ in named), tuple(name for _, name in named))


def _twins_apart(named: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """Of two columns with one name the left one is the whole project's."""
    left = Counter(name for _, name in named)
    result = []
    for column, name in named:
        result.append((column, OVERALL + name if left[name] > 1 else name))
        left[name] -= 1
    return result


def is_second_heading(row: Row, heading: Heading) -> bool:
    """Does a row right below the heading only caption columns, under no name and no target?"""
    columns = [cell.origin.column or 0 for cell in row.filled]
    fields = {(heading.field_at(column) or "?").removeprefix(OVERALL) for column in columns}
    short = all(len(cell.text) <= _LONGEST_CAPTION for cell in row.filled)
    return len(columns) > 1 and short and "?" not in fields and not fields & NARROW


@dataclass(frozen=True)
class Spread:
    """The cells of a row by field, and those that stand under no heading."""

    cells: dict[str, list[Cell]]
    strangers: list[Cell]

    def text(self, field: str) -> str | None:
        """What stands in a field; pieces are put together."""
        return "".join(cell.text for cell in self.cells.get(field, ())) or None

    def first(self, field: str) -> Cell | None:
        """The first cell of a field."""
        return next(iter(self.cells.get(field, ())), None)


def spread(row: Row, heading: Heading, layout: Layout) -> Spread:
    """Hand the cells of a row to the headings above them."""
    cells: dict[str, list[Cell]] = {}
    strangers: list[Cell] = []
    for cell in row.filled:
        field = heading.field_at(cell.origin.column or 0)
        if field is not None:
            cells.setdefault(field, []).append(cell)
        elif not is_side_label(cell.text, layout):
            strangers.append(cell)
    return Spread(cells, strangers)
