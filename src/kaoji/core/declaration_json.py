"""A declaration as the public reading contract tells it, and back."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from kaoji.core.declaration import INDICATOR_TABLES, Declaration, Funds
from kaoji.core.indicator import Indicator
from kaoji.core.money import Money
from kaoji.core.period import Years, read_year
from kaoji.core.target import Kind, Target

Data = dict[str, Any]

_NUMBER = re.compile(r"-?[0-9]{1,24}(?:\.[0-9]{1,24})?")

PLAIN_FIELDS = (
    "layout",
    "project_name",
    "project_category",
    "project_nature",
    "department",
    "implementing_unit",
)
DATE_FIELDS = ("start_date", "end_date")
GOAL_FIELDS = ("overall_goal", "annual_goal")
FUND_FIELDS = tuple(item.name for item in fields(Funds))


def as_data(form: Declaration) -> Data:
    """Write a declaration as JSON-ready data; amounts are decimal strings in yuan."""
    return {
        "kind": "declaration",
        "year": form.year,
        **{name: getattr(form, name) for name in PLAIN_FIELDS},
        **{name: _iso(getattr(form, name)) for name in DATE_FIELDS},
        "funds": {name: _text(getattr(form.funds, name)) for name in FUND_FIELDS},
        "goal_period_start": form.goal_period.first if form.goal_period else None,
        "goal_period_end": form.goal_period.last if form.goal_period else None,
        **{name: getattr(form, name) for name in GOAL_FIELDS},
        **{
            table: [_indicator_as_data(row) for row in getattr(form, table)]
            for table in INDICATOR_TABLES
        },
    }


def from_data(data: Data) -> Declaration:
    """Read back what `as_data` wrote; the target is parsed again from its text."""
    first, last = data.get("goal_period_start"), data.get("goal_period_end")
    tables: dict[str, Any] = {
        table: tuple(_indicator_from_data(row) for row in data.get(table, ()))
        for table in INDICATOR_TABLES
    }
    texts: dict[str, Any] = {name: data.get(name) for name in (*PLAIN_FIELDS, *GOAL_FIELDS)}
    year = data.get("year")
    return Declaration(
        **texts,
        year=read_year(year) if year is not None else None,
        start_date=_day(data.get("start_date")),
        end_date=_day(data.get("end_date")),
        funds=Funds(**{name: _money(data["funds"].get(name)) for name in FUND_FIELDS}),
        goal_period=(
            Years(read_year(first), read_year(last))
            if first is not None and last is not None
            else None
        ),
        **tables,
    )


def target_as_data(target: Target) -> Data:
    """The columns of a target: text, operator, values, unit, kind."""
    return {
        "target_raw": target.text or None,
        "op": target.op.value if target.op else None,
        "value": _text(target.value),
        "value_high": _text(target.value_high),
        "unit": target.unit,
        "kind": _kind(target),
    }


def _kind(target: Target) -> str | None:
    if target.kind is Kind.BLANK:
        return None
    return "quantitative" if target.measurable else "qualitative"


def _indicator_as_data(row: Indicator) -> Data:
    return {
        "level1": row.level1,
        "level2": row.level2,
        "level3": row.level3,
        **target_as_data(row.target),
        "weight": _text(row.weight),
    }


def _indicator_from_data(data: Data) -> Indicator:
    weight = data.get("weight")
    return Indicator(
        data.get("level1"),
        data.get("level2"),
        data.get("level3"),
        Target.parse(data.get("target_raw")),
        plain_number(weight) if weight is not None else None,
    )


def plain_number(text: object) -> Decimal:
    """A number as it stands in JSON: a decimal string of ordinary length. Raises ValueError."""
    if not isinstance(text, str) or not _NUMBER.fullmatch(text):
        raise ValueError(f"not a number: {str(text)[:80]!r}")
    return Decimal(text)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _text(number: Money | Decimal | None) -> str | None:
    """A plain decimal string; never the form with an exponent."""
    if isinstance(number, Decimal):
        return f"{number:f}"
    return None if number is None else str(number)


def _money(text: str | None) -> Money | None:
    return None if text is None else Money.parse(text)
