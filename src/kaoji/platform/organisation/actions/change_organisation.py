"""Change how a place is called, or whether its forms are reviewed in the unit first; close it."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction

from kaoji.core.speech import say
from kaoji.platform.events.event_log import record_event
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.organisation.actions.register_organisation import require_fitting
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.refusals import UnableToAct
from kaoji.workflow.roles import MAY_MANAGE


def change_organisation(
    place: Organisation,
    *,
    name: str = "",
    code: str,
    reviews_first: bool,
    closed_on: date | None,
    acting_user: User,
    now: datetime,
) -> Organisation:
    """Set what may change of a place. A name that forms on record carry stays as it is.

    A closed place starts no new declarations. Raises UnableToAct when the code is another's.
    """
    require(acting_user, MAY_MANAGE, place)
    code, name = code.strip(), name.strip() or place.name
    require_fitting(name, code)
    if name != place.name and place.declarations.exists():
        raise UnableToAct(say("“{name}”已有申报表，名称不能再改", name=place.name))
    with transaction.atomic():
        held = Organisation.objects.select_for_update().get(pk=place.pk)
        if code and Organisation.objects.filter(code=code).exclude(pk=held.pk).exists():
            raise UnableToAct(say("单位编码“{code}”已被使用", code=code))
        if Organisation.objects.filter(parent=held.parent, name=name).exclude(pk=held.pk):
            raise UnableToAct(say("“{name}”已经登记", name=name))
        held.name = name
        held.code, held.reviews_first, held.closed_on = code, reviews_first, closed_on
        held.save()
        record_event(
            "organisation.changed",
            at=now,
            actor=acting_user,
            payload={
                "organisation": held.pk,
                "name": held.name,
                "code": code,
                "reviews_first": reviews_first,
                "closed_on": closed_on.isoformat() if closed_on else "",
            },
            rows=[held],
        )
    return held
