"""Decide from whom money that the bank paid besides is asked back: whoever got it, or the bank."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from kaoji.benefits.approvals import Duty
from kaoji.benefits.fen import written_fen
from kaoji.benefits.identity import veiled
from kaoji.core.speech import say
from kaoji.platform.events.event_log import record_event
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.benefits.actions.held import held_run, require_for, take_duty
from kaoji.subjects.benefits.models import Overpayment, OverpaymentDecision
from kaoji.subjects.benefits.queries.overpaid import overpaid, rows_overpaid
from kaoji.workflow.roles import MAY_CHECK_BENEFITS

_LONGEST = 500


def decide_overpayment(
    overpayment: Overpayment, debtor: str, *, reason: str, acting_user: User, now: datetime
) -> OverpaymentDecision:
    """Decide once, with the paper it rests on; nothing is set off against a benefit. Raises UnableToAct."""
    require_for(acting_user, MAY_CHECK_BENEFITS, overpayment.run)
    if debtor not in OverpaymentDecision.Debtor.values:
        raise UnableToAct(say("请选择向谁追回"))
    if not reason.strip():
        raise UnableToAct(say("请写明理由和依据"))
    with transaction.atomic():
        held = held_run(overpayment.run)
        [found] = overpaid(rows_overpaid(held).filter(pk=overpayment.pk))
        if found.decision is not None:
            raise UnableToAct(say("这一笔多付已经有人决定"))
        if not found.open:
            raise UnableToAct(say("这一笔多付已经冲回或收回，不用再决定"))
        if found.row.answers is None and debtor == OverpaymentDecision.Debtor.PAYEE:
            raise UnableToAct(say("这一笔没有登记收款人，只能由银行追回或赔付"))
        duty = take_duty(held, Duty.CHECK, acting_user, now)
        decision = OverpaymentDecision.objects.create(
            overpayment=found.row,
            debtor=debtor,
            reason=veiled(reason.strip())[:_LONGEST],
            made_at=now,
            made_by=acting_user,
        )
        record_event(
            "benefits.overpayment_decided",
            at=now,
            actor=acting_user,
            payload={
                "run": held.pk,
                "month": held.written,
                "overpayment": found.row.pk,
                "yuan": written_fen(found.open),
                "decision": decision.get_debtor_display(),
            },
            rows=[decision, duty],
        )
    return decision
