"""Give a person a role in a place, from a day until a day."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from kaoji.core.speech import say
from kaoji.platform.events.event_log import record_event
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.organisation.models import Appointment, Organisation
from kaoji.platform.refusals import UnableToAct
from kaoji.workflow.places import PLACE_NAMES, PlaceKind
from kaoji.workflow.roles import MAY_MANAGE, ROLE_NAMES, Role, conflict, may_be_held_in


class UnableToAppoint(UnableToAct):
    """The role is not for that place, or cannot be held beside another."""


def appoint(
    person: User,
    role: Role,
    place: Organisation,
    *,
    since: date,
    until: date | None = None,
    agency: Organisation | None = None,
    acting_user: User | None,
    now: datetime,
) -> Appointment:
    """Appoint somebody. *acting_user* is None only while an installation is set up.

    Raises UnableToAppoint with the appointment that stands against it.
    """
    if acting_user is not None:
        require(acting_user, MAY_MANAGE, place)
    _require_sense(role, place, since, until, agency)
    with transaction.atomic():
        # Two appointments of one person at once wait for each other here.
        held = User.objects.select_for_update(no_key=True).get(pk=person.pk)
        _require_no_conflict(held, role, place, since, until)
        appointment = Appointment.objects.create(
            person=held,
            role=role,
            place=place,
            since=since,
            until=until,
            agency=agency,
            made_at=now,
            made_by=acting_user,
        )
        record_event(
            "appointment.made",
            at=now,
            actor=acting_user,
            payload={
                "username": held.username,
                "role": ROLE_NAMES[role],
                "organisation": place.pk,
                "place": place.name,
                "since": since.isoformat(),
                "until": until.isoformat() if until else "",
                "agency": agency.name if agency else "",
            },
            rows=[appointment],
        )
    person.__dict__.pop("_reach", None)
    return appointment


def _require_sense(
    role: Role,
    place: Organisation,
    since: date,
    until: date | None,
    agency: Organisation | None,
) -> None:
    kind = PlaceKind(place.kind)
    if not may_be_held_in(role, kind):
        raise UnableToAppoint(
            say(
                "“{role}”不设在{kind}；请另选机构",
                role=say(ROLE_NAMES[role]),
                kind=say(PLACE_NAMES[kind]),
            )
        )
    if until is not None and until < since:
        raise UnableToAppoint(say("止期 {until} 早于起期 {since}", until=until, since=since))
    if role is Role.THIRD_PARTY and (agency is None or agency.kind != PlaceKind.AGENCY):
        raise UnableToAppoint(say("第三方要写明受托机构"))


def _require_no_conflict(
    person: User, role: Role, place: Organisation, since: date, until: date | None
) -> None:
    """No other appointment over the same forms at the same time that the role cannot go with."""
    others = person.appointments.filter(
        Q(until__isnull=True) | Q(until__gte=since), ended_at__isnull=True
    ).select_related("place")
    if until is not None:
        others = others.filter(since__lte=until)
    for other in others:
        same_forms = place.is_within(str(other.place.path)) or other.place.is_within(
            str(place.path)
        )
        if same_forms and (conflict(role, Role(other.role)) or other.role == role):
            raise UnableToAppoint(
                say(
                    "{name}已是“{place}”的{other}，不能同时担任“{here}”的{role}",
                    name=person.get_full_name() or person.get_username(),
                    place=other.place.name,
                    other=say(ROLE_NAMES[Role(other.role)]),
                    here=place.name,
                    role=say(ROLE_NAMES[role]),
                )
            )
