"""Results as JSON. Amounts are decimal strings in yuan, days `2023-04-30`."""

from __future__ import annotations

from datetime import date

from ninja import Schema

from kaoji.subjects.spending.api.shapes import SpendingOut


class IndicatorResult(Schema):
    """What became of one indicator by the day; *earned* is null where nothing was entered, or judgement decides."""

    level1: str | None
    level2: str | None
    level3: str | None
    target: str
    actual: str | None
    as_of: date | None
    points: str | None
    earned: str | None


class ResultsOut(Schema):
    """What is known of an approved promise on a day; *total* is null while a score is undecided."""

    declaration: int
    as_of: date
    budget: str | None
    executed: str
    total: str | None
    spendings: list[SpendingOut]
    indicators: list[IndicatorResult]
