"""Doubts by check, settled one after another by keyboard; and the approval, with everything that speaks for or against."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from kaoji.benefits.approvals import DUTY_NAMES, approvals_needed
from kaoji.core.speech import restored, say
from kaoji.platform.ui.acting import attempt
from kaoji.platform.ui.numbers import number_in
from kaoji.subjects.benefits.actions.approve_run import approve_run, total_of
from kaoji.subjects.benefits.actions.confirm_account import confirm_account
from kaoji.subjects.benefits.actions.decide_doubt import decide_doubt
from kaoji.subjects.benefits.models import DoubtDecision, LeftOut, Run
from kaoji.subjects.benefits.pages.access import run_of, runs_of
from kaoji.subjects.benefits.pages.views import unverified
from kaoji.subjects.benefits.pages.waiting import title_of
from kaoji.subjects.benefits.queries.dossiers import GRANTED
from kaoji.subjects.benefits.queries.requests import waiting_accounts
from kaoji.subjects.benefits.queries.rosters import doubts_of, items_of, open_doubts
from kaoji.subjects.benefits.queries.tallies import CHECK_TITLES, by_check
from kaoji.workflow.roles import MAY_APPROVE_BENEFITS, MAY_CHECK_BENEFITS

PER_PAGE = 50
_LAST_RUNS = 12


@require_http_methods(["GET", "HEAD", "POST"])
def doubts(request: HttpRequest, pk: int) -> HttpResponse:
    """The doubts of a run, those that hold money and are open first."""
    run = run_of(request, pk)
    person = cast("User", request.user)
    status: int | None = 200
    if request.method == "POST":
        doubt = get_object_or_404(doubts_of(run), pk=number_in(request.POST.get("doubt")))
        status = attempt(
            request,
            lambda who, now: decide_doubt(
                doubt,
                request.POST.get("settlement", ""),
                reason=request.POST.get("reason", ""),
                acting_user=who,
                now=now,
            ),
        )
        if status is None:
            return redirect(request.get_full_path())
    checks = by_check(run)
    wanted = request.GET.get("check", "")
    found = doubts_of(run).select_related("person", "decision__made_by")
    if wanted in {check.id for check in checks}:
        found = found.filter(check_id=wanted)
    page = Paginator(
        found.order_by("effect", F("decision__id").asc(nulls_first=True), "check_id", "id"),
        PER_PAGE,
    ).get_page(request.GET.get("page"))
    people = [doubt.person_id for doubt in page.object_list if doubt.person_id]
    mine = items_of(run).filter(person__in=people).order_by("-month", "-id")
    items = dict(mine.values_list("person_id", "id"))  # of each person the first month
    context = {
        "run": run,
        "title": title_of(run),
        "checks": checks,
        "check": wanted,
        "page": page,
        "rows": [
            (
                doubt,
                restored(doubt.sentence),
                CHECK_TITLES.get(doubt.check_id, doubt.check_id),
                items.get(doubt.person_id or 0),
                getattr(doubt, "decision", None),
            )
            for doubt in page.object_list
        ],
        "open": open_doubts(run).count(),
        "settlements": DoubtDecision.Settlement.choices,
        "may_decide": person.has_perm(MAY_CHECK_BENEFITS, run.place)
        and (run.state == "checked" or (run.state == "confirmed" and run.resends_id)),
        "may_end": person.has_perm(MAY_CHECK_BENEFITS, run.place) and run.state == "checked",
    }
    return render(request, "benefits/pages/doubts.html", context, status=status or 200)


@require_http_methods(["GET", "HEAD", "POST"])
def accounts(request: HttpRequest, pk: int) -> HttpResponse:
    """Accounts that came after the run was frozen: until a second person confirms one, the one before it counts."""
    run = run_of(request, pk)
    person = cast("User", request.user)
    waiting = waiting_accounts(run)
    status: int | None = 200
    if request.method == "POST":
        chosen = number_in(request.POST.get("account"))
        found = [account for account in waiting if account.pk == chosen]
        if not found:
            raise Http404
        status = attempt(
            request,
            lambda who, now: confirm_account(
                found[0], reason=request.POST.get("reason", ""), acting_user=who, now=now
            ),
            confirmed=say("账户已核实"),
        )
        if status is None:
            return redirect("benefit-accounts", pk)
    context = {
        "run": run,
        "title": title_of(run),
        "rows": waiting,
        "may_check": person.has_perm(MAY_CHECK_BENEFITS, run.place),
    }
    return render(request, "benefits/pages/accounts.html", context, status=status or 200)


@require_http_methods(["GET", "HEAD", "POST"])
def approval(request: HttpRequest, pk: int) -> HttpResponse:
    """The sums by town, the last runs beside it, open doubts, who did what; approve what is seen."""
    run = run_of(request, pk)
    person = cast("User", request.user)
    status: int | None = 200
    if request.method == "POST":
        status = attempt(
            request,
            lambda who, now: approve_run(
                run, seen=request.POST.get("seen", ""), acting_user=who, now=now
            ),
            confirmed=say("已审批"),
        )
        if status is None:
            return redirect("benefit-run", pk)
    of = run.resends or run
    left = LeftOut.objects.filter(item__run=run, item__computation=run.computation)
    earlier = (
        runs_of(request)
        .filter(place=run.place, programme=run.programme, state__in=GRANTED, resends=None)
        .exclude(pk=of.pk)[:_LAST_RUNS]
    )
    approvals = run.duties.filter(duty="approve", computation=run.computation)
    context = {
        "run": run,
        "title": title_of(run),
        "needed": approvals_needed(total_of(run), period=run.period),
        "given": approvals.select_related("made_by"),
        "duties": [
            (DUTY_NAMES[each.duty], each)  # type: ignore[index]
            for each in run.duties.select_related("made_by")
        ],
        "left": [(name, left.filter(why=why).count()) for why, name in LeftOut.Why.choices],
        "checks": by_check(run),
        "earlier": _earlier(run, list(earlier)),
        "unverified": unverified(run),
        "may_approve": person.has_perm(MAY_APPROVE_BENEFITS, run.place)
        and run.state == "confirmed"
        and not approvals.filter(made_by=person).exists(),
    }
    return render(request, "benefits/pages/approval.html", context, status=status or 200)


def _earlier(run: Run, earlier: list[Run]) -> list[tuple[Run, int]]:
    """The runs before, with this one's difference to each in fen."""
    return [(each, run.approved_fen - each.approved_fen) for each in earlier]
