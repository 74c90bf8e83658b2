"""The promises in force of a year, with what was last reported of each, read a hundred at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import F, QuerySet
from django.utils.timezone import localdate

from kaoji.core.declaration import Declaration as Form
from kaoji.core.outcome import IndicatorOutcome, Outcome
from kaoji.core.outcome_notation import parse_with_outcome
from kaoji.core.speech import say
from kaoji.documents.exchange.entry import Entry, Evaluated, Monitored, Period, Place
from kaoji.documents.exchange.rows import Sheet, sheets
from kaoji.measuring.policy import policy_of
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.refusals import UnableToAct
from kaoji.rules.engine import region_of
from kaoji.scoring.scorecard import score_form
from kaoji.standards.exchange import Exchange, exchange_in_force
from kaoji.standards.scoring import NoScoringPolicy
from kaoji.subjects.declarations.models import Declaration, Revision
from kaoji.subjects.monitoring.models import MonitoringPeriod, MonitoringReport
from kaoji.subjects.review.models import ApprovedForm
from kaoji.subjects.self_evaluation.models import Recheck, SelfEvaluation
from kaoji.workflow.places import PlaceKind

_AT_A_TIME = 100


@dataclass(frozen=True)
class Filled:
    """All tables, by which mapping, and of how many promises."""

    exchange: Exchange
    sheets: tuple[Sheet, ...]
    promises: int

    @property
    def remarks(self) -> int:
        """How many cells and columns somebody has to see to."""
        return sum(len(sheet.remarks) for sheet in self.sheets)


def filled(
    found: QuerySet[Declaration], *, year: int, places: Iterable[Organisation]
) -> Filled:
    """The tables for those of the promises that are in force in that year. Raises UnableToAct where there is none."""
    in_force = found.filter(year=year, approved_revision__isnull=False)
    entries = list(_entries(in_force))
    if not entries:
        raise UnableToAct(say("{year} 年没有批复的项目，没有什么可导出", year=year))
    exchange = _exchange(year, entries)
    periods = MonitoringPeriod.objects.filter(year=year, place__in=list(places))
    told = [Period(item.title, item.due_on) for item in periods.order_by("until", "pk")]
    return Filled(exchange, tuple(sheets(entries, told, exchange)), len(entries))


def _exchange(year: int, entries: Sequence[Entry]) -> Exchange:
    """The tables of the region that the forms are of, where they are of one. Raises UnableToAct."""
    regions = {region_of(item.form) for item in entries}
    region = regions.pop() if len(regions) == 1 else None
    exchange = exchange_in_force(on=date(year, 12, 31), region=region)
    if exchange is None:
        raise UnableToAct(say("没有收录 {year} 年的交换表", year=year))
    return exchange


def _entries(in_force: QuerySet[Declaration]) -> Iterator[Entry]:
    ordered = in_force.select_related("organisation").order_by(
        "organisation__path", "project_name", "pk"
    )
    rows = ordered.iterator(chunk_size=_AT_A_TIME)
    places = {item.pk: item for item in Organisation.objects.all()}
    while page := list(islice(rows, _AT_A_TIME)):
        yield from _read(page, places)


def _read(page: Sequence[Declaration], places: Mapping[int, Organisation]) -> Iterator[Entry]:
    revisions = _of(Revision.objects.filter(number=F("declaration__approved_revision")), page)
    approvals = _of(
        ApprovedForm.objects.filter(revision_number=F("declaration__approved_revision")), page
    )
    evaluations = _of(SelfEvaluation.objects.order_by("number"), page)
    rechecks: dict[tuple[int, str], Recheck] = {
        (item.evaluation_id, item.level): item
        for item in Recheck.objects.filter(
            evaluation__in=[item.pk for item in evaluations.values()]
        ).order_by("pk")
    }
    reports: dict[int, dict[int, MonitoringReport]] = {}
    for report in MonitoringReport.objects.filter(declaration__in=page).order_by(
        "period__until", "period", "number"
    ):
        reports.setdefault(report.declaration_id, {})[report.period_id] = report
    for row in page:
        revision, approval = revisions[row.pk], approvals[row.pk]
        evaluation = evaluations.get(row.pk)
        form, told = _evaluated(evaluation, rechecks) if evaluation else (None, None)
        yield Entry(
            revision.form,
            _place(row.organisation),
            _above(row.organisation, PlaceKind.DEPARTMENT, places),
            _above(row.organisation, PlaceKind.BUREAU, places),
            revision.number,
            revision.made_at,
            approval.approved_at,
            told,
            form,
            tuple(_monitored(item) for item in reports.get(row.pk, {}).values()),
        )


def _of(rows: QuerySet[Any], page: Sequence[Declaration]) -> dict[int, Any]:
    """By declaration the last of its rows."""
    return {item.declaration_id: item for item in rows.filter(declaration__in=page)}


def _place(place: Organisation) -> Place:
    return Place(place.name, place.code)


def _above(
    place: Organisation, kind: PlaceKind, places: Mapping[int, Organisation]
) -> Place | None:
    """The nearest place of that kind, the place itself included."""
    for key in reversed(place.lineage):
        if places[key].kind == kind:
            return _place(places[key])
    return None


def _evaluated(
    filed: SelfEvaluation, rechecks: Mapping[tuple[int, str], Recheck]
) -> tuple[Form, Evaluated]:
    form, outcome = _told(filed.content)
    department = rechecks.get((filed.pk, "department"))
    finance = rechecks.get((filed.pk, "finance"))
    try:
        card = score_form(form, outcome, policy_of(form))
        scores, spent = tuple(row.earned for row in card.rows), card.execution
    except NoScoringPolicy:
        scores, spent = (None,) * len(form.indicators), None
    return form, Evaluated(
        outcome,
        scores,
        spent.earned if spent else None,
        filed.total,
        department.total if department else None,
        department.opinion if department else "",
        finance.opinion if finance else "",
    )


def _monitored(report: MonitoringReport) -> Monitored:
    form, outcome = _told(report.content)
    return Monitored(outcome, form, localdate(report.filed_at))


def _told(content: str) -> tuple[Form, Outcome]:
    """What was filed; an indicator of which nothing was said has nothing to say."""
    form, outcome = parse_with_outcome(content)
    assert outcome is not None, "a report is filed with its outcome"  # noqa: S101
    missing = len(form.indicators) - len(outcome.indicators)
    said = (*outcome.indicators, *[IndicatorOutcome()] * missing)
    return form, replace(outcome, indicators=said)
