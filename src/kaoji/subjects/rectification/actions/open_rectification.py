"""Demand that a place put something right until a day."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.timezone import localdate

from kaoji.core.speech import say
from kaoji.platform.events.event_log import record_event
from kaoji.platform.notices.actions.notify import people_at, tell
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.rectification.models import Rectification
from kaoji.workflow.following import RECTIFICATION_SOURCES
from kaoji.workflow.roles import MAY_FILE, MAY_FOLLOW


def open_rectification(
    place: Organisation,
    *,
    source: str,
    finding: str,
    demand: str,
    due_on: date,
    declaration: Declaration | None = None,
    acting_user: User,
    now: datetime,
) -> Rectification:
    """Demand it of the place, about a promise where one is named. Raises UnableToAct."""
    require(acting_user, MAY_FOLLOW, place)
    if source not in RECTIFICATION_SOURCES:
        raise UnableToAct(say("请选择问题的来源"))
    if not finding.strip() or not demand.strip():
        raise UnableToAct(say("请写明问题和整改要求"))
    if due_on < localdate(now):
        raise UnableToAct(say("整改期限 {day} 已经过去", day=due_on))
    if declaration is not None and declaration.organisation_id != place.pk:
        raise UnableToAct(
            say(
                "“{project}”不是“{place}”的项目",
                project=declaration.project_name,
                place=place.name,
            )
        )
    with transaction.atomic():
        made = Rectification.objects.create(
            place=place,
            declaration=declaration,
            source=source,
            finding=finding.strip(),
            demand=demand.strip(),
            due_on=due_on,
            opened_at=now,
            opened_by=acting_user,
        )
        record_event(
            "rectification.opened",
            at=now,
            actor=acting_user,
            declaration=declaration,
            payload={
                "rectification": made.pk,
                "organisation": place.pk,
                "finding": made.finding[:60],
                "due_on": due_on.isoformat(),
            },
            rows=[made],
        )
        sentence = say("请于 {day} 前整改：{finding}", day=due_on, finding=made.finding[:60])
        people = people_at(place, [MAY_FILE], now=now)
        tell(people, sentence, declaration=declaration, now=now)
    return made
