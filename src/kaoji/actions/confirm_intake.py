"""Save the chosen forms of an intake: new declarations, or new revisions of known ones."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from kaoji.actions.open_intake import hold_open
from kaoji.actions.permission import MAY_IMPORT, UnableToAct, require
from kaoji.actions.record_form import record_form, recorded_as
from kaoji.core.speech import say
from kaoji.documents.reading_json import form_from_data
from kaoji.records.event_log import record_event
from kaoji.records.models import Declaration, Intake


class UnableToConfirm(UnableToAct):
    """Nothing was chosen, or something that the intake does not hold."""


def confirm_intake(
    intake: Intake, *, form_numbers: Collection[int], acting_user: User, now: datetime
) -> list[Declaration]:
    """Save the forms with these numbers (from 0) and close the intake, all or nothing.

    A form equal to its declaration's latest revision changes nothing. Returns the
    declarations that were made or revised. Raises UnableToConfirm, IntakeEnded.
    """
    require(acting_user, MAY_IMPORT)
    with transaction.atomic():
        held = hold_open(intake)
        stored = held.reading["forms"]
        if not form_numbers or not set(form_numbers) <= set(range(len(stored))):
            raise UnableToConfirm(say("请至少选择一份表"))
        saved = []
        for number in sorted(set(form_numbers)):
            reading = form_from_data(stored[number])
            _, unchanged = recorded_as(reading.form)
            if not unchanged:
                saved.append(
                    record_form(reading, intake=held, acting_user=acting_user, now=now)
                )
        held.state, held.closed_at = Intake.State.CONFIRMED, now
        held.save(update_fields=["state", "closed_at"])
        record_event(
            "intake.confirmed",
            at=now,
            actor=acting_user,
            intake=held,
            payload={"document": held.document.name, "saved": len(saved)},
        )
    return saved
