"""A department's reports: what they would say today, the department's own words, what was filed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kaoji.core.department_report import (
    MONITORING,
    REPORT_PARTS,
    SELF_EVALUATION,
    DepartmentReport,
)
from kaoji.core.speech import say
from kaoji.documents.render.department_report import (
    render_department_report,
    sections_of,
    title_of,
)
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.organisation.reach import places_of
from kaoji.platform.ui.acting import attempt
from kaoji.platform.ui.files_out import as_file
from kaoji.platform.ui.numbers import number_in
from kaoji.subjects.declarations.queries.reach import declarations_of, usual_year
from kaoji.subjects.department_reports.actions.file_department_report import (
    report_monitoring,
    report_self_evaluations,
)
from kaoji.subjects.department_reports.models import FiledReport
from kaoji.subjects.department_reports.queries import monitored, reports_of, self_evaluated
from kaoji.subjects.monitoring.models import MonitoringPeriod
from kaoji.subjects.monitoring.queries import periods_for
from kaoji.workflow.places import FILING, PlaceKind
from kaoji.workflow.roles import MAY_REVIEW_FOR_DEPARTMENT, MAY_VIEW

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MOST = 200
_REPORTING = FILING - {PlaceKind.UNIT}
_FIRST_YEAR, _LAST_YEAR = 2000, 2100


@require_safe
@permission_required(MAY_VIEW, raise_exception=True)
def reports(request: HttpRequest) -> HttpResponse:
    """The departments in the person's reach: what they filed for a year, and what can be written."""
    person: Any = request.user
    year = year_given(
        number_in(request.GET.get("year")) or usual_year(person, today=timezone.localdate())
    )
    places = reporting_places(request)[:_MOST]
    periods = list(periods_for(declarations_of(person)).filter(year=year))
    filed: dict[int, list[FiledReport]] = {}
    for item in FiledReport.objects.filter(place__in=[place.pk for place in places], year=year):
        filed.setdefault(item.place_id, []).append(item)
    rows = [
        (
            place,
            [item for item in periods if place.is_within(str(item.place.path))],
            filed.get(place.pk, []),
        )
        for place in places
    ]
    context = {"rows": rows, "year": year}
    return render(request, "department_reports/pages/reports.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(MAY_VIEW, raise_exception=True)
def monitoring(request: HttpRequest, pk: int, period: int) -> HttpResponse:
    """The 绩效运行监控报告 of a period: as it would be today; file it."""
    person: Any = request.user
    place = get_object_or_404(reporting_places(request), pk=pk)
    held = get_object_or_404(periods_for(declarations_of(person)), pk=period)

    def act(acting: User, now: datetime) -> object:
        return report_monitoring(
            place, held, words=_typed(request, MONITORING), acting_user=acting, now=now
        )

    return _page(request, place, monitored(place, held, {}), act, back=held)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(MAY_VIEW, raise_exception=True)
def self_evaluations(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """The 绩效自评汇总报告 of a year: as it would be today; file it."""
    place = get_object_or_404(reporting_places(request), pk=pk)
    year = year_given(year)

    def act(acting: User, now: datetime) -> object:
        return report_self_evaluations(
            place, year, words=_typed(request, SELF_EVALUATION), acting_user=acting, now=now
        )

    return _page(request, place, self_evaluated(place, year, {}), act)


@require_safe
@permission_required(MAY_VIEW, raise_exception=True)
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """A filed report as Word, as it was filed."""
    filed = FiledReport.objects.filter(place__in=reporting_places(request).values("pk"))
    held = get_object_or_404(filed, pk=pk)
    day = timezone.localtime(held.filed_at)
    written = render_department_report(held.report, day=f"{day.year}年{day.month}月{day.day}日")
    return as_file(written, f"{title_of(held.report)}-{held.number}.docx", _WORD)


def _page(
    request: HttpRequest,
    place: Organisation,
    report: DepartmentReport,
    act: Callable[[User, datetime], object],
    *,
    back: MonitoringPeriod | None = None,
) -> HttpResponse:
    status: int | None = 200
    if request.method == "POST":
        status = attempt(request, act, confirmed=say("报告已报送"))
        if status is None:
            return redirect(request.path)
    filed = reports_of(place, report.kind, report.until)
    typed = request.POST if request.method == "POST" else filed[0].report.words if filed else {}
    context = {
        "place": place,
        "title": title_of(report),
        "report": report,
        "sections": sections_of(report),
        "filed": filed,
        "period": back,
        "may_file": request.user.has_perm(MAY_REVIEW_FOR_DEPARTMENT, place),
        "parts": [
            (name, part, typed.get(name, ""))
            for name, part in REPORT_PARTS[report.kind].items()
        ],
    }
    return render(
        request, "department_reports/pages/report.html", context, status=status or 200
    )


def _typed(request: HttpRequest, kind: str) -> dict[str, str]:
    return {name: request.POST.get(name, "") for name in REPORT_PARTS[kind]}


def reporting_places(request: HttpRequest) -> Any:
    """The departments, towns and bureaus in the person's reach."""
    person: Any = request.user
    return places_of(person, MAY_VIEW).filter(kind__in=_REPORTING)


def year_given(given: int) -> int:
    """A year of an address, within what a page can show."""
    return min(max(given, _FIRST_YEAR), _LAST_YEAR)
