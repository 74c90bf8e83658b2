"""Periods of monitoring, who has reported, and the summary of a department."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kaoji.core.speech import say
from kaoji.platform.organisation.reach import places_of
from kaoji.platform.ui.acting import attempt
from kaoji.platform.ui.numbers import number_in
from kaoji.platform.ui.paging import counted
from kaoji.platform.ui.typed import day_in
from kaoji.subjects.declarations.queries.reach import declarations_of
from kaoji.subjects.monitoring.actions.issue_monitoring import issue_monitoring
from kaoji.subjects.monitoring.models import MonitoringPeriod, MonitoringReport
from kaoji.subjects.monitoring.queries import periods_for, state_of, summary_of, tasks_of
from kaoji.workflow.places import FILING, PlaceKind
from kaoji.workflow.roles import MAY_FOLLOW, MAY_VIEW

PER_PAGE = 50
TASK_STATES = {"missing": "未报送", "filed": "待审核", "accepted": "认可", "returned": "退回"}


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(MAY_VIEW, raise_exception=True)
def periods(request: HttpRequest) -> HttpResponse:
    """The periods that concern the person; issue one."""
    person: Any = request.user
    places = places_of(person, MAY_FOLLOW).filter(kind__in=[*FILING, PlaceKind.BUREAU])
    status: int | None = 200
    if request.method == "POST":

        def act(acting: User, now: datetime) -> object:
            place = get_object_or_404(places, pk=number_in(request.POST.get("place")))
            return issue_monitoring(
                place,
                year=number_in(request.POST.get("year")) or 0,
                title=request.POST.get("title", ""),
                until=day_in(request.POST.get("until", "")),
                due_on=day_in(request.POST.get("due_on", "")),
                acting_user=acting,
                now=now,
            )

        status = attempt(request, act, confirmed=say("监控任务已下达"))
        if status is None:
            return redirect("monitoring")
    context = {
        "periods": periods_for(declarations_of(person)),
        "places": places,
        "typed": request.POST,
        "today": timezone.localdate(),
        "may_issue": person.has_perm(MAY_FOLLOW),
    }
    return render(request, "monitoring/pages/periods.html", context, status=status or 200)


@require_safe
@permission_required(MAY_VIEW, raise_exception=True)
def period(request: HttpRequest, pk: int) -> HttpResponse:
    """Every promise of the period in the person's reach: its state, its light; the summary."""
    person: Any = request.user
    held = period_for(request, pk)
    mine = tasks_of(held).filter(organisation__in=places_of(person, MAY_VIEW))
    summary = summary_of(held, mine)
    count = summary["states"].total()
    page = counted(mine.defer("search_text"), PER_PAGE, count).get_page(request.GET.get("page"))
    reports = MonitoringReport.objects.select_related("review").in_bulk(
        [task.report for task in page.object_list if task.report]
    )
    rows = []
    for task in page.object_list:
        report = reports.get(task.report)
        rows.append((task, report, state_of(report)))
    context = {
        "period": held,
        "page": page,
        "rows": rows,
        "states": [(name, summary["states"].get(key, 0)) for key, name in TASK_STATES.items()],
        "lights": [
            (light, summary["lights"].get(light, 0))
            for light in ("red", "yellow", "green", "blue")
        ],
        "names": TASK_STATES,
        "overdue": held.due_on < timezone.localdate(),
    }
    return render(request, "monitoring/pages/period.html", context)


def period_for(request: HttpRequest, pk: int) -> MonitoringPeriod:
    """The period, if it concerns the person; 404 otherwise."""
    person: Any = request.user
    return get_object_or_404(periods_for(declarations_of(person)), pk=pk)
