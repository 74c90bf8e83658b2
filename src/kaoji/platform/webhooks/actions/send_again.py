"""Send a message once more, under the number that it has: a receiver that took it already takes it once."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from kaoji.platform.events.event_log import record_event
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.webhooks.actions.deliver import ask_to_deliver, wake
from kaoji.platform.webhooks.actions.end_receiver import require_standing
from kaoji.platform.webhooks.models import Delivery
from kaoji.workflow.roles import MAY_MANAGE


def send_again(delivery: Delivery, *, acting_user: User, now: datetime) -> None:
    """It is due now, and its pauses begin anew. Raises UnableToAct where the receiver was ended."""
    receiver = delivery.receiver
    require(acting_user, MAY_MANAGE, receiver.place)
    with transaction.atomic():
        require_standing(receiver)
        Delivery.objects.filter(pk=delivery.pk).update(
            state=Delivery.State.WAITING, since=now, due_at=now, tries=0, ended_at=None
        )
        record_event(
            "webhook.sent_again",
            at=now,
            actor=acting_user,
            payload={
                "id": receiver.pk,
                "message": delivery.message,
                "name": receiver.name,
            },
        )
        wake(receiver, now=now)
        ask_to_deliver()
