"""The unit answers an opinion on a returned form."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from kaoji.core.speech import say
from kaoji.platform.events.event_log import record_event
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.review.models import Opinion
from kaoji.workflow.moves import WRITABLE, State
from kaoji.workflow.roles import MAY_FILE


class UnableToAnswer(UnableToAct):
    """The form is not with the unit, the opinion is closed, or the answer says nothing."""


def answer_opinion(opinion: Opinion, *, answer: str, acting_user: User, now: datetime) -> None:
    """Say what was done about it; a second answer replaces the first. Raises UnableToAnswer."""
    require(acting_user, MAY_FILE, opinion.declaration.organisation)
    with transaction.atomic():
        held = (
            Opinion.objects.select_for_update()
            .select_related("declaration__organisation")
            .get(pk=opinion.pk)
        )
        if State(held.declaration.state) not in WRITABLE:
            raise UnableToAnswer(say("这份表已经提交；撤回或被退回后才能答复"))
        if held.closed_at is not None:
            raise UnableToAnswer(say("这条意见已经关闭"))
        if not answer.strip():
            raise UnableToAnswer(say("请写出答复"))
        held.answer, held.answered_at, held.answered_by = answer.strip(), now, acting_user
        held.save(update_fields=["answer", "answered_at", "answered_by"])
        record_event(
            "opinion.answered",
            at=now,
            actor=acting_user,
            declaration=held.declaration,
            payload={"place": held.place, "answer": held.answer},
            rows=[held],
        )
