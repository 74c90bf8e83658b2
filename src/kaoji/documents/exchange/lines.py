"""What makes a row of which table: a line with all that its columns may ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kaoji.core.indicator import Indicator
from kaoji.core.outcome import BudgetLine, IndicatorOutcome, Outcome
from kaoji.documents.exchange.entry import Entry, Evaluated, Monitored, Period

PROJECT, YEAR = "project", "year"


@dataclass(frozen=True)
class Line:
    """One row on its way; what it is not about is None."""

    entry: Entry | None = None
    period: Period | None = None
    scope: str = ""
    goal: str | None = None
    indicator: Indicator | None = None
    said: IndicatorOutcome | None = None
    score: Decimal | None = None
    evaluated: Evaluated | None = None
    monitored: Monitored | None = None
    fund: str = ""
    money: BudgetLine | None = None

    @property
    def outcome(self) -> Outcome | None:
        """What was reported, in an evaluation or in monitoring."""
        told = self.evaluated or self.monitored
        return told.outcome if told else None


def _goals(entry: Entry) -> Iterator[Line]:
    for scope, goal in ((PROJECT, entry.form.overall_goal), (YEAR, entry.form.annual_goal)):
        if goal:
            yield Line(entry, scope=scope, goal=goal)


def _indicators(entry: Entry) -> Iterator[Line]:
    form = entry.form
    for scope, rows in ((YEAR, form.indicators), (PROJECT, form.overall_indicators)):
        for row in rows:
            yield Line(entry, scope=scope, indicator=row)


def _evaluations(entry: Entry) -> Iterator[Line]:
    if entry.evaluated is not None:
        yield Line(entry, evaluated=entry.evaluated)


def _evaluated_indicators(entry: Entry) -> Iterator[Line]:
    told, form = entry.evaluated, entry.evaluated_form
    if told is None or form is None:
        return
    for indicator, said, score in zip(
        form.indicators, told.outcome.indicators, told.scores, strict=True
    ):
        yield Line(entry, indicator=indicator, said=said, score=score, evaluated=told)


def _budget_lines(entry: Entry) -> Iterator[Line]:
    if entry.evaluated is not None:
        for fund, money in entry.evaluated.outcome.budget.items():
            yield Line(entry, evaluated=entry.evaluated, fund=fund, money=money)


def _monitored(entry: Entry) -> Iterator[Line]:
    for told in entry.monitored:
        for indicator, said in zip(told.form.indicators, told.outcome.indicators, strict=True):
            yield Line(
                entry,
                indicator=indicator,
                said=said,
                monitored=told,
                money=told.outcome.budget.get("total"),
            )


LINES: dict[str, Callable[[Entry], Iterator[Line]]] = {
    "goals": _goals,
    "indicators": _indicators,
    "evaluations": _evaluations,
    "evaluated_indicators": _evaluated_indicators,
    "budget_lines": _budget_lines,
    "monitored": _monitored,
}
PERIODS = "monitoring_periods"


def lines(kind: str, entries: Sequence[Entry], periods: Sequence[Period]) -> Iterator[Line]:
    """Every row of a table whose rows are of that kind, in the order of the promises."""
    if kind == PERIODS:
        yield from (Line(period=period) for period in periods)
        return
    for entry in entries:
        yield from LINES[kind](entry)
