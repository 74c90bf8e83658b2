"""Take a bank's file away: the one way in which names and accounts leave together, and when it left is noted."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from kaoji.benefits.approvals import Duty
from kaoji.benefits.run_states import RunState
from kaoji.core.speech import say
from kaoji.platform.events.event_log import record_event
from kaoji.platform.refusals import UnableToAct
from kaoji.platform.sealing import opened
from kaoji.subjects.benefits.actions.held import held_run, move, require_for, take_duty
from kaoji.subjects.benefits.models import BankFile, FileRefusal, Run
from kaoji.workflow.roles import MAY_PAY_BENEFITS


def take_bank_file(file: BankFile, *, acting_user: User, now: datetime) -> bytes:
    """The file's content. When every file of a run was taken for the first time, the run is sent."""
    require_for(acting_user, MAY_PAY_BENEFITS, file.run)
    with transaction.atomic():
        run = held_run(file.run)
        duty = take_duty(run, Duty.PAY, acting_user, now)
        held = BankFile.objects.get(pk=file.pk)
        if FileRefusal.objects.filter(file=held).exists():
            raise UnableToAct(
                say("盘片 {file} 已登记为银行整份退回，请另制盘片", file=held.name)
            )
        if held.taken_at is None:
            held.taken_at, held.taken_by = now, acting_user
            held.save()
            send_when_taken(run)
        record_event(
            "benefits.file_taken",
            at=now,
            actor=acting_user,
            payload={
                "run": run.pk,
                "month": run.written,
                "file": held.name,
                "count": held.count,
                "fen": held.fen,
            },
            rows=[run, held, duty],
        )
    return opened(held.sealed, purpose=f"benefits.file.{held.sha256}")


def send_when_taken(run: Run) -> None:
    """A run is sent when every file of it was taken that the bank has not refused; who calls it acts."""
    files = run.bank_files.filter(turned_down=None)
    here = files.filter(taken_at=None)
    if run.state == RunState.FILED and files.exists() and not here.exists():
        move(run, "send")
        run.save()
