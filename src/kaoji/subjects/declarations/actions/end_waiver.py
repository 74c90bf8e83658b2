"""Take a waiver back before its day: the finding counts again."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from kaoji.core.speech import say
from kaoji.platform.events.event_log import record_event
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.declarations.actions.waive_finding import require_not_author
from kaoji.subjects.declarations.models import Waiver
from kaoji.workflow.roles import MAY_WAIVE


class UnableToEnd(UnableToAct):
    """The waiver has ended already."""


def end_waiver(waiver: Waiver, *, acting_user: User, now: datetime) -> None:
    """End a standing waiver. Raises UnableToEnd."""
    require(acting_user, MAY_WAIVE, waiver.declaration.organisation)
    with transaction.atomic():
        held = Waiver.objects.select_for_update().get(pk=waiver.pk)
        require_not_author(held.declaration, acting_user)
        if held.ended_at is not None:
            raise UnableToEnd(say("这项豁免已经终止"))
        held.ended_at, held.ended_by = now, acting_user
        held.save(update_fields=["ended_at", "ended_by"])
        record_event(
            "waiver.ended",
            at=now,
            actor=acting_user,
            declaration=held.declaration,
            payload={"rule": held.rule, "place": held.place},
            rows=[held],
        )
