"""Say whose name stands at the head of every page: the office that runs the system."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.timezone import localdate

from kaoji.core.speech import say
from kaoji.platform.events.event_log import record_event
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.organisation.models import Letterhead, Organisation
from kaoji.platform.refusals import UnableToAct
from kaoji.workflow.roles import MAY_MANAGE


def set_letterhead(place: Organisation, *, acting_user: User, now: datetime) -> Letterhead:
    """The place heads every page from now on.

    Only a place at the top: who manages a part of the tree does not speak for the whole. Raises UnableToAct for any
    other, for a closed one, and for the one that heads them already.
    """
    require(acting_user, MAY_MANAGE, place)
    if place.parent_id is not None:
        raise UnableToAct(say("“{name}”不是最上级机构，不能作抬头", name=place.name))
    if place.closed_on is not None and place.closed_on <= localdate(now):
        raise UnableToAct(say("“{name}”已撤销，不能作抬头", name=place.name))
    with transaction.atomic():
        last = Letterhead.objects.select_for_update().order_by("-pk").first()
        if last is not None and last.place_id == place.pk:
            raise UnableToAct(say("抬头已经是“{name}”", name=place.name))
        made = Letterhead.objects.create(place=place, set_at=now, set_by=acting_user)
        record_event(
            "organisation.letterhead",
            at=now,
            actor=acting_user,
            payload={"organisation": place.pk, "name": place.name},
            rows=[made],
        )
    return made
