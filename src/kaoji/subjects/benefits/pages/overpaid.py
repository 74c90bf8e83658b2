"""What the bank paid besides: who decides from whom it is asked back, who notes what came back."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from kaoji.benefits.fen import UnreadableFen, read_fen
from kaoji.core.speech import say
from kaoji.platform.refusals import UnableToAct
from kaoji.platform.ui.acting import attempt
from kaoji.platform.ui.typed import day_in
from kaoji.subjects.benefits.actions.decide_overpayment import decide_overpayment
from kaoji.subjects.benefits.actions.regain_overpayment import regain_overpayment
from kaoji.subjects.benefits.models import OverpaymentDecision, Run
from kaoji.subjects.benefits.pages.access import run_of
from kaoji.subjects.benefits.queries.overpaid import overpaid_of, rows_overpaid
from kaoji.workflow.roles import MAY_CHECK_BENEFITS, MAY_PAY_BENEFITS


def besides_shown(run: Run, person: User) -> dict[str, Any]:
    """What a page of a run shows of money paid besides, and what this person may do with it."""
    return {
        "overpaid": overpaid_of(run),
        "debtors": OverpaymentDecision.Debtor.choices,
        "may_decide_besides": person.has_perm(MAY_CHECK_BENEFITS, run.place),
        "may_regain": person.has_perm(MAY_PAY_BENEFITS, run.place),
    }


@require_POST
def decide(request: HttpRequest, pk: int, overpayment: int) -> HttpResponse:
    """From whom it is asked back."""
    run = run_of(request, pk)
    row = get_object_or_404(rows_overpaid(run), pk=overpayment)
    given = request.POST
    attempt(
        request,
        lambda person, now: decide_overpayment(
            row,
            given.get("debtor", ""),
            reason=given.get("reason", ""),
            acting_user=person,
            now=now,
        ),
        confirmed=say("已决定"),
    )
    return redirect("benefit-run", pk)


@require_POST
def regain(request: HttpRequest, pk: int, overpayment: int) -> HttpResponse:
    """What of it is on the account again."""
    run = run_of(request, pk)
    row = get_object_or_404(rows_overpaid(run), pk=overpayment)
    given = request.POST
    attempt(
        request,
        lambda person, now: regain_overpayment(
            row,
            _fen(given.get("yuan", "")),
            on=day_in(given.get("on", "")),
            paper=given.get("paper", ""),
            acting_user=person,
            now=now,
        ),
        confirmed=say("已登记收回"),
    )
    return redirect("benefit-run", pk)


def _fen(typed: str) -> int:
    try:
        return read_fen(typed)
    except UnreadableFen as unreadable:
        raise UnableToAct(unreadable.sentence) from unreadable
