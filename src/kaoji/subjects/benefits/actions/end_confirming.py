"""End the confirming of a run: what is held, stopped or unconfirmed is left out, everything else goes on.

Who waits must not be the others: a late town holds up its own new and changed rows, and nobody else's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.timezone import localdate

from kaoji.benefits.approvals import Duty
from kaoji.core.speech import say
from kaoji.platform.events.event_log import record_event
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.benefits.actions.held import held_run, move, require_for, take_duty
from kaoji.subjects.benefits.actions.requesting import ask_approval
from kaoji.subjects.benefits.models import DoubtDecision, Item, LeftOut, PayeeAccount, Run
from kaoji.subjects.benefits.queries.money import Months
from kaoji.subjects.benefits.queries.requests import looked_at
from kaoji.subjects.benefits.queries.rosters import doubts_of, items_of, to_confirm, towns_in
from kaoji.workflow.roles import MAY_CHECK_BENEFITS

_BLOCK = 2_000


def end_confirming(run: Run, *, acting_user: User, now: datetime) -> Run:
    """End it: not before the towns' last day, unless all of them have confirmed. Raises UnableToAct."""
    require_for(acting_user, MAY_CHECK_BENEFITS, run)
    with transaction.atomic():
        held = held_run(run)
        move(held, "confirm")
        late = [town for town in towns_in(held) if not town.confirmed]
        if late and localdate(now) <= held.confirm_by:
            raise UnableToAct(
                say(
                    "还有 {count} 个街镇没有确认（{towns}），{day} 截止；到期后才能不等",
                    count=len(late),
                    towns="、".join(town.place.name for town in late[:5]),
                    day=held.confirm_by,
                )
            )
        duty = take_duty(held, Duty.CHECK, acting_user, now)
        left = dict(_left_out(held, [town.place.pk for town in late]))
        left |= _without_account(held, left)
        LeftOut.objects.bulk_create(
            (LeftOut(item_id=item, why=why) for item, why in left.items()), batch_size=_BLOCK
        )
        ask_approval(held, _to_ask(held))
        held.save()
        counts = {
            str(why): sum(1 for each in left.values() if each == why) for why in LeftOut.Why
        }
        record_event(
            "benefits.confirming_ended",
            at=now,
            actor=acting_user,
            payload={
                "run": held.pk,
                "month": held.written,
                "fen": held.approved_fen,
                "digest": held.asked_digest,
                "left": len(left),
                "left_out": counts,
                "late": [town.place.name for town in late],
            },
            rows=[held, duty],
        )
    return held


def _without_account(run: Run, left: Mapping[int, LeftOut.Why]) -> dict[int, LeftOut.Why]:
    """Whom nobody can pay yet waits; a released doubt makes no account."""
    payable = PayeeAccount.objects.filter(looked_at(run)).values("person")
    rows = items_of(run).filter(fen__gt=0).exclude(person__in=payable)
    return {
        item: LeftOut.Why.HELD
        for item in rows.values_list("id", flat=True).iterator()
        if item not in left
    }


def _to_ask(run: Run) -> dict[int, Months]:
    """By person the months that the run asks to pay."""
    found: defaultdict[int, Months] = defaultdict(list)
    kept = items_of(run).filter(left_out__isnull=True, fen__gt=0).order_by("person_id", "month")
    for person, month, fen in kept.values_list("person_id", "month", "fen").iterator():
        found[person].append((month, fen))
    return found


def _left_out(run: Run, late: list[int]) -> Iterator[tuple[int, LeftOut.Why]]:
    """Item by item why it is not granted; a later reason outweighs an earlier one.

    What lessens is never left out for a doubt: less money needs no second look before it goes out.
    """
    unconfirmed = to_confirm(run).filter(town__in=late).values_list("id", flat=True)
    yield from ((item, LeftOut.Why.UNCONFIRMED) for item in unconfirmed)
    holding = doubts_of(run).filter(effect="hold").select_related("decision")
    by_person: dict[tuple[int | None, int | None], LeftOut.Why] = {}
    for doubt in holding:
        decision: DoubtDecision | None = getattr(doubt, "decision", None)
        key = (doubt.person_id, doubt.month)
        if decision is None:
            by_person.setdefault(key, LeftOut.Why.HELD)
        elif decision.settlement == DoubtDecision.Settlement.STOP:
            by_person[key] = LeftOut.Why.STOPPED
    people = {person for person, _ in by_person}
    rows = Item.objects.none()
    if people:
        rows = items_of(run).filter(
            fen__gt=0, person__in=doubts_of(run).filter(effect="hold").values("person")
        )
    for item, person, month in rows.values_list("id", "person_id", "month"):
        why = by_person.get((person, month)) or by_person.get((person, None))
        if why is not None:
            yield item, why
