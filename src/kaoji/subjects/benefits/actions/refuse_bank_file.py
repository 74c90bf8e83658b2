"""The bank did not take a file at all: once two people say so, all of its lines are payable again, under new references."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.timezone import localdate

from kaoji.benefits.approvals import Duty
from kaoji.benefits.identity import veiled
from kaoji.benefits.run_states import RunState
from kaoji.core.speech import say
from kaoji.platform.events.event_log import record_event
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.benefits.actions.held import (
    book,
    held_run,
    moment_in,
    require_for,
    state_of,
    take_duty,
)
from kaoji.subjects.benefits.actions.take_bank_file import send_when_taken
from kaoji.subjects.benefits.models import (
    BankFile,
    FileRefusal,
    RefusalReport,
    ReturnLine,
    Run,
)
from kaoji.subjects.benefits.queries.money import money_of, moved_in, parts_since
from kaoji.workflow.roles import MAY_CHECK_BENEFITS, MAY_PAY_BENEFITS

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
        _require_unanswered(run, held)
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
            payload=_told(run, held),
            rows=[run, report, duty],
        )
    return report


def confirm_refusal(
    file: BankFile, *, reason: str, acting_user: User, now: datetime
) -> FileRefusal:
    """A second person asked the bank, who handles no money: all lines of the file are payable again.

    *reason* says on which word of the bank. Raises UnableToAct where nobody reported it, or the bank answered.
    """
    require_for(acting_user, MAY_CHECK_BENEFITS, file.run)
    if not reason.strip():
        raise UnableToAct(say("请写明向银行核实的依据"))
    with transaction.atomic():
        run = held_run(file.run)
        held = BankFile.objects.get(pk=file.pk)
        _require_unanswered(run, held)
        if not RefusalReport.objects.filter(file=held).exists():
            raise UnableToAct(
                say("出纳没有登记盘片 {file} 被整份退回，不用核实", file=held.name)
            )
        duty = take_duty(run, Duty.CHECK, acting_user, now)
        at = moment_in(run, now)
        of = run.resends or run
        rows = held.tries.values_list("months", "payment__person")
        months = {month for parts, _person in rows for month, _fen in parts}
        people = {person for _parts, person in rows}
        before = moved_in(of, money_of(of, months, people))
        refusal = FileRefusal.objects.create(
            file=held, reason=veiled(reason.strip())[:_LONGEST], made_at=at, made_by=acting_user
        )
        parts = parts_since(of, money_of(of, months, people), before)
        booked = book(run, parts, on=localdate(now), cause=f"refuse:{held.pk}", now=now)
        send_when_taken(run)
        record_event(
            "benefits.file_refused",
            at=now,
            actor=acting_user,
            payload=_told(run, held),
            rows=[run, refusal, duty, *booked],
        )
    return refusal


def _told(run: Run, file: BankFile) -> dict[str, Any]:
    return {
        "run": run.pk,
        "month": run.written,
        "file": file.name,
        "count": file.count,
        "fen": file.fen,
    }


def _require_unanswered(run: Run, file: BankFile) -> None:
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
