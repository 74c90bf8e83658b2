"""Settle a doubt of an open intake: a person says what the field is, and is named for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.timezone import localtime

from kaoji.core.declaration import Declaration as Form
from kaoji.core.money import UnreadableAmount
from kaoji.core.paths import FieldPath
from kaoji.core.period import UnreadableDate, UnreadableYear
from kaoji.core.provenance import Repair
from kaoji.core.speech import say
from kaoji.documents.reading import FormReading
from kaoji.platform.events.event_log import record_event
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.refusals import UnableToAct
from kaoji.standards.layouts import layout_named
from kaoji.standards.taxonomies import taxonomy_for
from kaoji.subjects.intake.actions.open_intake import form_of, hold_open, put_form
from kaoji.subjects.intake.models import Intake
from kaoji.workflow.roles import MAY_IMPORT

CONFIRMED = "{person} 于 {when} 确认是“{value}”（原存疑：{reason}）"
CHANGED = "{person} 于 {when} 由“{before}”改为“{value}”（原存疑：{reason}）"


class UnableToSettle(UnableToAct):
    """The field has no open doubt, or the value does not fit the field."""


def settle_doubt(
    intake: Intake,
    *,
    form_number: int,
    field: str,
    value: str | None,
    acting_user: User,
    now: datetime,
) -> None:
    """Set *field* of the intake's form to *value* (as a person writes it; blank for none).

    None confirms the value that was read. Either way the doubt becomes a repair
    that names the person and the time. Raises UnableToSettle, NoSuchForm, IntakeEnded.
    """
    require(acting_user, MAY_IMPORT)
    with transaction.atomic():
        held = hold_open(intake, acting_user)
        before = form_of(held, form_number)
        after = _settled(before, field, value, acting_user.get_username(), now)
        put_form(held, form_number, after)
        record_event(
            "doubt.settled",
            at=now,
            actor=acting_user,
            intake=held,
            payload={
                "project": before.form.project_name or "",
                "field": field,
                "before": before.text_of(field),
                "value": after.text_of(field),
            },
            rows=[held],
        )
    intake.reading = held.reading


def _settled(
    reading: FormReading, field: str, value: str | None, person: str, now: datetime
) -> FormReading:
    doubts = [doubt for doubt in reading.doubts if doubt.field == field]
    if not doubts:
        raise UnableToSettle(say("{field} 没有待确认的存疑", field=field))
    form = reading.form if value is None else _put(field, value, reading)
    when = f"{localtime(now):%Y-%m-%d %H:%M}"
    template = CONFIRMED if value is None else CHANGED
    before, after = reading.text_of(field), replace(reading, form=form).text_of(field)
    what = say(
        template,
        person=person,
        when=when,
        before=before,
        value=after,
        reason=doubts[0].reason,
    )
    repair = Repair(field, what, doubts[0].origin)
    return replace(
        reading,
        form=form,
        doubts=tuple(doubt for doubt in reading.doubts if doubt.field != field),
        repairs=(*reading.repairs, repair),
    )


def _put(field: str, value: str, reading: FormReading) -> Form:
    if not reading.holds(field):
        raise UnableToSettle(say("{field} 在这里只能确认，不能改", field=field))
    return _changed(FieldPath.parse(field), value, reading.form)


def _changed(path: FieldPath, text: str, form: Form) -> Form:
    """The form with what a person wrote; what does not fit is refused with a sentence.

    A level-2 class brings its level-1 class along.
    """
    bare = text.strip()
    try:
        changed = path.put(form, path.read(bare, form))
    except (UnreadableAmount, UnreadableDate, UnreadableYear) as error:
        raise UnableToSettle(error.sentence) from error
    except ValueError as error:
        raise UnableToSettle(
            say("“{value}”不适合 {field}", value=bare, field=str(path))
        ) from error
    if path.name not in {"level1", "level2"} or path.row is None:
        return changed
    taxonomy = taxonomy_for(form.year, layout_named(form.layout))
    level2 = taxonomy.find_level2(bare)
    if path.name == "level2" and level2 is not None:
        return _with_level1(changed, path.row, level2.level1)
    if path.name == "level1" and taxonomy.find_level1(bare):
        return changed
    raise UnableToSettle(say("“{value}”不在当年的指标分类中", value=bare))


def _with_level1(form: Form, row: int, level1: str) -> Form:
    """The form with another level-1 class in one row."""
    return FieldPath("level1", row=row).put(form, level1)
