"""A webhook outlives whoever opened it: when they go, those who stay are told of it."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db.models import QuerySet

from kaoji.core.speech import say
from kaoji.platform.events.happened import Happened
from kaoji.platform.notices.actions.notify import people_at, tell
from kaoji.platform.organisation.models import Appointment
from kaoji.platform.webhooks.models import Receiver
from kaoji.workflow.roles import MAY_MANAGE, RIGHTS, Role


def name_what_stays(happened: Happened) -> None:
    """Tell who manages each place what the person who goes had opened there and still sends."""
    for row in happened.rows:
        for receiver in _left_by(row).select_related("place", "made_by"):
            person = receiver.made_by
            managing = people_at(receiver.place, [MAY_MANAGE], now=happened.at)
            if person in managing:
                continue
            told = say(
                "推送“{name}”（{place}）是{who}开设的，{who}的账号或任职已终止，推送仍在送；不再需要的请停用",
                name=receiver.name,
                place=receiver.place.name,
                who=person.get_full_name() or person.get_username(),
            )
            tell(managing, told, declaration=None, now=happened.at)


def _left_by(row: object) -> QuerySet[Receiver]:
    """What stands of somebody whose account was closed, or who no longer manages the place."""
    standing = Receiver.objects.filter(ended_at__isnull=True)
    if isinstance(row, User) and not row.is_active:
        return standing.filter(made_by=row)
    if isinstance(row, Appointment) and MAY_MANAGE in RIGHTS[Role(row.role)]:
        below = str(row.place.path)
        return standing.filter(made_by=row.person_id, place__path__startswith=below)
    return standing.none()
