"""Take a settled doubt back: the field is again what the document gave, and in doubt."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from kaoji.core.paths import FieldPath
from kaoji.core.speech import say
from kaoji.documents.reading import FormReading
from kaoji.documents.reading_json import reading_from_data
from kaoji.platform.events.event_log import record_event
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.intake.actions.open_intake import form_of, hold_open, put_form
from kaoji.subjects.intake.actions.settle_doubt import CHANGED, CONFIRMED
from kaoji.subjects.intake.models import Intake
from kaoji.workflow.roles import MAY_IMPORT


class UnableToReopen(UnableToAct):
    """Nobody settled a doubt about that field."""


def reopen_doubt(
    intake: Intake, *, form_number: int, field: str, acting_user: User, now: datetime
) -> None:
    """Undo what was settled about *field*. Raises UnableToReopen, NoSuchForm, IntakeEnded."""
    require(acting_user, MAY_IMPORT)
    with transaction.atomic():
        held = hold_open(intake, acting_user)
        original = reading_from_data(held.original)
        before = form_of(held, form_number)
        after = _reopened(before, original.forms[form_number], field)
        put_form(held, form_number, after)
        record_event(
            "doubt.reopened",
            at=now,
            actor=acting_user,
            intake=held,
            payload={"project": before.form.project_name or "", "field": field},
            rows=[held],
        )
    intake.reading = held.reading


def settled_fields(reading: FormReading) -> list[str]:
    """The fields whose doubts a person settled."""
    return [
        repair.field
        for repair in reading.repairs
        if repair.what.template in {CONFIRMED, CHANGED}
    ]


def _reopened(reading: FormReading, original: FormReading, field: str) -> FormReading:
    doubts = tuple(doubt for doubt in original.doubts if doubt.field == field)
    if field not in settled_fields(reading) or not doubts:
        raise UnableToReopen(say("{field} 没有可以撤销的确认", field=field))
    form = reading.form
    for path in _paths_to_restore(field) if reading.holds(field) else ():
        form = path.put(form, path.get(original.form))
    repairs = tuple(
        repair
        for repair in reading.repairs
        if repair.field != field or repair.what.template not in {CONFIRMED, CHANGED}
    )
    return replace(reading, form=form, doubts=(*reading.doubts, *doubts), repairs=repairs)


def _paths_to_restore(field: str) -> list[FieldPath]:
    """Settling level 2 may have set level 1 as well; the table as a whole has no value."""
    path = FieldPath.parse(field)
    if path.name == "indicators":
        return []
    return [path, FieldPath("level1", row=path.row)] if path.name == "level2" else [path]
