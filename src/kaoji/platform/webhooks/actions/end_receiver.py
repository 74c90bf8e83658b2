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
        held = _standing(receiver)
        if held is None:
            raise UnableToAct(say("推送“{name}”已经停用", name=receiver.name))
        _end(held, "webhook.ended", say("推送已停用"), acting_user, now)


def end_by_itself(receiver: Receiver, *, now: datetime) -> None:
    """The other side answered 410: it wants nothing more from us."""
    with transaction.atomic():
        held = _standing(receiver)
        if held is not None:
            _end(held, "webhook.gone", say("对方不再接收（410）"), None, now)


def _standing(receiver: Receiver) -> Receiver | None:
    return (
        Receiver.objects.select_for_update(of=("self",))
        .select_related("place")
        .filter(pk=receiver.pk, ended_at__isnull=True)
        .first()
    )


def _end(
    held: Receiver, event: str, why: Sentence, acting_user: User | None, now: datetime
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
        payload={"id": held.pk, "place": held.place.name, "name": held.name},
        rows=[held],
    )
