"""One published promise as a value, and the rows of the tables that it makes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import count

from kaoji.core.declaration import Declaration
from kaoji.core.declaration_json import target_as_data
from kaoji.core.indicator import Indicator
from kaoji.core.money import Money
from kaoji.documents.data_package.tables import (
    DECLARATIONS,
    FUNDS,
    GRADES,
    INDICATORS,
    RESULTS,
    SOURCES,
    SPENDING,
)

Cell = str | int | Decimal | date | bool | None
Row = dict[str, Cell]
Rows = dict[str, list[Row]]
"""By the name of a table."""


@dataclass(frozen=True)
class Reached:
    """What became of one indicator of the year; *met* is None where nobody can say."""

    actual: str | None = None
    met: bool | None = None
    evidence: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Settlement:
    """The results of the year as finance looked at them; *months* by the first day, money in yuan."""

    reviewed_on: date
    executed: Decimal
    indicators: int
    met: int
    score: Decimal
    grade: str
    reached: tuple[Reached, ...]
    months: tuple[tuple[date, Decimal], ...]


@dataclass(frozen=True)
class Published:
    """One promise as everybody may see it; *settlement* is None until finance has looked at its results."""

    id: int
    project_name: str
    revision: int
    public_from: date
    form: Declaration
    settlement: Settlement | None = None


def rows_of(held: Published) -> Rows:
    """By the name of the table the rows of one promise."""
    settled = held.settlement
    return {
        DECLARATIONS.name: [_declaration(held)],
        FUNDS.name: list(_funds(held)),
        INDICATORS.name: list(indicators_of(held.id, held.form)),
        RESULTS.name: list(_results(held.id, settled)) if settled else [],
        SPENDING.name: list(_spending(held.id, settled)) if settled else [],
        GRADES.name: [_grade(held, settled)] if settled else [],
    }


def _declaration(held: Published) -> Row:
    form = held.form
    return {
        "id": held.id,
        "year": form.year,
        "project_name": held.project_name,
        "project_category": form.project_category,
        "project_nature": form.project_nature,
        "department": form.department,
        "implementing_unit": form.implementing_unit,
        "start_date": form.start_date,
        "end_date": form.end_date,
        "overall_goal": form.overall_goal,
        "annual_goal": form.annual_goal,
        "revision": held.revision,
        "public_from": held.public_from,
    }


def _funds(held: Published) -> Iterator[Row]:
    for scope, beginning in (("project", ""), ("year", "annual_")):
        for source in SOURCES:
            amount: Money | None = getattr(held.form.funds, beginning + source, None)
            if amount is not None:
                yield {
                    "declaration": held.id,
                    "scope": scope,
                    "source": source,
                    "amount": amount.yuan,
                }


def indicators_of(declaration: int, form: Declaration) -> Iterator[Row]:
    """The rows of one form, those of the year first."""
    number = count(1)
    for scope, rows in (("year", form.indicators), ("project", form.overall_indicators)):
        for row in rows:
            yield {
                "declaration": declaration,
                "indicator": next(number),
                "scope": scope,
                **_promise(row),
            }


def _promise(row: Indicator) -> Row:
    told = target_as_data(row.target)
    return {
        "level1": row.level1,
        "level2": row.level2,
        "level3": row.level3,
        "target": told["target_raw"],
        "comparison": told["op"],
        "value": row.target.value,
        "value_high": row.target.value_high,
        "unit": told["unit"],
        "kind": told["kind"],
        "weight": row.weight,
    }


def _results(number: int, settled: Settlement) -> Iterator[Row]:
    for position, item in enumerate(settled.reached, start=1):
        yield {
            "declaration": number,
            "indicator": position,
            "actual": item.actual,
            "met": item.met,
            "evidence": item.evidence,
            "reason": item.reason,
        }


def _spending(number: int, settled: Settlement) -> Iterator[Row]:
    for month, amount in settled.months:
        yield {"declaration": number, "month": f"{month:%Y-%m}", "amount": amount}


def _grade(held: Published, settled: Settlement) -> Row:
    budget = held.form.funds.annual_total
    return {
        "declaration": held.id,
        "reviewed_on": settled.reviewed_on,
        "budget": budget.yuan if budget else None,
        "executed": settled.executed,
        "indicators": settled.indicators,
        "met": settled.met,
        "score": settled.score,
        "grade": settled.grade,
    }
