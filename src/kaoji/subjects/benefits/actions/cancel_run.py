"""Cancel a run that has not gone to the bank: nothing of it was granted, the next one finds everything again."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from kaoji.benefits.approvals import Duty
from kaoji.benefits.identity import veiled
from kaoji.benefits.run_states import RunState
from kaoji.core.speech import say
from kaoji.platform.events.event_log import record_event
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.benefits.actions.held import held_run, move, require_for, take_duty
from kaoji.subjects.benefits.models import Run
from kaoji.workflow.roles import MAY_PREPARE_BENEFITS


def cancel_run(run: Run, *, reason: str, acting_user: User, now: datetime) -> Run:
    """Cancel it, and say why. An approved run is booked already and goes its way, but for a small one."""
    require_for(acting_user, MAY_PREPARE_BENEFITS, run)
    if not reason.strip():
        raise UnableToAct(say("请写明撤销的理由"))
    with transaction.atomic():
        held = held_run(run)
        # A small run books nothing by its approval: what it sends again is owed by the run before it.
        if held.state == RunState.APPROVED and held.resends_id is None:
            raise UnableToAct(say("批次已经审批并记账，不能撤销；多发的由下一批次核减"))
        move(held, "cancel")
        duty = take_duty(held, Duty.PREPARE, acting_user, now)
        held.save()
        record_event(
            "benefits.run_cancelled",
            at=now,
            actor=acting_user,
            payload={
                "run": held.pk,
                "month": held.written,
                "reason": veiled(reason.strip())[:500],
            },
            rows=[held, duty],
        )
    return held
