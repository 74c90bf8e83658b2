"""One promise in a period: prefilled, filed, reviewed, handed out as the official 监控表."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kaoji.core.outcome_notation import parse_with_outcome
from kaoji.core.speech import say
from kaoji.platform.ui import saying
from kaoji.platform.ui.acting import attempt
from kaoji.platform.ui.typed import day_in
from kaoji.standards.scoring import NoScoringPolicy
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.declarations.pages.access import approved_for
from kaoji.subjects.declarations.pages.frozen import frozen_form
from kaoji.subjects.monitoring.actions.file_monitoring import Said, file_monitoring
from kaoji.subjects.monitoring.actions.review_monitoring import review_monitoring
from kaoji.subjects.monitoring.models import MonitoringPeriod, MonitoringReport
from kaoji.subjects.monitoring.pages.views import TASK_STATES, period_for
from kaoji.subjects.monitoring.queries import Watched, WatchedRow, state_of, watched_on
from kaoji.subjects.rectification.actions.open_rectification import open_rectification
from kaoji.workflow.following import ADVICE_NAMES, VERDICT_NAMES
from kaoji.workflow.roles import (
    MAY_FILE,
    MAY_FOLLOW,
    MAY_REVIEW_FOR_DEPARTMENT,
    MAY_VIEW,
)

_LAYOUT = "monitoring-2019"


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(MAY_VIEW, raise_exception=True)
def report(request: HttpRequest, pk: int, declaration: int) -> HttpResponse:
    """Show the report, prefilled; file it."""
    period, held = period_for(request, pk), approved_for(request, declaration)
    if request.method != "POST":
        return _page(request, period, held)
    status = attempt(
        request,
        lambda person, now: file_monitoring(
            period, held, said=_said(request, held, period), acting_user=person, now=now
        ),
        confirmed=say("监控表已报送，等主管部门审核"),
    )
    if status is not None:
        return _page(request, period, held, status=status)
    return redirect("monitoring-report", pk, declaration)


@require_POST
@permission_required(MAY_VIEW, raise_exception=True)
def review(request: HttpRequest, pk: int, declaration: int) -> HttpResponse:
    """Accept or return the last report."""
    period, held = period_for(request, pk), approved_for(request, declaration)
    last = get_object_or_404(_reports(period, held), pk=request.POST.get("report") or 0)

    def act(person: User, now: datetime) -> object:
        return review_monitoring(
            last,
            verdict=request.POST.get("verdict", ""),
            advice=request.POST.get("advice", ""),
            remark=request.POST.get("remark", ""),
            acting_user=person,
            now=now,
        )

    status = attempt(request, act, confirmed=say("监控表已审核"))
    if status is not None:
        return _page(request, period, held, status=status)
    return redirect("monitoring-report", pk, declaration)


@require_POST
@permission_required(MAY_VIEW, raise_exception=True)
def demand(request: HttpRequest, pk: int, declaration: int) -> HttpResponse:
    """Open a rectification from what the monitoring found."""
    period, held = period_for(request, pk), approved_for(request, declaration)
    status = attempt(
        request,
        lambda person, now: open_rectification(
            held.organisation,
            source="monitoring",
            finding=request.POST.get("finding", ""),
            demand=request.POST.get("demand", ""),
            due_on=day_in(request.POST.get("due_on", "")),
            declaration=held,
            acting_user=person,
            now=now,
        ),
        confirmed=say("整改要求已发出"),
    )
    if status is not None:
        return _page(request, period, held, status=status)
    return redirect("declaration-rectifications", declaration)


@require_safe
@permission_required(MAY_VIEW, raise_exception=True)
def document(
    request: HttpRequest, pk: int, declaration: int, number: int, form: str
) -> HttpResponse:
    """A report as it was filed."""
    period, held = period_for(request, pk), approved_for(request, declaration)
    filed = get_object_or_404(_reports(period, held), number=number)
    name = f"{held.year}-{held.project_name}-监控表{filed.number}.{form}"
    return frozen_form(
        request, filed.content, form, name, layout=_LAYOUT, kind="monitoring"
    ) or redirect("monitoring-report", pk, declaration)


def _reports(period: MonitoringPeriod, held: Declaration) -> Any:
    return MonitoringReport.objects.filter(period=period, declaration=held)


def _page(
    request: HttpRequest, period: MonitoringPeriod, held: Declaration, *, status: int = 200
) -> HttpResponse:
    try:
        watched = watched_on(held, as_of=period.until)
    except NoScoringPolicy as refusal:
        saying.tell(request, refusal.sentence)
        return redirect("declaration", held.pk)
    filed = list(_reports(period, held).select_related("review", "filed_by"))
    state = state_of(filed[0] if filed else None)
    rows = [
        {
            "row": row,
            "number": number,
            "causes": request.POST.getlist(f"causes.{number}"),
            "reason": request.POST.get(
                f"reason.{number}", row.result.actual.reason if row.result.actual else ""
            ),
            "likelihood": request.POST.get(f"likelihood.{number}", _likely(row, watched)),
            "remedy": request.POST.get(f"remedy.{number}", ""),
            "forecast": request.POST.get(f"forecast.{number}", row.forecast),
        }
        for number, row in enumerate(watched.rows, start=1)
    ]
    may_file = request.user.has_perm(MAY_FILE, held) and state in {"missing", "returned"}
    context = {
        "period": period,
        "declaration": held,
        "watched": watched,
        "rows": rows,
        "words": watched.words,
        "filed": [(item, _said_in(item)) for item in filed],
        "state": TASK_STATES[state],
        "may_file": may_file,
        "may_review": state == "filed"
        and request.user.has_perm(MAY_REVIEW_FOR_DEPARTMENT, held),
        "may_demand": request.user.has_perm(MAY_FOLLOW, held),
        "verdicts": VERDICT_NAMES.items(),
        "advices": ADVICE_NAMES.items(),
        "suggested": _suggested(watched),
        "reds": [
            row.result.indicator.name for row in watched.rows if row.result.light == "red"
        ],
        "typed": request.POST,
    }
    return render(request, "monitoring/pages/report.html", context, status=status)


def _likely(row: WatchedRow, watched: Watched) -> str:
    """What the forecast itself suggests: a green light will surely do, a red one perhaps."""
    surely, perhaps, *_ = watched.words.likelihoods
    return surely if row.result.light in {"green", "blue"} else perhaps


def _suggested(watched: Any) -> str:
    """What the lights suggest the reviewer should advise; a person decides."""
    lights = [row.result.light for row in watched.rows if row.result.light]
    if lights and all(light == "red" for light in lights):
        return "suspend"
    return "adjust" if "red" in lights else "continue"


def _said_in(filed: MonitoringReport) -> dict[str, Any]:
    form, outcome = parse_with_outcome(filed.content)
    rows = zip(form.indicators, outcome.indicators if outcome else (), strict=True)
    return {"rows": list(rows), "total": outcome.budget["total"] if outcome else None}


def _said(request: HttpRequest, held: Declaration, period: MonitoringPeriod) -> dict[str, Said]:
    places = [row.place for row in watched_on(held, as_of=period.until).rows]
    return {
        place: Said(
            tuple(request.POST.getlist(f"causes.{number}")),
            request.POST.get(f"reason.{number}", ""),
            request.POST.get(f"likelihood.{number}", ""),
            request.POST.get(f"forecast.{number}", "")[:200],
            request.POST.get(f"remedy.{number}", "")[:1000],
        )
        for number, place in enumerate(places, start=1)
    }
