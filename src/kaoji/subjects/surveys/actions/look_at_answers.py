"""Look at what came in by a survey's open link: only then may a value be taken from it."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from kaoji.core.speech import say
from kaoji.platform.events.event_log import record_event
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.surveys.models import Survey, SurveyLook
from kaoji.subjects.surveys.queries import open_answers
from kaoji.workflow.roles import MAY_FILE


def look_at_answers(
    survey: Survey, *, remark: str = "", acting_user: User, now: datetime
) -> SurveyLook:
    """Say that one has looked at all that came in so far. Raises UnableToAct where nothing is new.

    Where many came in a burst, a remark says why they count all the same.
    """
    require(acting_user, MAY_FILE, survey.declaration.organisation)
    with transaction.atomic():
        held = Survey.objects.select_for_update(of=("self",)).get(pk=survey.pk)
        came = open_answers(held)
        if not came.unseen:
            raise UnableToAct(say("没有还没看过的答卷"))
        if came.burst and not remark.strip():
            raise UnableToAct(
                say("一分钟内来了 {count} 份答卷；请写明为什么仍然算数", count=came.burst)
            )
        look = SurveyLook.objects.create(
            survey=held,
            last_answer=came.last,
            answers=came.count,
            remark=remark.strip(),
            made_at=now,
            made_by=acting_user,
        )
        record_event(
            "survey.looked",
            at=now,
            actor=acting_user,
            declaration=held.declaration,
            payload={
                "survey": held.pk,
                "title": held.title,
                "count": came.count,
                "remark": look.remark or "—",
            },
            rows=[look],
        )
    return look
