"""Programmes, their runs, and one run as a strip of steps with one thing to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kaoji.benefits.law import Law
from kaoji.benefits.months import UnreadableMonth, month_of
from kaoji.benefits.months import read_month as month_in
from kaoji.benefits.rates import Rate
from kaoji.core.speech import Sentence, say
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.organisation.reach import places_of
from kaoji.platform.refusals import UnableToAct
from kaoji.platform.ui.acting import attempt
from kaoji.platform.ui.numbers import number_in
from kaoji.platform.ui.typed import day_or_none
from kaoji.subjects.benefits.actions.cancel_run import cancel_run
from kaoji.subjects.benefits.actions.close_run import close_run
from kaoji.subjects.benefits.actions.compute_run import compute_run
from kaoji.subjects.benefits.actions.end_confirming import end_confirming
from kaoji.subjects.benefits.actions.freeze_run import freeze_run
from kaoji.subjects.benefits.actions.open_run import open_run
from kaoji.subjects.benefits.actions.resend_failed import resend_failed
from kaoji.subjects.benefits.models import ReceivedList, Run
from kaoji.subjects.benefits.pages.access import (
    require_benefits,
    rosters_of,
    run_of,
    runs_of,
    towns_of,
)
from kaoji.subjects.benefits.pages.overpaid import besides_shown
from kaoji.subjects.benefits.pages.strip import act_for, steps_of
from kaoji.subjects.benefits.pages.waiting import title_of, waiting_benefits
from kaoji.subjects.benefits.queries.asked import lacks_requests
from kaoji.subjects.benefits.queries.dossiers import flat_programmes
from kaoji.subjects.benefits.queries.requests import waiting_accounts
from kaoji.subjects.benefits.queries.rosters import towns_in
from kaoji.subjects.benefits.queries.tallies import (
    STATISTIC_NAMES,
    by_check,
    latest_rates,
    rates_of_runs,
)
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.declarations.queries.reach import declarations_of
from kaoji.workflow.roles import MAY_AUDIT, MAY_PREPARE_BENEFITS, MAY_SEE_BENEFITS

PER_PAGE = 30
_MOST_LISTS = 12


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What waits for me, the programmes of each office, the last runs."""
    require_benefits(request)
    person = cast("User", request.user)
    found = rosters_of(request).select_related("place")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "waiting": list(waiting_benefits(person)),
        "offices": [
            (place, [each.law for each in flat_programmes().values()])
            for place in _offices(person)
        ],
        "page": page,
        "rows": [(run, title_of(run), _seen(request, run)) for run in page.object_list],
    }
    return render(request, "benefits/pages/overview.html", context)


def _offices(person: User) -> list[Organisation]:
    """Where benefits are paid: offices with lists, and those where I prepare some."""
    paying = ReceivedList.objects.values("place")
    sees, prepares = (places_of(person, r) for r in (MAY_SEE_BENEFITS, MAY_PREPARE_BENEFITS))
    return list((sees.filter(pk__in=paying) | prepares.filter(kind="department")).distinct())


def _seen(request: HttpRequest, run: Run) -> bool:
    """Does the person see the run whole, or only a town's part?"""
    return request.user.has_perm(MAY_SEE_BENEFITS, run.place)


@require_http_methods(["GET", "HEAD", "POST"])
def programme(request: HttpRequest, place: int, name: str) -> HttpResponse:
    """A programme of an office: its law in force, lists, runs, rates month by month; open a run."""
    require_benefits(request)
    person = cast("User", request.user)
    office = get_object_or_404(places_of(person, MAY_SEE_BENEFITS), pk=place)
    if name not in flat_programmes():
        raise Http404
    status: int | None = 200
    if request.method == "POST":
        status = attempt(request, lambda who, now: _opened(request, office, name, who, now))
        if status is None:
            return redirect("benefit-programme", place, name)
    law = flat_programmes()[name].law
    runs = runs_of(request).filter(place=office, programme=name)
    today = timezone.localdate()
    context = {
        "office": office,
        "name": name,
        "law": law,
        "values": values_in_force(law),
        "runs": _with_rates(list(runs.filter(resends=None)[:PER_PAGE])),
        "lists": ReceivedList.objects.filter(place=office, programme=name)[:_MOST_LISTS],
        "statistics": [STATISTIC_NAMES[key] for key in STATISTIC_NAMES],
        "may_prepare": person.has_perm(MAY_PREPARE_BENEFITS, office),
        "may_audit": person.has_perm(MAY_AUDIT, office),
        "kinds": ReceivedList.Kind.choices,
        "typed": request.POST or {"month": f"{today:%Y-%m}", "as_of": today.isoformat()},
        "projects": declarations_of(person).filter(approved_revision__isnull=False)[:200],
    }
    return render(request, "benefits/pages/programme.html", context, status=status or 200)


def _opened(
    request: HttpRequest, office: Organisation, name: str, person: User, now: datetime
) -> Run:
    given = request.POST
    try:
        month = month_in(given.get("month", ""))
    except UnreadableMonth as refused:
        raise UnableToAct(refused.sentence) from refused
    project = None
    if given.get("declaration"):
        found: Any = declarations_of(person)
        project = found.filter(pk=number_in(given["declaration"])).first()
    return open_run(
        office,
        programme=name,
        month=month,
        due_on=day_or_none(given.get("due_on", "")),
        reason=given.get("reason", ""),
        declaration=cast("Declaration | None", project),
        acting_user=person,
        now=now,
    )


@dataclass(frozen=True)
class Value:
    """A value of the law in force: its name, how much, on which paper, whether anybody has seen it."""

    title: str
    fen: int
    source: str
    is_seen: bool


def values_in_force(law: Law) -> list[Value]:
    """The amounts that hold this month."""
    today = timezone.localdate()
    held = law.at(month_of(today), known_at=today)
    found = [
        Value(law.amount_titles[name], dated.value, dated.source, dated.status == "seen")
        for name, dated in held.amounts.items()
    ]
    if held.bands is not None:
        found += [
            Value(f"{age}+", fen, held.bands.source, held.bands.status == "seen")
            for age, fen in held.bands.value.items()
        ]
    return found


def rates_shown(run: Run) -> list[Rate | None]:
    """The rates of a run, in the order of their names; on the day."""
    return _with_rates([run])[0][1]


def _with_rates(runs: list[Run]) -> list[tuple[Run, list[Rate | None]]]:
    rates = rates_of_runs(runs)
    return [(run, [rates[run.pk].get(key) for key in STATISTIC_NAMES]) for run in runs]


@require_safe
def run_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A run: the strip, what I am to do, doubts by check, towns, who did what, the money."""
    run = run_of(request, pk)
    person = cast("User", request.user)
    towns = towns_in(run)
    context = {
        "run": run,
        "title": title_of(run),
        "steps": steps_of(run, towns),
        "act": act_for(run, person),
        "towns": towns,
        "checks": by_check(run),
        "duties": run.duties.select_related("made_by"),
        "movements": run.movements.select_related("town"),
        "resent": run.resent_by.all(),
        "rates": list(zip(STATISTIC_NAMES.values(), rates_shown(run), strict=True)),
        "now_rates": latest_rates(run, basis="now"),
        "may_prepare": person.has_perm(MAY_PREPARE_BENEFITS, run.place),
        "mine": set(towns_of(request).values_list("pk", flat=True)),
        "may_audit": person.has_perm(MAY_AUDIT, run.place),
        "may_refreeze": run.state in {"computed", "checked", "confirmed"} and not run.resends,
        "may_cancel": run.state in _CANCELLED
        or (run.state == "approved" and run.resends_id is not None),
        "unverified": unverified(run),
        "accounts": len(waiting_accounts(run)),
        "lacks_requests": bool(run.asked_digest) and lacks_requests(run),
        **besides_shown(run, person),
    }
    return render(request, "benefits/pages/run.html", context)


_CANCELLED = {"draft", "frozen", "computed", "checked", "confirmed"}
SETTING_NAMES = {
    "bands": "各年龄段标准",
    "enters": "从哪个月起算",
    "leaves": "去世、迁出当月是否仍发",
    "town": "迁移当月算在哪个街镇",
    "moves_within_city": "市内迁移是否继续",
    "starts": "首发月份",
    "pay_every": "按月还是按季发放",
    "pay_day": "发放日",
    "pay_roll": "遇节假日的发放日",
    "look_back": "追溯期限",
    "prepaid_after_end": "预拨月份是否追回",
    "late": "迟到的事实追溯多远",
    "excludes": "与哪些项目不重复享受",
    "switch": "转入哪些项目时抵扣",
    "offset": "能否抵扣",
    "claim_floor": "多少以下不追缴",
}


def unverified(run: Run) -> list[str]:
    """Values of the law that nobody has seen in their source: a run must say so."""
    law = flat_programmes()[run.programme].law
    found = law.unverified(period=run.period, known_at=run.frozen_on)
    return [SETTING_NAMES.get(name, name) for name in found]


_Do = Callable[..., Run]
_DEEDS: dict[str, tuple[_Do, Sentence]] = {
    "freeze": (freeze_run, say("已冻结")),
    "compute": (compute_run, say("已计算并清查")),
    "end": (end_confirming, say("确认已结束，等待审批")),
    "resend": (resend_failed, say("重发批次已开，等待审批")),
    "close": (close_run, say("批次已关闭")),
    "cancel": (cancel_run, say("批次已撤销")),
}


@require_POST
def do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One step of a run."""
    run = run_of(request, pk)
    if verb not in _DEEDS:
        raise Http404
    deed, confirmed = _DEEDS[verb]
    more = {"reason": request.POST.get("reason", "")} if verb == "cancel" else {}
    made: list[Run] = []
    attempt(
        request,
        lambda person, now: made.append(deed(run, acting_user=person, now=now, **more)),
        confirmed=confirmed,
    )
    return redirect("benefit-run", made[0].pk if made else pk)
