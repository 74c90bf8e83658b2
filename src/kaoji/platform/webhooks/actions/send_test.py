"""Send a message that tells nothing, to see whether it arrives."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from kaoji.platform.events.event_log import record_event
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.webhooks.actions.deliver import wake
from kaoji.platform.webhooks.actions.end_receiver import require_standing
from kaoji.platform.webhooks.actions.set_aside import put_into_outbox
from kaoji.platform.webhooks.models import Delivery, Receiver
from kaoji.workflow.roles import MAY_MANAGE

TEST = "webhook.test"


def send_test(receiver: Receiver, *, acting_user: User, now: datetime) -> Delivery:
    """A message of the type `webhook.test` with the receiver's name. Raises UnableToAct where it was ended."""
    require(acting_user, MAY_MANAGE, receiver.place)
    with transaction.atomic():
        require_standing(receiver)
        record_event(
            "webhook.tested",
            at=now,
            actor=acting_user,
            payload={"id": receiver.pk, "name": receiver.name},
        )
        wake(receiver, now=now)
        return put_into_outbox(receiver, TEST, {"name": receiver.name}, title="", at=now)
