"""Approve a run: as many different people as its money asks for, none of whom did anything else with it.

With the last approval what the run found counts as granted, and is booked.
"""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, Sum
from django.utils.timezone import localdate

from kaoji.benefits.approvals import Duty, approvals_needed, is_approved
from kaoji.benefits.movements import Dimensions, MovementKind, Part
from kaoji.benefits.run_states import RunState
from kaoji.core.speech import say
from kaoji.platform.events.event_log import record_event
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.benefits.actions.compute_run import granted_digest
from kaoji.subjects.benefits.actions.held import (
    book,
    doers,
    held_run,
    moment_in,
    move,
    require_for,
    state_of,
    take_duty,
)
from kaoji.subjects.benefits.models import Movement as MovementRow
from kaoji.subjects.benefits.models import Run
from kaoji.subjects.benefits.queries.dossiers import granted_items
from kaoji.subjects.benefits.queries.money import money_of, moved_in, parts_since
from kaoji.subjects.benefits.queries.rosters import items_of, open_doubts
from kaoji.workflow.roles import MAY_APPROVE_BENEFITS


def approve_run(run: Run, *, seen: str, acting_user: User, now: datetime) -> Run:
    """Approve what was *seen*: the digest of the payments and sums that the page showed. Raises UnableToAct."""
    require_for(acting_user, MAY_APPROVE_BENEFITS, run)
    with transaction.atomic():
        held = held_run(run)
        if held.state != RunState.CONFIRMED:
            raise UnableToAct(say("批次现在是“{state}”，不能审批", state=state_of(held)))
        if not seen or held.asked_digest != seen:
            raise UnableToAct(say("批次在您看过之后有变动；请重新看过再审批"))
        _require_settled(held)
        duty = take_duty(held, Duty.APPROVE, acting_user, now)
        booked: list[MovementRow] = []
        total = total_of(held)
        if is_approved(total, doers(held, duty=Duty.APPROVE), period=held.period):
            booked = _granted(held, now)
        record_event(
            "benefits.run_approved",
            at=now,
            actor=acting_user,
            payload={
                "run": held.pk,
                "month": held.written,
                "fen": held.approved_fen,
                "needed": approvals_needed(total, period=held.period),
                "digest": held.asked_digest,
            },
            rows=[held, duty, *booked],
        )
    return held


def total_of(run: Run) -> int:
    """By which sum the number of approvals goes: all runs of the programme and month together.

    What is sent again was approved once with them; a small run asks for its own sum.
    """
    if run.resends_id is not None:
        return run.approved_fen
    runs = Run.objects.filter(
        place=run.place_id, programme=run.programme, month=run.month, resends__isnull=True
    ).exclude(state=RunState.CANCELLED)
    return int(runs.aggregate(fen=Sum("approved_fen"))["fen"] or 0)


def _require_settled(run: Run) -> None:
    if run.resends_id is not None:
        count = open_doubts(run).count()
        if count:
            raise UnableToAct(say("还有 {count} 条疑点没有处理", count=count))
    elif granted_digest(run) != run.granted_digest:
        raise UnableToAct(say("计算之后又有别的批次发放，差额不再成立；请经办重新冻结、计算"))


def _granted(run: Run, now: datetime) -> list[MovementRow]:
    """From now on what the run found counts: what that accrues, cancels and claims is booked.

    A month that nobody was granted before is accrued as it is; any other is replayed.
    """
    parts: list[Part] = []
    kept = items_of(run).filter(left_out__isnull=True)
    months = set(kept.order_by().values_list("month", flat=True).distinct())
    replayed: set[int] = set()
    if run.resends_id is None:
        earlier = granted_items(run).filter(month__in=months)
        replayed = set(
            kept.filter(person__in=earlier.values("person")).values_list("person", flat=True)
        )
    before = moved_in(run, money_of(run, months, replayed))
    move(run, "approve")
    run.approved_at = moment_in(run, now)
    run.save()
    if run.resends_id is None:
        parts = parts_since(run, money_of(run, months, replayed), before)
        fresh = kept.exclude(person__in=earlier.exclude(run=run).values("person"))
        by_town = fresh.order_by().values("town").annotate(fen=Sum("fen"), count=Count("id"))
        for row in by_town.order_by("town"):
            where = Dimensions(run.programme, run.year, town=str(row["town"]))
            parts.append(Part(MovementKind.ACCRUE, int(row["fen"]), where, count=row["count"]))
    return book(run, parts, on=localdate(now), cause=f"run:{run.pk}", now=now)
