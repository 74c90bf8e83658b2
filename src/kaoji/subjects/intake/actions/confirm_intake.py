"""Save the chosen forms of an intake: new declarations, or new revisions of known ones."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet

from kaoji.core.speech import say
from kaoji.documents.reading import FormReading
from kaoji.documents.reading_json import form_from_data
from kaoji.platform.events.event_log import record_event
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.organisation.reach import places_of
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.declarations.actions.check_on_record import check_on_record
from kaoji.subjects.declarations.actions.record_form import (
    Key,
    MatchOnRecord,
    key_of,
    matches_on_record,
    record_form,
    require_identity,
    require_writable,
)
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.declarations.queries.surroundings import Surroundings
from kaoji.subjects.intake.actions.open_intake import hold_open
from kaoji.subjects.intake.models import Intake
from kaoji.workflow.roles import MAY_IMPORT


class UnableToConfirm(UnableToAct):
    """Nothing was chosen, or something that the intake does not hold."""


# So many forms are written at a time, so that others who write wait for less than a second.
_AT_A_TIME = 2
# Between them others get their turn, those too who write outside of transactions.
_BREATH_SECONDS = 0.05


@dataclass(frozen=True)
class Aside:
    """How a confirmation in a process of its own goes on: *saved* by an earlier try, *tell* how far it is.

    *tell* is called with the forms done and the forms saved, inside the transaction that saved them.
    """

    saved: int
    tell: Callable[[int, int], object]


def confirm_intake(
    intake: Intake,
    *,
    form_numbers: Collection[int],
    acting_user: User,
    now: datetime,
    aside: Aside | None = None,
) -> list[Declaration]:
    """Save the forms with these numbers (from 0).

    What speaks against any of them is said before the first is written. A form equal to its
    declaration's latest revision changes nothing. Many forms are written a few at a time, each
    whole, with the rights that the person has then: what stands stays, and whoever confirms again
    goes on behind it. The intake is closed when every one of its forms is on record; until then
    the others can be saved later. Returns the declarations that were made or revised. Raises
    UnableToConfirm, UnableToRecord, IntakeEnded, BeingSaved.
    """
    readings = [form_from_data(form) for form in intake.reading["forms"]]
    chosen = chosen_of(readings, form_numbers, acting_user)
    places = _writable(readings, chosen, acting_user)
    around = Surroundings(readings[n].form for n in chosen)
    saved: list[Declaration] = []
    for begin in range(0, len(chosen), _AT_A_TIME):
        if begin:
            time.sleep(_BREATH_SECONDS)
        some = chosen[begin : begin + _AT_A_TIME]
        # The rules take their time; no lock is held meanwhile.
        reports = [
            check_on_record(readings[n], place=places[n].place, surroundings=around)
            for n in some
        ]
        person = User.objects.get(pk=acting_user.pk)
        mine = places_of(person, MAY_IMPORT)
        with transaction.atomic():
            require(person, MAY_IMPORT)
            held = hold_open(intake, person, while_saving=aside is not None)
            if aside is None and held.reading != intake.reading:
                raise UnableToConfirm(say("这次导入刚被别人改过；请刷新后再保存"))
            stand = matches_on_record([readings[n].form for n in some], mine)
            saved += [
                record_form(
                    readings[n],
                    report,
                    item.declaration,
                    intake=held,
                    acting_user=person,
                    now=now,
                )
                for n, report, item in zip(some, reports, stand, strict=True)
                if not item.unchanged
            ]
            count = len(saved) + (aside.saved if aside else 0)
            if aside:
                aside.tell(begin + len(some), count)
            if some[-1] == chosen[-1]:
                _end(held, count, readings, mine, person, now)
    return saved


def chosen_of(
    readings: list[FormReading], form_numbers: Collection[int], acting_user: User
) -> list[int]:
    """The numbers in order, if these forms may be saved together. Raises UnableToConfirm and the like."""
    require(acting_user, MAY_IMPORT)
    chosen = sorted(set(form_numbers))
    if not chosen or not set(chosen) <= set(range(len(readings))):
        raise UnableToConfirm(say("请至少选择一份表"))
    _require_distinct(chosen, readings)
    return chosen


def _writable(
    readings: list[FormReading], chosen: list[int], acting_user: User
) -> list[MatchOnRecord]:
    """How all forms stand to the records. Raises UnableToRecord when a chosen one is being judged."""
    places = matches_on_record(
        [reading.form for reading in readings], places_of(acting_user, MAY_IMPORT)
    )
    for n in chosen:
        declaration = places[n].declaration
        if declaration is not None and not places[n].unchanged:
            require_writable(declaration)
    return places


def _end(
    held: Intake,
    saved: int,
    readings: list[FormReading],
    mine: QuerySet[Organisation],
    acting_user: User,
    now: datetime,
) -> None:
    """Close the intake where every form is on record, and tell what was saved."""
    stand = matches_on_record([reading.form for reading in readings], mine)
    left = sum(not item.unchanged for item in stand)
    if not left:
        held.state, held.closed_at = Intake.State.CONFIRMED, now
        held.save(update_fields=["state", "closed_at"])
    record_event(
        "intake.confirmed",
        at=now,
        actor=acting_user,
        intake=held,
        payload={"document": held.document.name, "saved": saved, "left": left},
        rows=[held],
    )


def _require_distinct(chosen: list[int], readings: list[FormReading]) -> None:
    """Every form says whose it is, and no two of them say the same."""
    seen: dict[Key, int] = {}
    for number in chosen:
        form = readings[number].form
        require_identity(form, number)
        earlier = seen.setdefault(key_of(form), number)
        if earlier != number:
            raise UnableToConfirm(
                say(
                    "第 {first} 份和第 {second} 份表的年度、单位和项目名称（{project}）相同；请只选一份，或先改正",
                    first=earlier + 1,
                    second=number + 1,
                    project=form.project_name,
                )
            )
