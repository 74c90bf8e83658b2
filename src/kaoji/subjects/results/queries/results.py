"""What is known on a day of an approved promise: spending, actual values, lights, the score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Q

from kaoji.core.attainment import in_terms_of
from kaoji.core.declaration import Declaration as Form
from kaoji.core.indicator import Indicator
from kaoji.core.money import Money
from kaoji.core.outcome import BudgetLine, IndicatorOutcome, Outcome
from kaoji.core.polarity import Direction
from kaoji.core.target import Target
from kaoji.measuring.forecast import adds_up, due_by, grows_with_the_year
from kaoji.measuring.places import places_in
from kaoji.measuring.policy import policy_of
from kaoji.scoring.admissible import takes_number, why_not_actual
from kaoji.scoring.lights import Light, budget_light, progress_light, worst
from kaoji.scoring.reached import reached
from kaoji.scoring.scorecard import Scorecard, score_form
from kaoji.scoring.weights import points_of
from kaoji.standards.direction import polarity_of
from kaoji.standards.scoring import ScoringPolicy
from kaoji.subjects.declarations.models import Declaration, Revision
from kaoji.subjects.results.models import Actual, Measure
from kaoji.subjects.results.queries.evidence import measures_of
from kaoji.subjects.spending.models import Spending
from kaoji.subjects.spending.queries import counted_spendings

_TIER_LIGHTS = (("未达成", Light.RED), ("部分达成", Light.YELLOW), ("达成", Light.GREEN))


@dataclass(frozen=True)
class Known:
    """All that was ever entered for a promise in force, read once for any number of days."""

    declaration: Declaration
    revision: Revision
    form: Form
    policy: ScoringPolicy
    points: tuple[Decimal | None, ...]
    actuals: tuple[Actual, ...]
    spendings: tuple[Spending, ...]
    measures: Mapping[str, Measure]
    initial: Decimal | None

    @property
    def budget(self) -> Decimal | None:
        """The year's budget in yuan, as it is in force."""
        return self.form.funds.annual_total.yuan if self.form.funds.annual_total else None


@dataclass(frozen=True)
class Result:
    """One indicator on the day: its latest actual value, and the light that it gives."""

    indicator: Indicator
    place: str
    points: Decimal | None
    actual: Actual | None
    light: Light | None
    is_missed: bool
    measure: Measure | None = None
    is_met: bool = False

    @property
    def is_partly_met(self) -> bool:
        """Was a target in words reached in part? Then it is neither met nor missed."""
        return self.actual is not None and self.actual.value.startswith("部分达成")

    @property
    def takes_number(self) -> bool:
        """Is a number asked for, or one of the tiers of judgement?"""
        return takes_number(self.indicator.target)

    @property
    def less_is_better(self) -> bool:
        """Is a smaller value the better one?"""
        return polarity_of(self.indicator).direction is Direction.LOWER

    @property
    def grows(self) -> bool:
        """Does its actual value add up over the months?"""
        return _grows(self.indicator, self.measure, less=self.less_is_better)

    @property
    def milestones(self) -> list[tuple[date, Decimal]]:
        """The plan of what is not done evenly over the year."""
        return milestones_of(self.measure)


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


def known_of(
    declaration: Declaration, *, number: int | None = None, known_at: datetime | None = None
) -> Known:
    """Read what was entered, of what is in force; or what was known at a moment of revision *number*.

    Raises NoScoringPolicy before the first one.
    """
    wanted = declaration.approved_revision if number is None else number
    revision = declaration.revisions.get(number=wanted or 0)
    form = revision.form
    policy = policy_of(form)
    then = Q() if known_at is None else Q(made_at__lte=known_at)
    actuals = declaration.actuals.filter(then).select_related("made_by", "document", "measure")
    first = declaration.approvals.order_by("revision_number").first()
    budget = form.funds.annual_total.yuan if form.funds.annual_total else None
    return Known(
        declaration,
        revision,
        form,
        policy,
        shares_of(form, policy),
        tuple(actuals.defer("document__content").order_by("place", "-as_of", "-id")),
        tuple(declaration.spendings.filter(then).order_by("month", "id")),
        measures_of(declaration, known_at=known_at),
        first.annual_total if first else budget,
    )


def shares_of(form: Form, policy: ScoringPolicy) -> tuple[Decimal | None, ...]:
    """The points of each indicator, as written or as usual."""
    return tuple(points_of(form.indicators, policy.usual_points, missing=policy.missing_class))


def results_of(declaration: Declaration, *, as_of: date) -> Results:
    """What is known of the promise in force. Raises NoScoringPolicy before the first one."""
    return results_on(known_of(declaration), as_of=as_of)


def results_on(known: Known, *, as_of: date) -> Results:
    """What was known of the day."""
    rows = rows_on(known, as_of)
    months = counted_spendings(known.spendings, as_of)
    executed = sum((item.amount for item in months), Decimal(0))
    budget = known.budget
    rate = executed / budget * 100 if budget else None
    spent_light = money_light(known, executed, as_of)
    lights = [row.light for row in rows if row.light] + ([spent_light] if spent_light else [])
    outcome = Outcome(
        kind="self_evaluation",
        budget=_budget_table(known, months, executed),
        indicators=tuple(_outcome(row) for row in rows),
    )
    return Results(
        known.revision, known.form, as_of, rows, months, budget, known.initial, executed, rate,
        spent_light, worst(lights) if lights else None, outcome, known.policy,
        score_form(known.form, outcome, known.policy),
    )  # fmt: skip


def rows_on(known: Known, as_of: date) -> tuple[Result, ...]:
    """Every indicator with what counts for it on the day."""
    actuals = latest_actuals(known.actuals, as_of)
    form = known.form
    return tuple(
        _result(row, place, share, actuals.get(place), known, as_of)
        for row, place, share in zip(
            form.indicators, places_in(form), known.points, strict=True
        )
    )  # fmt: skip


def money_light(known: Known, executed: Decimal, as_of: date) -> Light | None:
    """The light of the budget's execution; none before the year or without a budget."""
    month = month_of(known.form.year, as_of)
    budget = known.budget
    if not budget or not month:
        return None
    return budget_light(executed / budget * 100, known.policy, month=month)


def latest_actuals(actuals: Sequence[Actual], as_of: date) -> dict[str, Actual]:
    """By indicator the value that counts on a day: of the latest date, the last one entered."""
    found: dict[str, Actual] = {}
    for row in actuals:
        if row.as_of <= as_of:
            found.setdefault(row.place, row)
    return found


def milestones_of(measure: Measure | None) -> list[tuple[date, Decimal]]:
    """The milestones of a measure, as day and cumulative number."""
    held = measure.milestones if measure else []
    return [(date.fromisoformat(day), Decimal(value)) for day, value in held]


def month_of(year: int | None, as_of: date) -> int:
    """How many months of the form's year have passed on the day; none before it, all after it."""
    if year is None or as_of.year == year:
        return as_of.month
    return 12 if as_of.year > year else 0


def _budget_table(
    known: Known, months: tuple[Spending, ...], executed: Decimal
) -> dict[str, BudgetLine]:
    """The total, and the sources that were promised or told apart in the spending."""
    budget, initial = known.budget, known.initial
    table = {
        "total": BudgetLine(
            initial=Money(initial) if initial is not None else None,
            adjusted=Money(budget) if budget is not None else None,
            executed=Money(executed),
            points=known.policy.execution_points,
        )
    }
    funds = known.form.funds
    promised = {
        "fiscal": funds.annual_fiscal,
        "carryover": funds.annual_carryover,
        "other": funds.annual_other,
    }
    for source, adjusted in promised.items():
        spent = [item.amount for item in months if item.source == source]
        if spent or adjusted is not None:
            paid = Money(sum(spent, Decimal(0))) if spent else None
            table[source] = BudgetLine(adjusted=adjusted, executed=paid)
    return table


def _outcome(row: Result) -> IndicatorOutcome:
    if row.actual is None:
        return IndicatorOutcome(points=row.points)
    return IndicatorOutcome(
        actual_raw=row.actual.value,
        points=row.points,
        score=row.actual.score,
        reason=row.actual.reason or None,
    )


def _result(
    row: Indicator,
    place: str,
    points: Decimal | None,
    actual: Actual | None,
    known: Known,
    as_of: date,
) -> Result:
    # An adjustment may have changed the target: what cannot be its actual value is none.
    if actual is not None and why_not_actual(row.target, actual.value) is not None:
        actual = None
    met = reached(row, actual.value) if actual else None
    measure, month = known.measures.get(place), month_of(known.form.year, as_of)
    light = _light(row, actual, measure, met, known.policy, month, as_of) if month else None
    return Result(row, place, points, actual, light, met is False, measure, met is True)


def _grows(row: Indicator, measure: Measure | None, *, less: bool) -> bool:
    adding_up = measure is not None and adds_up(measure.way, measure.parameters)
    return grows_with_the_year(row.target, less_is_better=less, adding_up=adding_up)


def _light(
    row: Indicator,
    actual: Actual | None,
    measure: Measure | None,
    met: bool | None,
    policy: ScoringPolicy,
    month: int,
    as_of: date,
) -> Light | None:
    """By the formulas of monitoring: a floor against an even course of the year, or its plan."""
    if actual is None:
        return None
    if not takes_number(row.target):
        return next((light for word, light in _TIER_LIGHTS if word in actual.value), None)
    number, bound = in_terms_of(row.target, Target.parse(actual.value)), row.target.value
    if met is None or number is None or bound is None:
        return None
    less = polarity_of(row).direction is Direction.LOWER
    if not _grows(row, measure, less=less):
        return Light.GREEN if met else Light.RED
    plan = milestones_of(measure)
    day = date(as_of.year, month, 1) if plan == [] else as_of
    return progress_light(due_by(bound, plan, as_of=day), number, policy)
