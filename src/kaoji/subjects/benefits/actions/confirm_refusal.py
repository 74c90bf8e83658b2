"""A second person confirms that the bank did not take a file: all of its lines are payable again, under new references."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.timezone import localdate

from kaoji.benefits.approvals import Duty
from kaoji.benefits.identity import veiled
from kaoji.core.speech import say
from kaoji.platform.events.event_log import record_event
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.benefits.actions.held import (
    book,
    held_run,
    moment_in,
    require_for,
    take_duty,
)
from kaoji.subjects.benefits.actions.refuse_bank_file import require_unanswered, told_refusal
from kaoji.subjects.benefits.actions.take_bank_file import send_when_taken
from kaoji.subjects.benefits.models import (
    BankFile,
    FileRefusal,
    RefusalReport,
)
from kaoji.subjects.benefits.queries.money import money_of, moved_in, parts_since
from kaoji.workflow.roles import MAY_CHECK_BENEFITS

_LONGEST = 500


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
        require_unanswered(run, held)
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
            payload=told_refusal(run, held),
            rows=[run, refusal, duty, *booked],
        )
    return refusal
