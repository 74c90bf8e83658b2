"""Take a bank's file away: the one way in which names and accounts leave together, and when it left is noted."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from kaoji.benefits.approvals import Duty
from kaoji.platform.events.event_log import record_event
from kaoji.platform.sealing import opened
from kaoji.subjects.benefits.actions.held import held_run, move, require_for, take_duty
from kaoji.subjects.benefits.models import BankFile
from kaoji.workflow.roles import MAY_PAY_BENEFITS


def take_bank_file(file: BankFile, *, acting_user: User, now: datetime) -> bytes:
    """The file's content. When every file of a run was taken for the first time, the run is sent."""
    require_for(acting_user, MAY_PAY_BENEFITS, file.run)
    with transaction.atomic():
        run = held_run(file.run)
        duty = take_duty(run, Duty.PAY, acting_user, now)
        held = BankFile.objects.get(pk=file.pk)
        if held.taken_at is None:
            held.taken_at, held.taken_by = now, acting_user
            held.save()
            if not run.bank_files.filter(taken_at__isnull=True).exists():
                move(run, "send")
                run.save()
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
