"""What a department's report says of its projects, from what units filed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from kaoji.core.department_report import (
    MONITORING,
    SELF_EVALUATION,
    DepartmentReport,
    Deviation,
    ReportedProject,
)
from kaoji.core.indicator import Indicator
from kaoji.core.outcome import IndicatorOutcome, Outcome
from kaoji.core.outcome_notation import parse_with_outcome
from kaoji.measuring.places import places_in
from kaoji.platform.organisation.models import Organisation
from kaoji.scoring.reached import reached
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.department_reports.models import FiledReport
from kaoji.subjects.monitoring.models import MonitoringPeriod, MonitoringReport
from kaoji.subjects.monitoring.queries import state_of, tasks_of
from kaoji.subjects.self_evaluation.models import SelfEvaluation


def monitored(
    place: Organisation, period: MonitoringPeriod, words: dict[str, str]
) -> DepartmentReport:
    """The report on one period of monitoring."""
    tasks = tasks_of(period).filter(organisation__path__startswith=str(place.path))
    projects = tuple(_watched(period, place, list(tasks.defer("search_text"))))
    return DepartmentReport(
        MONITORING, place.name, period.year, period.title, period.until, projects, words
    )


def self_evaluated(place: Organisation, year: int, words: dict[str, str]) -> DepartmentReport:
    """The report on a year's self-evaluations."""
    held = Declaration.objects.filter(
        year=year,
        organisation__path__startswith=str(place.path),
        approved_revision__isnull=False,
    )
    filed = SelfEvaluation.objects.filter(declaration__in=held.values("pk"))
    last = {
        item.declaration_id: item
        for item in filed.prefetch_related("rechecks").order_by("number")
    }
    found = held.select_related("organisation").order_by("organisation__path", "pk")
    projects = tuple(
        _with_evaluation(item, last.get(item.pk)) for item in found.defer("search_text")
    )
    return DepartmentReport(
        SELF_EVALUATION, place.name, year, "", date(year, 12, 31), projects, words
    )


def reports_of(place: Organisation, kind: str, until: date) -> list[FiledReport]:
    """What the place filed of a kind for a day, the newest first."""
    found = FiledReport.objects.filter(place=place, kind=kind, until=until)
    return list(found.select_related("filed_by").order_by("-number"))


def _watched(
    period: MonitoringPeriod, place: Organisation, tasks: list[Declaration]
) -> Iterator[ReportedProject]:
    last: dict[int, MonitoringReport] = {}
    reports = MonitoringReport.objects.filter(
        period=period, declaration__organisation__path__startswith=str(place.path)
    )
    for report in reports.select_related("review").order_by("number"):
        last[report.declaration_id] = report
    for task in tasks:
        yield _of_report(task, last.get(task.pk))


def _of_report(task: Declaration, report: MonitoringReport | None) -> ReportedProject:
    name, unit = task.project_name, task.organisation.name
    if report is None:
        return ReportedProject(name, unit, "missing")
    form, outcome = parse_with_outcome(report.content)
    said = outcome.indicators if outcome else ()
    # Reports from before the notation told of causes have them, apart from the reason, in *deviations*.
    told = zip(form.indicators, said, places_in(form), strict=False)
    review = getattr(report, "review", None)
    return ReportedProject(
        name,
        unit,
        state_of(report),
        *_money(outcome),
        light=report.light,
        advice=_advice(review.get_advice_display(), review.remark)
        if review and review.advice != "continue"
        else "",
        deviations=tuple(
            Deviation(
                row.name,
                row.target.text,
                item.actual_raw or "",
                item.reason or "" if item.causes else before.get("reason", item.reason or ""),
                item.likelihood or "",
                item.causes or tuple(before.get("classes", ())),
                item.remedy or "",
            )
            for row, item, place in told
            for before in (report.deviations.get(place, {}),)
            if item.reason or item.causes or item.remedy
        ),
    )


def _advice(advice: str, remark: str) -> str:
    return f"{advice}（{remark.rstrip('。')}）" if remark else advice


def _with_evaluation(held: Declaration, evaluation: SelfEvaluation | None) -> ReportedProject:
    """A project by what was filed for it last, and by the score of the last re-check."""
    name, unit = held.project_name, held.organisation.name
    if evaluation is None:
        return ReportedProject(name, unit, "missing")
    rechecks = sorted(evaluation.rechecks.all(), key=lambda item: item.pk)
    counts = rechecks[-1] if rechecks else evaluation
    looked_at = any(item.level == "finance" for item in rechecks)
    form, outcome = parse_with_outcome(evaluation.content)
    rows = list(zip(form.indicators, outcome.indicators if outcome else (), strict=False))
    return ReportedProject(
        name,
        unit,
        "filed",
        *_money(outcome),
        score=counts.total,
        grade=counts.grade,
        is_rechecked=bool(rechecks),
        is_public=looked_at and held.publication == Declaration.Publication.PUBLIC,
        met=tuple(_by_class(rows)),
        deviations=tuple(
            Deviation(row.name, row.target.text, item.actual_raw or "", item.reason or "")
            for row, item in rows
            if reached(row, item.actual_raw or "") is False
        ),
    )


def _money(outcome: Outcome | None) -> tuple[Decimal | None, Decimal | None]:
    """Budget and execution of the whole, in yuan; a monitoring names the budget in force only where it changed."""
    line = outcome.budget.get("total") if outcome else None
    if line is None:
        return None, None
    return (
        budget.yuan if (budget := line.plan) else None,
        line.executed.yuan if line.executed else None,
    )


def _by_class(
    rows: list[tuple[Indicator, IndicatorOutcome]],
) -> Iterator[tuple[str, int, int]]:
    met, whole = Counter[str](), Counter[str]()
    for row, item in rows:
        name = row.level1 or "未分类"
        whole[name] += 1
        met[name] += reached(row, item.actual_raw or "") is True
    for name, count in whole.items():
        yield name, met[name], count
