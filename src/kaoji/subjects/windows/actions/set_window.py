"""Set when a stage of a year is open in a place: from a day until a day."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction

from kaoji.core.speech import say
from kaoji.platform.events.event_log import record_event
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.windows.models import Window
from kaoji.workflow.moves import STAGE_NAMES, Stage
from kaoji.workflow.roles import MAY_SET_WINDOWS


def set_window(
    year: int,
    stage: Stage,
    place: Organisation,
    *,
    opens_on: date,
    closes_on: date,
    acting_user: User,
    now: datetime,
) -> Window:
    """Set the window, or set it anew: one for each year, stage and place. Raises UnableToAct."""
    require(acting_user, MAY_SET_WINDOWS, place)
    if closes_on < opens_on:
        raise UnableToAct(
            say("截止 {closes} 早于开始 {opens}", closes=closes_on, opens=opens_on)
        )
    with transaction.atomic():
        window, _ = Window.objects.update_or_create(
            year=year,
            stage=stage,
            place=place,
            defaults={
                "opens_on": opens_on,
                "closes_on": closes_on,
                "set_at": now,
                "set_by": acting_user,
            },
        )
        record_event(
            "window.set",
            at=now,
            actor=acting_user,
            payload={
                "year": year,
                "stage": STAGE_NAMES[stage],
                "organisation": place.pk,
                "place": place.name,
                "opens_on": opens_on.isoformat(),
                "closes_on": closes_on.isoformat(),
            },
            rows=[window],
        )
    return window
