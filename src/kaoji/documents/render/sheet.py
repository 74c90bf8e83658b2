"""Lay a form out as the official table: rows of cells with spans, before any format.

Every renderer, and the page on the site, draws the same sheet, so they cannot drift apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from kaoji.core.declaration import Declaration
from kaoji.core.indicator import Indicator
from kaoji.core.money import Money
from kaoji.core.speech import Sentence
from kaoji.standards.layouts import Layout, layout_named


class UnableToWrite(RuntimeError):
    """A document that cannot be written on this machine; *sentence* says what helps."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        super().__init__(str(sentence))


@dataclass(frozen=True)
class SheetCell:
    """One cell. *field* is the path of the value it shows, None for a caption."""

    text: str
    field: str | None = None
    colspan: int = 1
    rowspan: int = 1
    role: str = "value"  # caption | value | amount | label | text | side

    @property
    def is_heading(self) -> bool:
        """Does it name its neighbours?"""
        return bool(self.text) and self.role in {"caption", "side"}


@dataclass(frozen=True)
class Sheet:
    """The whole table: title, year line, relative widths and rows."""

    title: str
    year_line: str
    widths: tuple[int, ...]
    rows: tuple[tuple[SheetCell, ...], ...]

    def placed(self) -> Iterator[tuple[int, int, SheetCell]]:
        """Every cell with the row and column of its upper left corner, from 0."""
        covered: set[tuple[int, int]] = set()
        for y, row in enumerate(self.rows):
            x = 0
            for cell in row:
                while (y, x) in covered:
                    x += 1
                yield y, x, cell
                covered |= {
                    (y + dy, x + dx) for dy in range(cell.rowspan) for dx in range(cell.colspan)
                }


def lay_out(form: Declaration) -> Sheet:
    """Lay out a declaration in its own layout (the oldest one when it names none)."""
    layout = layout_named(form.layout)
    head = tuple(tuple(_head_cell(cell, form) for cell in row) for row in layout.sheet["rows"])
    year_line = f"（{form.year}年度）" if form.year else "（    年度）"
    table = tuple(_indicator_rows(form, layout))
    return Sheet(layout.title, year_line, tuple(layout.sheet["widths"]), head + table)


def _head_cell(cell: dict[str, Any], form: Declaration) -> SheetCell:
    spans = {"colspan": cell.get("span", 1), "rowspan": cell.get("rows", 1)}
    if "caption" in cell:
        text = cell["caption"]
        if cell.get("with") == "goal_period" and form.goal_period:
            period = form.goal_period
            text = f"{text}\n（{period.first}年－{period.last}年）"
        role = "side" if spans["rowspan"] > 1 else "caption"
        return SheetCell(text, cell.get("with"), role=role, **spans)
    path: str = cell["field"]
    return SheetCell(_text_at(form, path), path, role=_role_of(path), **spans)


def _role_of(path: str) -> str:
    if path.startswith("funds."):
        return "amount"
    return "text" if path.endswith("_goal") else "value"


def _text_at(form: Declaration, path: str) -> str:
    group, _, name = path.rpartition(".")
    value = getattr(form.funds if group else form, name)
    if value is None:
        return ""
    return value.written() if isinstance(value, Money) else str(value)


def _indicator_rows(form: Declaration, layout: Layout) -> Iterator[tuple[SheetCell, ...]]:
    plan = layout.sheet["indicators"]
    spans: dict[str, int] = plan.get("spans", {})
    captions = tuple(
        SheetCell(caption, colspan=spans.get(column, 1), role="caption")
        for column, caption in plan["columns"].items()
    )
    side = SheetCell(plan["side"], "indicators", rowspan=len(form.indicators) + 1, role="side")
    yield (side, *captions)
    merged = {id(row): cells for row, cells in _merged_labels(form.indicators)}
    for row in form.indicators:
        name = SheetCell(row.level3 or "", row.at("level3"), spans.get("level3", 1))
        target = SheetCell(row.target.text, row.at("target_raw"))
        yield (*merged[id(row)], name, target)


def _merged_labels(
    rows: tuple[Indicator, ...],
) -> Iterator[tuple[Indicator, tuple[SheetCell, ...]]]:
    """The label cells that begin at each row: neighbours with the same label are merged."""
    for level1, block in groupby(rows, key=lambda row: row.level1):
        same1 = list(block)
        first1 = SheetCell(level1 or "", same1[0].at("level1"), 1, len(same1), "label")
        for level2, part in groupby(same1, key=lambda row: row.level2):
            same2 = list(part)
            first2 = SheetCell(level2 or "", same2[0].at("level2"), 1, len(same2), "label")
            for row in same2:
                cells = (first1,) if row is same1[0] else ()
                yield row, (*cells, first2) if row is same2[0] else cells
