"""Note what came back of money that the bank had paid besides, by another way than a line of its file."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.timezone import localdate

from kaoji.benefits.approvals import Duty
from kaoji.benefits.fen import written_fen
from kaoji.benefits.identity import veiled
from kaoji.benefits.movements import MovementKind
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
from kaoji.subjects.benefits.actions.overpaying import parts_of
from kaoji.subjects.benefits.models import Overpayment, Regained
from kaoji.subjects.benefits.queries.overpaid import (
    Overpaid,
    first_months,
    overpaid,
    rows_overpaid,
)
from kaoji.workflow.roles import MAY_PAY_BENEFITS

_LONGEST = 500


def regain_overpayment(
    overpayment: Overpayment,
    fen: int,
    *,
    on: date,
    paper: str,
    acting_user: User,
    now: datetime,
) -> Regained:
    """So many fen of it are on the account again since that day, by that paper. Raises UnableToAct."""
    require_for(acting_user, MAY_PAY_BENEFITS, overpayment.run)
    if not paper.strip():
        raise UnableToAct(say("请写明入账凭据"))
    with transaction.atomic():
        held = held_run(overpayment.run)
        [found] = overpaid(rows_overpaid(held).filter(pk=overpayment.pk))
        _require_owed(found, fen, on, localdate(now))
        duty = take_duty(held, Duty.PAY, acting_user, now)
        at = moment_in(held, now)
        regained = Regained.objects.create(
            overpayment=found.row,
            how=Regained.How.RECOVERED,
            fen=fen,
            months=[list(part) for part in first_months(found.months, fen)],
            on=on,
            paper=veiled(paper.strip())[:_LONGEST],
            made_at=at,
            made_by=acting_user,
        )
        parts = parts_of(found.row, regained.months, fen, MovementKind.RECOVER)
        booked = book(held, parts, on=on, cause=f"regained:{regained.pk}", now=now)
        record_event(
            "benefits.overpayment_regained",
            at=now,
            actor=acting_user,
            payload={
                "run": held.pk,
                "month": held.written,
                "overpayment": found.row.pk,
                "yuan": written_fen(fen),
            },
            rows=[regained, duty, *booked],
        )
    return regained


def _require_owed(found: Overpaid, fen: int, on: date, today: date) -> None:
    if found.decision is None:
        raise UnableToAct(say("还没有决定向谁追回，不能登记收回；请清查人员先决定"))
    if not 0 < fen <= found.open:
        raise UnableToAct(
            say(
                "{fen} 元超出还没有收回的 {open} 元；请核对金额",
                fen=written_fen(fen),
                open=written_fen(found.open),
            )
        )
    if not found.row.on <= on <= today:
        raise UnableToAct(
            say(
                "收回日期 {on} 不在多付之日 {paid} 和今天之间；请核对日期",
                on=on,
                paid=found.row.on,
            )
        )
