"""End an appointment: from now on it gives no right."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from kaoji.core.speech import say
from kaoji.platform.events.event_log import record_event
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.organisation.models import Appointment
from kaoji.platform.refusals import UnableToAct
from kaoji.workflow.roles import MAY_MANAGE, ROLE_NAMES, Role


def end_appointment(appointment: Appointment, *, acting_user: User, now: datetime) -> None:
    """End it. An administrator cannot end their own: the place would be left without one."""
    require(acting_user, MAY_MANAGE, appointment.place)
    with transaction.atomic():
        held = (
            Appointment.objects.select_for_update(of=("self",))
            .select_related("person", "place")
            .get(pk=appointment.pk)
        )
        if held.ended_at is not None:
            raise UnableToAct(say("这项任职已经终止"))
        if held.person_id == acting_user.pk and held.role == Role.ADMINISTRATOR:
            raise UnableToAct(say("管理员不能终止自己的任职；请由另一位管理员来做"))
        held.ended_at, held.ended_by = now, acting_user
        held.save(update_fields=["ended_at", "ended_by"])
        record_event(
            "appointment.ended",
            at=now,
            actor=acting_user,
            payload={
                "username": held.person.username,
                "role": ROLE_NAMES[Role(held.role)],
                "organisation": held.place_id,
                "place": held.place.name,
            },
            rows=[held],
        )
