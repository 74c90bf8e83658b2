"""Note that the bank did not take a file at all; a second person confirms it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from kaoji.benefits.approvals import Duty
from kaoji.benefits.identity import veiled
from kaoji.benefits.run_states import RunState
from kaoji.core.speech import say
from kaoji.platform.events.event_log import record_event
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.benefits.actions.held import (
    held_run,
    require_for,
    state_of,
    take_duty,
)
from kaoji.subjects.benefits.models import (
    BankFile,
    FileRefusal,
    RefusalReport,
    ReturnLine,
    Run,
)
from kaoji.workflow.roles import MAY_PAY_BENEFITS

_LONGEST = 500


def refuse_bank_file(
    file: BankFile, *, reason: str, acting_user: User, now: datetime
) -> RefusalReport:
    """Note what the bank said; nothing goes out again before a checker has confirmed it.

    Raises UnableToAct where the bank answered any of its lines.
    """
    require_for(acting_user, MAY_PAY_BENEFITS, file.run)
    if not reason.strip():
        raise UnableToAct(say("请写明银行退回整份盘片的理由"))
    with transaction.atomic():
        run = held_run(file.run)
        held = BankFile.objects.get(pk=file.pk)
        require_unanswered(run, held)
        if RefusalReport.objects.filter(file=held).exists():
            raise UnableToAct(
                say("盘片 {file} 已登记为整份退回，待清查人员向银行核实", file=held.name)
            )
        duty = take_duty(run, Duty.PAY, acting_user, now)
        report = RefusalReport.objects.create(
            file=held,
            reason=veiled(reason.strip())[:_LONGEST],
            made_at=now,
            made_by=acting_user,
        )
        record_event(
            "benefits.refusal_reported",
            at=now,
            actor=acting_user,
            payload=told_refusal(run, held),
            rows=[run, report, duty],
        )
    return report


def told_refusal(run: Run, file: BankFile) -> dict[str, Any]:
    """What an event tells of the file."""
    return {
        "run": run.pk,
        "month": run.written,
        "file": file.name,
        "count": file.count,
        "fen": file.fen,
    }


def require_unanswered(run: Run, file: BankFile) -> None:
    """Raise UnableToAct where the bank cannot have refused the file."""
    if run.state not in {RunState.FILED, RunState.SENT}:
        raise UnableToAct(
            say("批次现在是“{state}”，盘片不能再登记为整份退回", state=state_of(run))
        )
    if FileRefusal.objects.filter(file=file).exists():
        raise UnableToAct(say("盘片 {file} 已登记为整份退回", file=file.name))
    if file.taken_at is None:
        raise UnableToAct(
            say(
                "盘片 {file} 还没有取走，银行没有见过它，不会退回；请先取走交银行",
                file=file.name,
            )
        )
    answered = ReturnLine.objects.filter(answers__file=file).count()
    if answered:
        raise UnableToAct(
            say(
                "盘片 {file} 已有 {count} 条回盘，银行已经受理，不是整份退回；失败的请读入回盘，再重发",
                file=file.name,
                count=answered,
            )
        )
