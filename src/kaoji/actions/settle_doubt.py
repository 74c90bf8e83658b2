"""Settle a doubt of an open intake: a person says what the field is, and is named for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from kaoji.actions.open_intake import hold_open
from kaoji.actions.permission import MAY_IMPORT, UnableToAct, require
from kaoji.core.declaration import Declaration as Form
from kaoji.core.money import UnreadableAmount
from kaoji.core.paths import FieldPath
from kaoji.core.period import UnreadableDate
from kaoji.core.provenance import Repair
from kaoji.core.speech import kept, say
from kaoji.documents.reading import FormReading
from kaoji.documents.reading_json import form_as_data, form_from_data
from kaoji.records.event_log import record_event
from kaoji.records.models import Intake


class UnableToSettle(UnableToAct):
    """The field has no open doubt, or the value does not fit the field."""


def settle_doubt(
    intake: Intake,
    *,
    form_number: int,
    field: str,
    value: str,
    acting_user: User,
    now: datetime,
) -> None:
    """Set *field* of the intake's form to *value* (as a person writes it; blank for none).

    Settling with the value that was read confirms it. Either way the doubt becomes a repair
    that names the person and the time. Raises UnableToSettle, IntakeEnded.
    """
    require(acting_user, MAY_IMPORT)
    with transaction.atomic():
        held = hold_open(intake)
        if not 0 <= form_number < len(held.reading["forms"]):
            raise UnableToSettle(say("没有第 {number} 份表", number=form_number + 1))
        before = form_from_data(held.reading["forms"][form_number])
        after = _settled(before, field, value, acting_user.get_username(), now)
        held.reading["forms"][form_number] = form_as_data(after, kept)
        held.save(update_fields=["reading"])
        record_event(
            "doubt.settled",
            at=now,
            actor=acting_user,
            intake=held,
            payload={
                "project": before.form.project_name or "",
                "field": field,
                "before": FieldPath.parse(field).text_in(before.form),
                "value": FieldPath.parse(field).text_in(after.form),
            },
        )
    intake.reading = held.reading


def _settled(
    reading: FormReading, field: str, value: str, person: str, now: datetime
) -> FormReading:
    doubts = [doubt for doubt in reading.doubts if doubt.field == field]
    if not doubts:
        raise UnableToSettle(say("{field} 没有待确认的存疑", field=field))
    path = FieldPath.parse(field)
    form = path.put(reading.form, _converted(path, value, reading.form))
    when = f"{now:%Y-%m-%d %H:%M}"
    what = say(
        "{person} 于 {when} 确认为“{value}”", person=person, when=when, value=path.text_in(form)
    )
    repair = Repair(field, what, doubts[0].origin)
    return replace(
        reading,
        form=form,
        doubts=tuple(doubt for doubt in reading.doubts if doubt.field != field),
        repairs=(*reading.repairs, repair),
    )


def _converted(path: FieldPath, text: str, form: Form) -> Any:
    """The value of the field's type; what a person wrote is refused with a sentence."""
    bare = text.strip()
    try:
        return path.read(bare, form)
    except (UnreadableAmount, UnreadableDate) as error:
        raise UnableToSettle(error.sentence) from error
    except ValueError as error:
        raise UnableToSettle(
            say("“{value}”不适合 {field}", value=bare, field=str(path))
        ) from error
