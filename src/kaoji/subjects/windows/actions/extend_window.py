"""Grant a late exception: a unit may still act until a day, by name and for a reason."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction

from kaoji.core.speech import say
from kaoji.platform.events.event_log import record_event
from kaoji.platform.notices.actions.notify import people_at, tell
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.windows.models import Extension, Window
from kaoji.workflow.moves import STAGE_NAMES, Stage
from kaoji.workflow.roles import MAY_FILE, MAY_SET_WINDOWS


def extend_window(
    window: Window,
    place: Organisation,
    *,
    until: date,
    reason: str,
    acting_user: User,
    now: datetime,
) -> Extension:
    """Let *place* and what stands below it act until a day (included). Raises UnableToAct."""
    require(acting_user, MAY_SET_WINDOWS, window.place)
    if not place.is_within(str(window.place.path)):
        raise UnableToAct(
            say("“{place}”不在“{head}”之下", place=place.name, head=window.place.name)
        )
    if not reason.strip():
        raise UnableToAct(say("请写明延期的理由"))
    if until <= window.closes_on:
        raise UnableToAct(
            say("延至 {until} 不晚于截止日 {closes}", until=until, closes=window.closes_on)
        )
    with transaction.atomic():
        extension = Extension.objects.create(
            window=window,
            place=place,
            until=until,
            reason=reason.strip(),
            given_at=now,
            given_by=acting_user,
        )
        record_event(
            "window.extended",
            at=now,
            actor=acting_user,
            payload={
                "year": window.year,
                "stage": window.stage,
                "organisation": place.pk,
                "place": place.name,
                "until": until.isoformat(),
                "reason": reason.strip(),
            },
            rows=[extension],
        )
        sentence = say(
            "{year} 年{stage}准予延至 {until}",
            year=window.year,
            stage=say(STAGE_NAMES[Stage(window.stage)]),
            until=until,
        )
        people = people_at(place, [MAY_FILE], now=now, below=True)
        tell(people, sentence, declaration=None, now=now)
    return extension
