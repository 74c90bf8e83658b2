"""Is what a run asks to pay what was approved of it? And if not, what differs."""

from __future__ import annotations

from collections import Counter

from django.db.models import Sum

from kaoji.benefits.digests import digest_of
from kaoji.benefits.fen import written_fen
from kaoji.benefits.months import Month, written_month
from kaoji.benefits.run_states import RunState
from kaoji.core.speech import Sentence, say
from kaoji.subjects.benefits.models import Person, Run
from kaoji.subjects.benefits.queries.digests import rows_asked, rows_of_run
from kaoji.subjects.benefits.queries.requests import requests_of
from kaoji.subjects.benefits.queries.rosters import items_of


def is_as_approved(run: Run) -> bool:
    """Do the payments, their accounts, what is left out and the sums stand as they were approved?"""
    signed = bool(run.asked_digest) and digest_of(rows_asked(run)) == run.asked_digest
    return signed and _asked(run) == run.approved_fen


def _asked(run: Run) -> int:
    return int(requests_of(run).aggregate(fen=Sum("fen"))["fen"] or 0)


def lacks_requests(run: Run) -> bool:
    """Was it approved, and is there nothing to pay it by: no requests were kept, or they are not those any more?

    What it granted stands all the same, so requests can be made of that anew and be approved.
    """
    approved = run.state == RunState.APPROVED and run.resends_id is None
    return approved and not is_as_approved(run) and has_its_items(run)


def has_its_items(run: Run) -> bool:
    """Are the items of a run those that it computed? A small run has none of its own."""
    return run.resends_id is not None or digest_of(rows_of_run(run)) == run.items_digest


def what_differs(run: Run) -> Sentence:
    """Where what a run asks for is not what was approved, for whoever has to look into it."""
    if not has_its_items(run):
        return say("明细与计算时不同")
    asked = _asked(run)
    person, month, fen = _first_other(run) if run.resends_id is None else (None, 0, 0)
    if person is not None:
        return say(
            "{name} {number} {month} 的申请与核定差 {fen} 元",
            name=person.name_masked,
            number=person.id_masked,
            month=written_month(Month(month)),
            fen=written_fen(fen),
        )
    if asked != run.approved_fen:
        return say(
            "支付申请合计 {asked} 元，审批的是 {approved} 元",
            asked=written_fen(asked),
            approved=written_fen(run.approved_fen),
        )
    return say("收款账户或不予发放的名单与审批时不同")


def _first_other(run: Run) -> tuple[Person | None, int, int]:
    """The first of whom something else is asked than was granted: who, of which month, how much more (below zero: less)."""
    found: Counter[tuple[int, int]] = Counter()
    for person, months in requests_of(run).values_list("person", "months").iterator():
        for month, fen in months:
            found[person, month] += fen
    granted = items_of(run).filter(left_out__isnull=True, fen__gt=0)
    for person, month, fen in granted.values_list("person", "month", "fen").iterator():
        found[person, month] -= fen
    for (person, month), fen in sorted(found.items()):
        if fen:
            return Person.objects.get(pk=person), month, fen
    return None, 0, 0
