"""Freeze a run: fix the instant by whose knowledge it reckons. What is heard later waits for the next run."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from kaoji.benefits.approvals import Duty
from kaoji.benefits.run_states import RunState
from kaoji.core.speech import say
from kaoji.platform.events.event_log import record_event
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.benefits.actions.held import (
    held_run,
    move,
    require_for,
    require_reckoned,
    take_duty,
)
from kaoji.subjects.benefits.models import Run
from kaoji.subjects.benefits.queries.dossiers import flat_programmes
from kaoji.workflow.roles import MAY_PREPARE_BENEFITS


def freeze_run(run: Run, *, acting_user: User, now: datetime) -> Run:
    """Freeze it, or a computed one anew: what was computed and confirmed of it then counts no more."""
    require_for(acting_user, MAY_PREPARE_BENEFITS, run)
    with transaction.atomic():
        held = held_run(run)
        require_reckoned(held)
        if held.state == RunState.APPROVED:
            raise UnableToAct(say("批次已经审批并记账，不能重算；差额由下一批次算出"))
        move(held, "freeze" if held.state == RunState.DRAFT else "recompute")
        held.computation += 1
        duty = take_duty(held, Duty.PREPARE, acting_user, now)
        held.as_known_at = now
        held.law_digest = flat_programmes()[held.programme].law.digest
        held.items_digest = held.granted_digest = held.asked_digest = ""
        held.doubts_digest = ""
        held.people = held.items = held.fen = held.reduced = held.approved_fen = 0
        held.save()
        record_event(
            "benefits.run_frozen",
            at=now,
            actor=acting_user,
            payload={"run": held.pk, "month": held.written, "law": held.law_digest},
            rows=[held, duty],
        )
    return held
