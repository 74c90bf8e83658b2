"""A reviewer puts an opinion on a cell of the form that is being reviewed."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from kaoji.core.speech import say
from kaoji.platform.events.event_log import record_event
from kaoji.platform.refusals import NotPermitted, UnableToAct
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.review.actions.move_context import parts_at
from kaoji.subjects.review.models import Opinion
from kaoji.workflow.moves import REVIEWERS, State


class UnableToComment(UnableToAct):
    """The form is not being reviewed, or the opinion says nothing."""


def give_opinion(
    declaration: Declaration,
    *,
    field: str,
    place: str,
    text: str,
    acting_user: User,
    now: datetime,
) -> Opinion:
    """Say something of *field* (a path), which people call *place*. Raises UnableToComment."""
    with transaction.atomic():
        held = Declaration.objects.select_for_update().get(pk=declaration.pk)
        parts = REVIEWERS.get(State(held.state))
        if parts is None:
            raise UnableToComment(say("这份表现在不在审核中，不能提意见"))
        wrote = held.revisions.filter(made_by=acting_user).exists()
        if not parts & parts_at(acting_user, held.organisation) or wrote:
            raise NotPermitted(say("现在轮到别人审核这份表"))
        if not text.strip():
            raise UnableToComment(say("请写出意见"))
        opinion = Opinion.objects.create(
            declaration=held,
            revision_number=held.revision_count,
            field=field[:100],
            place=place[:500],
            text=text.strip(),
            given_at=now,
            given_by=acting_user,
        )
        record_event(
            "opinion.given",
            at=now,
            actor=acting_user,
            declaration=held,
            payload={"place": opinion.place, "text": opinion.text, "field": opinion.field},
            rows=[opinion],
        )
    return opinion
