"""Monitoring: a promise as of a day with its forecast, and who has reported in a period."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from kaoji.core.declaration import Declaration as Form
from kaoji.core.money import Money
from kaoji.core.outcome import BudgetLine
from kaoji.core.speech import Sentence, say
from kaoji.core.target import Target
from kaoji.measuring.forecast import forecast
from kaoji.platform.organisation.models import Organisation
from kaoji.rules.engine import region_of
from kaoji.scoring.explained_score import rounded
from kaoji.scoring.lights import Light
from kaoji.standards.deviations import DeviationWords, deviation_words
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.monitoring.models import MonitoringPeriod, MonitoringReport
from kaoji.subjects.results.queries.results import Result, Results, results_of

_ASK_WHY = frozenset({Light.RED, Light.YELLOW})


@dataclass(frozen=True)
class WatchedRow:
    """An indicator with what the year's end will probably bring, and on what that rests."""

    result: Result
    forecast: str
    basis: Sentence | None

    @property
    def place(self) -> str:
        """By what its values are known."""
        return self.result.place

    @property
    def asks_why(self) -> bool:
        """Does its light ask for a reason?"""
        return self.result.light in _ASK_WHY


@dataclass(frozen=True)
class Watched:
    """A promise as a monitoring report shows it. *rate* is in percent."""

    results: Results
    rows: tuple[WatchedRow, ...]
    rate: Decimal | None
    money_forecast: Money | None
    money_basis: Sentence | None

    @property
    def form(self) -> Form:
        """The promise in force."""
        return self.results.form

    @property
    def words(self) -> DeviationWords:
        """The causes and likelihoods that may be chosen on that day."""
        return deviation_words(on=self.results.as_of, region=region_of(self.form))


def watched_on(declaration: Declaration, *, as_of: date) -> Watched:
    """What is known of the day and what it forebodes. Raises NoScoringPolicy."""
    results = results_of(declaration, as_of=as_of)
    rows = tuple(_watched(row, as_of) for row in results.rows)
    months = as_of.month
    expected = _by_the_end(results.executed, results.budget, months)
    basis = say(
        "前 {months} 个月执行 {spent} 元，按同样速度到年底，不超过全年预算",
        months=months,
        spent=f"{results.executed:,.2f}",
    )
    rate = rounded(results.rate) if results.rate is not None else None
    return Watched(results, rows, rate, Money(rounded(expected)), basis)


def _by_the_end(executed: Decimal, budget: Decimal | None, months: int) -> Decimal:
    """What the same pace brings by the year's end, in yuan, and no more than the budget."""
    expected = executed * 12 / months
    return expected if budget is None else min(expected, budget)


def money_of(watched: Watched) -> dict[str, BudgetLine]:
    """The money of the 监控表: the whole, and the sources that were promised or told apart in the spending.

    What was promised first is 年初预算数; the budget in force stands beside it only where it is another.
    """
    told, first = watched.results.outcome.budget, _first_promised(watched.results)
    months = watched.results.as_of.month
    return {name: _money_line(line, first.get(name), months) for name, line in told.items()}


def _money_line(line: BudgetLine, first: Money | None, months: int) -> BudgetLine:
    initial, adjusted = line.initial or first, line.adjusted
    rate = forecast = None
    if line.executed is not None and adjusted is not None:
        rate = rounded(line.executed.yuan / adjusted.yuan * 100) if adjusted.yuan else None
        forecast = Money(rounded(_by_the_end(line.executed.yuan, adjusted.yuan, months)))
    elif line.executed is not None:
        forecast = Money(rounded(_by_the_end(line.executed.yuan, None, months)))
    changed = adjusted if adjusted != initial else None
    return BudgetLine(initial, changed, line.executed, forecast, rate=rate)


def _first_promised(results: Results) -> dict[str, Money | None]:
    """By source what the revision promised that was approved first."""
    declaration = results.revision.declaration
    approval = declaration.approvals.order_by("revision_number").first()
    if approval is None:
        return {}
    funds = declaration.revisions.get(number=approval.revision_number).form.funds
    return {
        "fiscal": funds.annual_fiscal,
        "carryover": funds.annual_carryover,
        "other": funds.annual_other,
    }


def _watched(row: Result, as_of: date) -> WatchedRow:
    if row.actual is None:
        return WatchedRow(row, "", None)
    value = Target.parse(row.actual.value)
    text, basis = forecast(
        row.indicator.target,
        value,
        # The pace is that until the value's own day, which may be earlier.
        as_of=min(as_of, row.actual.as_of),
        grows=row.grows,
        milestones=row.milestones,
    )
    return WatchedRow(row, text, basis)


def tasks_of(period: MonitoringPeriod) -> QuerySet[Declaration]:
    """The promises that report in the period, each with its last report's key as `report`."""
    last = MonitoringReport.objects.filter(period=period, declaration=OuterRef("pk"))
    return (
        Declaration.objects.filter(
            year=period.year,
            organisation__path__startswith=str(period.place.path),
            approved_revision__isnull=False,
        )
        .annotate(report=Subquery(last.order_by("-number").values("pk")[:1]))
        .select_related("organisation")
        .order_by("organisation__path", "id")
    )


def periods_for(declarations: QuerySet[Declaration]) -> QuerySet[MonitoringPeriod]:
    """The periods that concern these promises, the newest first."""
    here = declarations.order_by().filter(organisation=OuterRef("pk"))
    concerned = Q(pk__in=[])
    for path in Organisation.objects.filter(Exists(here)).values_list("path", flat=True):
        keys = [int(key) for key in str(path).split("/") if key]
        concerned |= Q(place__in=keys)
    return MonitoringPeriod.objects.filter(concerned).select_related("place")


def state_of(report: MonitoringReport | None) -> str:
    """`missing`, `filed`, `accepted` or `returned`."""
    if report is None:
        return "missing"
    review = getattr(report, "review", None)
    return review.verdict if review else "filed"


def summary_of(
    period: MonitoringPeriod, tasks: QuerySet[Declaration]
) -> dict[str, Counter[str]]:
    """By light and by state how many of these promises there are; their last reports count."""
    later = MonitoringReport.objects.filter(
        period=period, declaration=OuterRef("declaration"), number__gt=OuterRef("number")
    )
    last = MonitoringReport.objects.filter(
        ~Exists(later), period=period, declaration__in=tasks.order_by().values("pk")
    )
    states, lights = Counter[str](), Counter[str]()
    told = last.order_by().values_list("review__verdict", "light").annotate(count=Count("pk"))
    for verdict, light, count in told:
        states[verdict or "filed"] += count
        if light:
            lights[light] += count
    states["missing"] = tasks.count() - states.total()
    return {"states": +states, "lights": lights}
