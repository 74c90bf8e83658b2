"""Enter the places, accounts and appointments of a spreadsheet: all of them, or none."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from kaoji.core.speech import Sentence, say
from kaoji.documents.guarded.process import rows_guarded
from kaoji.documents.roster import Roster, RosterEntry, roster_of
from kaoji.documents.rows_json import Rows
from kaoji.platform.accounts.actions.open_account import open_account
from kaoji.platform.events.event_log import record_event
from kaoji.platform.imports.actions.refused_rows import UnableToImport, hidden_parts
from kaoji.platform.organisation.actions.appoint import appoint
from kaoji.platform.organisation.actions.permission import require, require_manages
from kaoji.platform.organisation.actions.register_organisation import register_organisation
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.organisation.reach import places_of
from kaoji.platform.refusals import UnableToAct
from kaoji.workflow.places import PlaceKind
from kaoji.workflow.roles import MAY_MANAGE

_PASSWORD_BYTES = 9


@dataclass
class Entered:
    """What came of a roster; *passwords* are those that were made up, to be handed out once."""

    places: int = 0
    people: int = 0
    appointments: int = 0
    passwords: dict[str, str] = field(default_factory=dict)


def import_roster(
    content: bytes,
    *,
    name: str,
    rows: Rows | None = None,
    acting_user: User,
    now: datetime,
) -> Entered:
    """Read the sheet and enter what is new in it; what is there already is left as it is.

    Raises UnreadableDocument, UnableToImport with every row at fault, NotPermitted.
    """
    require(acting_user, MAY_MANAGE)
    rows = rows or rows_guarded(content, name=name)
    roster = roster_of(rows.rows)
    refusals = (*roster.refusals, *hidden_parts(rows))
    if refusals:
        raise UnableToImport(refusals)
    entered = Entered()
    with transaction.atomic():
        _enter_all(roster, entered, acting_user, now)
        record_event(
            "people.imported",
            at=now,
            actor=acting_user,
            payload={
                "document": name,
                "places": entered.places,
                "people": entered.people,
                "appointments": entered.appointments,
            },
        )
    return entered


def _enter_all(roster: Roster, entered: Entered, acting_user: User, now: datetime) -> None:
    refusals: list[Sentence] = []
    for entry in roster.entries:
        try:
            with transaction.atomic():
                _enter(entry, entered, acting_user, now)
        except UnableToAct as refusal:
            refusals.append(say("第 {line} 行：{why}", line=entry.line, why=refusal.sentence))
    if refusals:
        raise UnableToImport(tuple(refusals))


def _enter(entry: RosterEntry, entered: Entered, acting_user: User, now: datetime) -> None:
    place = _place(entry, entered, acting_user, now)
    if entry.role is None:
        return
    somebody = User.objects.filter(username=entry.username).first()
    if somebody is None:
        password = entry.password or secrets.token_urlsafe(_PASSWORD_BYTES)
        somebody = open_account(
            entry.username,
            full_name=entry.full_name,
            email=entry.email,
            password=password,
            acting_user=acting_user,
            now=now,
        )
        entered.people += 1
        if not entry.password:
            entered.passwords[entry.username] = password
    else:
        require_manages(acting_user, somebody)
    since = entry.since or localdate(now)
    if _is_appointed(somebody, place, entry, since):
        return
    appoint(
        somebody,
        entry.role,
        place,
        since=since,
        until=entry.until,
        agency=_named(entry.agency, acting_user) if entry.agency else None,
        acting_user=acting_user,
        now=now,
    )
    entered.appointments += 1


def _is_appointed(somebody: User, place: Organisation, entry: RosterEntry, since: date) -> bool:
    """Has the person that role there already at that time?"""
    held = somebody.appointments.filter(
        Q(until__isnull=True) | Q(until__gte=since),
        place=place,
        role=entry.role,
        ended_at__isnull=True,
    )
    if entry.until is not None:
        held = held.filter(since__lte=entry.until)
    return held.exists()


def _place(
    entry: RosterEntry, entered: Entered, acting_user: User, now: datetime
) -> Organisation:
    parent = _named(entry.parent, acting_user) if entry.parent else None
    known = places_of(acting_user, MAY_MANAGE).filter(name=entry.place)
    if parent is not None:
        known = known.filter(parent=parent)
    if known.count() > 1:
        raise UnableToAct(say("有几个“{name}”；请写明上级机构", name=entry.place))
    found = known.first()
    if found is not None:
        return found
    if entry.kind is None:
        raise UnableToAct(say("“{name}”还没有登记；请写明种类", name=entry.place))
    if parent is None and entry.kind is not PlaceKind.BUREAU:
        tops = list(places_of(acting_user, MAY_MANAGE).filter(kind=PlaceKind.BUREAU)[:2])
        if len(tops) != 1:
            raise UnableToAct(say("“{name}”没有写上级机构", name=entry.place))
        parent = tops[0]
    entered.places += 1
    return register_organisation(
        entry.place,
        kind=entry.kind,
        parent=parent,
        code=entry.code,
        acting_user=acting_user,
        now=now,
    )


def _named(name: str, acting_user: User) -> Organisation:
    found = list(places_of(acting_user, MAY_MANAGE).filter(name=name)[:2])
    if len(found) != 1:
        raise UnableToAct(say("没有找到唯一的机构“{name}”", name=name))
    return found[0]
