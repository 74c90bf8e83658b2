"""Settle a doubt: the money is paid after all, or it is not."""

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
from kaoji.subjects.benefits.actions.held import held_run, require_for, state_of, take_duty
from kaoji.subjects.benefits.actions.requesting import sum_up
from kaoji.subjects.benefits.models import Doubt, DoubtDecision
from kaoji.workflow.roles import MAY_CHECK_BENEFITS

_LONGEST = 500


def decide_doubt(
    doubt: Doubt, settlement: str, *, reason: str, acting_user: User, now: datetime
) -> DoubtDecision:
    """Decide once, with a reason. What only warns may be remarked on, never stopped."""
    require_for(acting_user, MAY_CHECK_BENEFITS, doubt.run)
    if settlement not in DoubtDecision.Settlement.values:
        raise UnableToAct(say("请选择照发或不发"))
    if not reason.strip():
        raise UnableToAct(say("请写明理由和依据"))
    if doubt.effect != "hold" and settlement == DoubtDecision.Settlement.STOP:
        raise UnableToAct(say("这一项检查只提醒，不能因此停发；停发须先作出待遇决定"))
    with transaction.atomic():
        held = held_run(doubt.run)
        if held.computation != doubt.computation:
            raise UnableToAct(say("批次已经重新计算，请看新的疑点"))
        if held.state not in {RunState.CHECKED, RunState.CONFIRMED} or (
            held.state == RunState.CONFIRMED and held.resends_id is None
        ):
            raise UnableToAct(
                say(
                    "批次现在是“{state}”，疑点不能再改",
                    state=state_of(held),
                )
            )
        if DoubtDecision.objects.filter(doubt=doubt).exists():
            raise UnableToAct(say("这一条已经有人处理"))
        duty = take_duty(held, Duty.CHECK, acting_user, now)
        decision = DoubtDecision.objects.create(
            doubt=doubt,
            settlement=settlement,
            reason=veiled(reason.strip())[:_LONGEST],
            made_at=now,
            made_by=acting_user,
        )
        if held.resends_id is not None:
            sum_up(held)
            held.save()
        record_event(
            "benefits.doubt_decided",
            at=now,
            actor=acting_user,
            payload={
                "run": held.pk,
                "month": held.written,
                "check": doubt.check_id,
                "decision": decision.get_settlement_display(),
            },
            rows=[decision, duty, held],
        )
    return decision
