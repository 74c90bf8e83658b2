"""Send nothing more to a system: because somebody says so, or because it says so itself."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from kaoji.core.speech import Sentence, kept, say
from kaoji.platform.events.event_log import record_event
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.refusals import UnableToAct
from kaoji.platform.webhooks.models import Delivery, Receiver
from kaoji.workflow.roles import MAY_MANAGE


def end_receiver(receiver: Receiver, *, acting_user: User, now: datetime) -> None:
    """End it at once; what waits for it is given up. Raises UnableToAct."""
    require(acting_user, MAY_MANAGE, receiver.place)
    with transaction.atomic():
        held = require_standing(receiver)
        _end(held, "webhook.ended", say("推送已停用"), acting_user, now)


def end_by_itself(receiver: Receiver, *, now: datetime) -> None:
    """The other side answered 410: it wants nothing more from us."""
    with transaction.atomic():
        held = _standing(receiver)
        if held is not None:
            _end(held, "webhook.gone", say("对方不再接收（410）"), None, now)


def end_as_silent(receiver: Receiver, *, days: int, now: datetime) -> None:
    """Nobody was there for so many days: what happens is kept for nobody."""
    with transaction.atomic():
        held = _standing(receiver)
        if held is not None:
            _end(
                held,
                "webhook.silent",
                say("连续 {days} 天送不到", days=days),
                None,
                now,
                days=days,
            )


def require_standing(receiver: Receiver) -> Receiver:
    """The receiver, locked so that nobody ends it meanwhile. Raises UnableToAct where somebody has."""
    held = _standing(receiver)
    if held is None:
        raise UnableToAct(say("推送“{name}”已经停用", name=receiver.name))
    return held


def _standing(receiver: Receiver) -> Receiver | None:
    # Not so that whoever puts a message aside, with the log locked, waits for whoever ends it and waits for the log.
    return (
        Receiver.objects.select_for_update(of=("self",), no_key=True)
        .select_related("place")
        .filter(pk=receiver.pk, ended_at__isnull=True)
        .first()
    )


def _end(
    held: Receiver,
    event: str,
    why: Sentence,
    acting_user: User | None,
    now: datetime,
    **more: int,
) -> None:
    held.ended_at, held.ended_by = now, acting_user
    held.save(update_fields=["ended_at", "ended_by"])
    held.deliveries.filter(state=Delivery.State.WAITING).update(
        state=Delivery.State.GIVEN_UP, ended_at=now, fault=kept(why)
    )
    record_event(
        event,
        at=now,
        actor=acting_user,
        payload={"id": held.pk, "place": held.place.name, "name": held.name, **more},
        rows=[held],
    )
