"""What is known on a day of an approved promise: spending, actual values, lights, the score."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kaoji.core.attainment import attained, number_of
from kaoji.core.declaration import Declaration as Form
from kaoji.core.indicator import Indicator
from kaoji.core.money import Money
from kaoji.core.outcome import BudgetLine, IndicatorOutcome, Outcome
from kaoji.core.polarity import Direction
from kaoji.core.target import Op, Target
from kaoji.records.models import Actual, Declaration, Revision, Spending
from kaoji.rules.engine import region_of
from kaoji.scoring.admissible import takes_number, why_not_actual
from kaoji.scoring.lights import Light, budget_light, progress_light, worst
from kaoji.scoring.scorecard import Scorecard, score_form
from kaoji.scoring.weights import points_of
from kaoji.standards.direction import polarity_of
from kaoji.standards.scoring import ScoringPolicy, scoring_policy

_TIER_LIGHTS = (("未达成", Light.RED), ("部分达成", Light.YELLOW), ("达成", Light.GREEN))


@dataclass(frozen=True)
class Result:
    """One indicator on the day: its latest actual value, and the light that it gives."""

    indicator: Indicator
    place: str
    points: Decimal | None
    actual: Actual | None
    light: Light | None
    is_missed: bool

    @property
    def takes_number(self) -> bool:
        """Is a number asked for, or one of the tiers of judgement?"""
        return takes_number(self.indicator.target)


@dataclass(frozen=True)
class Results:
    """Everything known as of a day. *rate* is in percent, None without a budget."""

    revision: Revision
    form: Form
    as_of: date
    rows: tuple[Result, ...]
    months: tuple[Spending, ...]
    budget: Decimal | None
    initial: Decimal | None
    executed: Decimal
    rate: Decimal | None
    budget_light: Light | None
    light: Light | None
    outcome: Outcome
    policy: ScoringPolicy
    card: Scorecard


def places_in(form: Form) -> list[str]:
    """What each indicator's actual values are known by: class and name, a number where it comes again."""
    seen: dict[str, int] = {}
    places = []
    for row in form.indicators:
        name = f"{row.level2 or ''} / {row.level3 or ''}"[:480]
        seen[name] = seen.get(name, 0) + 1
        places.append(name if seen[name] == 1 else f"{name} #{seen[name]}")
    return places


def results_of(declaration: Declaration, *, as_of: date) -> Results:
    """What is known of the promise in force. Raises NoScoringPolicy before the first one."""
    revision = declaration.revisions.get(number=declaration.approved_revision or 0)
    form = revision.form
    policy = scoring_policy(on=date(form.year or as_of.year, 12, 31), region=region_of(form))
    points = points_of(form.indicators, policy.usual_points)
    actuals = latest_actuals(declaration, as_of)
    month = _month_of(form.year, as_of)
    rows = tuple(
        _result(row, place, share, actuals.get(place), month)
        for row, place, share in zip(form.indicators, places_in(form), points, strict=True)
    )
    months = spent_by_month(declaration, as_of)
    executed = sum((item.amount for item in months), Decimal(0))
    first = declaration.approvals.order_by("revision_number").first()
    budget = form.funds.annual_total.yuan if form.funds.annual_total else None
    initial = first.annual_total if first else budget
    rate = executed / budget * 100 if budget else None
    spent_light = budget_light(rate, month=month) if rate is not None and month else None
    lights = [row.light for row in rows if row.light] + ([spent_light] if spent_light else [])
    outcome = Outcome(
        kind="self_evaluation",
        budget={
            "total": BudgetLine(
                initial=Money(initial) if initial is not None else None,
                adjusted=Money(budget) if budget is not None else None,
                executed=Money(executed),
                points=policy.execution_points,
            )
        },
        indicators=tuple(_outcome(row) for row in rows),
    )
    return Results(
        revision, form, as_of, rows, months, budget, initial, executed, rate, spent_light,
        worst(lights) if lights else None, outcome, policy, score_form(form, outcome, policy),
    )  # fmt: skip


def latest_actuals(declaration: Declaration, as_of: date) -> dict[str, Actual]:
    """By indicator the value that counts on a day: of the latest date, the last one entered."""
    found: dict[str, Actual] = {}
    rows = declaration.actuals.filter(as_of__lte=as_of).select_related("made_by", "document")
    rows = rows.defer("document__content")
    for row in rows:
        found.setdefault(row.place, row)
    return found


def spent_by_month(declaration: Declaration, as_of: date) -> tuple[Spending, ...]:
    """One row for each month until the day, the last one entered."""
    rows = declaration.spendings.filter(month__lte=as_of).order_by("month", "id")
    return tuple({row.month: row for row in rows}.values())


def _outcome(row: Result) -> IndicatorOutcome:
    if row.actual is None:
        return IndicatorOutcome(points=row.points)
    return IndicatorOutcome(
        actual_raw=row.actual.value,
        points=row.points,
        score=row.actual.score,
        reason=row.actual.reason or None,
    )


def _month_of(year: int | None, as_of: date) -> int:
    """How many months of the form's year have passed on the day; none before it, all after it."""
    if year is None or as_of.year == year:
        return as_of.month
    return 12 if as_of.year > year else 0


def _result(
    row: Indicator, place: str, points: Decimal | None, actual: Actual | None, month: int
) -> Result:
    # An adjustment may have changed the target: what cannot be its actual value is none.
    if actual is not None and why_not_actual(row.target, actual.value) is not None:
        actual = None
    value = Target.parse(actual.value) if actual else None
    less = polarity_of(row).direction is Direction.LOWER
    met = attained(row.target, value, less_is_better=less) if value else None
    missed = met is False or bool(actual and "未达成" in actual.value)
    light = _light(row, actual, value, met, less, month)
    return Result(row, place, points, actual, light, missed)


def _light(
    row: Indicator,
    actual: Actual | None,
    value: Target | None,
    met: bool | None,
    less: bool,
    month: int,
) -> Light | None:
    """By the formulas of monitoring: a floor against an even course of the year."""
    if actual is None or value is None or not month:
        return None
    if not takes_number(row.target):
        return next((light for word, light in _TIER_LIGHTS if word in actual.value), None)
    number, bound = number_of(value), row.target.value
    if met is None or number is None or bound is None:
        return None
    # A share, a ceiling, a range or nought does not grow with the months: met, or not.
    settled = row.target.op in {Op.AT_MOST, Op.BELOW, Op.RANGE} or row.target.is_percentage
    if less or settled or bound == 0:
        return Light.GREEN if met else Light.RED
    return progress_light(bound, number, month=month)
