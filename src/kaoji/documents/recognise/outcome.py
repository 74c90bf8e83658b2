"""The columns that a self-evaluation or a monitoring report adds to a declaration."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from kaoji.core.money import Money, UnreadableAmount
from kaoji.core.outcome import BudgetLine, IndicatorOutcome, Outcome
from kaoji.core.speech import say
from kaoji.core.width import squeeze
from kaoji.documents.manuscript import Cell, Row
from kaoji.documents.recognise.head import MoneyUnit
from kaoji.documents.recognise.notes import Notes
from kaoji.documents.recognise.numbers import plain_number
from kaoji.documents.recognise.table import TableRow
from kaoji.standards.layouts import Layout, bare, last_month_in

Value = TypeVar("Value")

_MONEY = ("initial", "adjusted", "executed", "forecast")
_NUMBERS = ("points", "rate", "score")
# A dash or a word of nothing in a cell that is not scored.
_NOTHING = re.compile(r"^[-—–/*]*$")


def read_as_of(
    rows: Iterable[Row], layout: Layout, year: int | None, notes: Notes
) -> str | None:
    """Until when a monitoring report counts, as an ISO day: the captions name the month.

    Captions that name different months are doubted, and none is taken.
    """
    months: dict[int, Cell] = {}
    for row in rows:
        for cell in row.filled:
            month = last_month_in(cell.text)
            caption = bare(cell.text)
            known = caption in layout.budget_columns or caption in layout.indicator_columns
            if month is not None and known:
                months.setdefault(month, cell)
    if year is None or not months:
        return None
    if len(months) > 1:
        told = "、".join(f"1-{month}月" for month in sorted(months))
        notes.doubt(
            "as_of", say("表头的月份不一致：{months}", months=told), months[max(months)].origin
        )
        return None
    [month] = months
    return date(year, month, monthrange(year, month)[1]).isoformat()


def read_outcome(
    kind: str,
    budget: Mapping[str, Mapping[str, Cell]],
    rows: Sequence[TableRow],
    *,
    goal_done: str | None,
    total: Cell | None,
    as_of: str | None,
    unit: MoneyUnit,
    notes: Notes,
) -> Outcome:
    """Read the budget table and the added columns; what is no number is doubted."""
    lines = {line: _line(line, cells, unit, notes) for line, cells in budget.items()}
    return Outcome(
        kind,
        {line: read for line, read in lines.items() if read != BudgetLine()},
        goal_done,
        tuple(_indicator(place, dict(row.more), notes) for place, row in enumerate(rows)),
        _number("total_score", total, notes),
        as_of,
    )


def _line(line: str, cells: Mapping[str, Cell], unit: MoneyUnit, notes: Notes) -> BudgetLine:
    path = f"budget.{line}"
    values: dict[str, Any] = {
        name: _amount(f"{path}.{name}", cells.get(name), unit, notes) for name in _MONEY
    }
    values |= {name: _number(f"{path}.{name}", cells.get(name), notes) for name in _NUMBERS}
    reason = cells.get("reason")
    return BudgetLine(**values, reason=reason.text if reason else None)


def _indicator(place: int, more: Mapping[str, Cell], notes: Notes) -> IndicatorOutcome:
    path = f"indicators[{place}]"
    texts = {
        name: more[name].text if name in more else None
        for name in ("actual_raw", "forecast_raw", "reason", "likelihood")
    }
    return IndicatorOutcome(
        **texts,
        points=_number(f"{path}.points", more.get("weight"), notes),
        score=_number(f"{path}.score", more.get("score"), notes),
    )


def _amount(path: str, cell: Cell | None, unit: MoneyUnit, notes: Notes) -> Money | None:
    def read(text: str) -> Money:
        assert cell is not None  # noqa: S101 - only the text of a cell is read
        return unit.parse(path, cell, text, notes)

    return _read(path, cell, read, notes)


def _number(path: str, cell: Cell | None, notes: Notes) -> Decimal | None:
    return _read(path, cell, plain_number, notes)


def _read(
    path: str, cell: Cell | None, read: Callable[[str], Value], notes: Notes
) -> Value | None:
    if cell is None or _NOTHING.match(squeeze(cell.text)):
        return None
    try:
        return read(cell.text)
    except (UnreadableAmount, ValueError):
        notes.doubt(path, say("“{text}”不是数", text=cell.text), cell.origin)
        return None
