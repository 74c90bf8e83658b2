"""Give an intake up: the document stays on record, nothing is saved from it."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from kaoji.platform.events.event_log import record_event
from kaoji.platform.organisation.actions.permission import require
from kaoji.subjects.intake.actions.open_intake import hold_open
from kaoji.subjects.intake.models import Intake
from kaoji.workflow.roles import MAY_IMPORT


def discard_intake(intake: Intake, *, acting_user: User, now: datetime) -> None:
    """Close an intake without saving. Raises IntakeEnded."""
    require(acting_user, MAY_IMPORT)
    with transaction.atomic():
        held = hold_open(intake, acting_user)
        held.state, held.closed_at = Intake.State.DISCARDED, now
        held.save(update_fields=["state", "closed_at"])
        record_event(
            "intake.discarded",
            at=now,
            actor=acting_user,
            intake=held,
            payload={"document": held.document.name},
            rows=[held],
        )
