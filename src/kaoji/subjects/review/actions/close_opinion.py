"""A reviewer closes an opinion: it was answered, or is not needed any more."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from kaoji.core.speech import say
from kaoji.platform.events.event_log import record_event
from kaoji.platform.refusals import NotPermitted, UnableToAct
from kaoji.subjects.review.actions.move_context import parts_at
from kaoji.subjects.review.models import Opinion
from kaoji.workflow.moves import JUDGES


class UnableToClose(UnableToAct):
    """The opinion is closed already."""


def close_opinion(opinion: Opinion, *, acting_user: User, now: datetime) -> None:
    """Close it. Raises UnableToClose."""
    with transaction.atomic():
        held = (
            Opinion.objects.select_for_update()
            .select_related("declaration__organisation")
            .get(pk=opinion.pk)
        )
        wrote = held.declaration.revisions.filter(made_by=acting_user).exists()
        if wrote or not parts_at(acting_user, held.declaration.organisation) & JUDGES:
            raise NotPermitted(say("意见由审核人关闭"))
        if held.closed_at is not None:
            raise UnableToClose(say("这条意见已经关闭"))
        held.closed_at, held.closed_by = now, acting_user
        held.save(update_fields=["closed_at", "closed_by"])
        record_event(
            "opinion.closed",
            at=now,
            actor=acting_user,
            declaration=held.declaration,
            payload={"place": held.place},
            rows=[held],
        )
