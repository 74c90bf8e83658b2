"""What a department's report says of its projects, from what units filed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from kaoji.core.department_report import (
    MONITORING,
    SELF_EVALUATION,
    DepartmentReport,
    Deviation,
    ReportedProject,
)
from kaoji.core.outcome_notation import parse_with_outcome
from kaoji.platform.organisation.models import Organisation
from kaoji.standards.scoring import NoScoringPolicy
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.department_reports.models import FiledReport
from kaoji.subjects.monitoring.models import MonitoringPeriod, MonitoringReport
from kaoji.subjects.monitoring.queries import state_of, tasks_of
from kaoji.subjects.results.queries.results import Results
from kaoji.subjects.self_evaluation.models import SelfEvaluation
from kaoji.subjects.self_evaluation.queries import results_as_filed, score_in_force


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
    found = held.select_related("organisation").order_by("organisation__path", "pk")
    projects = tuple(_evaluated(item) for item in found.defer("search_text"))
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
    money = outcome.budget.get("total") if outcome else None
    told = zip(form.indicators, outcome.indicators if outcome else (), strict=False)
    review = getattr(report, "review", None)
    return ReportedProject(
        name,
        unit,
        state_of(report),
        budget=money.adjusted.yuan if money and money.adjusted else None,
        executed=money.executed.yuan if money and money.executed else None,
        light=report.light,
        advice=_advice(review.get_advice_display(), review.remark)
        if review and review.advice != "continue"
        else "",
        deviations=tuple(
            Deviation(
                row.name,
                row.target.text,
                item.actual_raw or "",
                item.reason,
                item.likelihood or "",
            )
            for row, item in told
            if item.reason
        ),
    )


def _advice(advice: str, remark: str) -> str:
    return f"{advice}（{remark.rstrip('。')}）" if remark else advice


def _evaluated(held: Declaration) -> ReportedProject:
    name, unit = held.project_name, held.organisation.name
    evaluation = held.self_evaluations.order_by("-number").first()
    if evaluation is None:
        return ReportedProject(name, unit, "missing")
    score = score_in_force(held)
    public = held.publication == Declaration.Publication.PUBLIC
    rechecks = set(evaluation.rechecks.values_list("level", flat=True))
    scored = ReportedProject(
        name,
        unit,
        "filed",
        score=score[0] if score else None,
        grade=score[1] if score else "",
        is_rechecked=bool(rechecks),
        is_public=public and "finance" in rechecks,
    )
    return _with_results(scored, held, evaluation)


def _with_results(
    scored: ReportedProject, held: Declaration, evaluation: SelfEvaluation
) -> ReportedProject:
    try:
        results = results_as_filed(held, evaluation)
    except NoScoringPolicy:
        return scored
    return replace(
        scored,
        budget=results.budget,
        executed=results.executed,
        met=tuple(_by_class(results)),
        deviations=tuple(_missed(results)),
    )


def _by_class(results: Results) -> Iterator[tuple[str, int, int]]:
    met, whole = Counter[str](), Counter[str]()
    for row in results.rows:
        name = row.indicator.level1 or "未分类"
        whole[name] += 1
        met[name] += row.is_met
    for name, count in whole.items():
        yield name, met[name], count


def _missed(results: Results) -> Iterator[Deviation]:
    for row in results.rows:
        if row.is_missed and row.actual is not None:
            yield Deviation(
                row.indicator.name,
                row.indicator.target.text,
                row.actual.value,
                row.actual.reason,
            )
