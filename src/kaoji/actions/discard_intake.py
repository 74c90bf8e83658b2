"""Give an intake up: the document stays on record, nothing is saved from it."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from kaoji.actions.permission import MAY_IMPORT, UnableToAct, require
from kaoji.core.speech import say
from kaoji.records.event_log import record_event
from kaoji.records.models import Intake


class UnableToDiscard(UnableToAct):
    """The intake is not open any more."""


def discard_intake(intake: Intake, *, acting_user: User, now: datetime) -> None:
    """Close an intake without saving. Raises UnableToDiscard."""
    require(acting_user, MAY_IMPORT)
    with transaction.atomic():
        held = Intake.objects.select_for_update().get(pk=intake.pk)
        if held.state != Intake.State.OPEN:
            raise UnableToDiscard(say("该导入已结束"))
        held.state, held.closed_at = Intake.State.DISCARDED, now
        held.save(update_fields=["state", "closed_at"])
        record_event(
            "intake.discarded",
            at=now,
            actor=acting_user,
            intake=held,
            payload={"document": held.document.name},
        )
