"""Close a run: every line is answered, what was paid besides is decided on, and its rates are written down.

A run that was approved with nothing to pay (only reductions, or all of it fallen since) needs no bank.
"""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from kaoji.benefits.approvals import Duty
from kaoji.benefits.fen import written_fen
from kaoji.benefits.run_states import RunState
from kaoji.core.speech import say
from kaoji.platform.events.event_log import record_event
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.benefits.actions.held import (
    held_run,
    moment_in,
    move,
    require_for,
    take_duty,
)
from kaoji.subjects.benefits.actions.register_overpaid import register_overpaid
from kaoji.subjects.benefits.actions.tallying import tallied
from kaoji.subjects.benefits.models import Run
from kaoji.subjects.benefits.queries.money import all_answered, payable_of
from kaoji.subjects.benefits.queries.overpaid import undecided_of
from kaoji.subjects.benefits.queries.requests import to_pay
from kaoji.workflow.roles import MAY_PREPARE_BENEFITS


def close_run(run: Run, *, acting_user: User, now: datetime) -> Run:
    """Close it. Closing a small run renews the rates of the run that it sent again."""
    require_for(acting_user, MAY_PREPARE_BENEFITS, run)
    register_overpaid(run, acting_user=acting_user, now=now)
    with transaction.atomic():
        held = held_run(run)
        if held.state == RunState.APPROVED:
            _require_nothing_to_pay(held)
        elif held.state == RunState.SENT and all_answered(held):
            # The bank refused whole files, and their money went out again with a small run.
            _require_nothing_to_pay(held)
            move(held, "reconcile")
        move(held, "close")
        duty = take_duty(held, Duty.PREPARE, acting_user, now)
        of = held.resends or held
        _require_decided(of)
        held.save()
        rates = (
            tallied(of, moment_in(held, now))
            if held.resends is None or of.state == RunState.CLOSED
            else []
        )
        record_event(
            "benefits.run_closed",
            at=now,
            actor=acting_user,
            payload={"run": held.pk, "month": held.written, "rates": len(rates)},
            rows=[held, duty, *rates],
        )
    return held


def _require_decided(run: Run) -> None:
    """Whatever the bank paid besides came back, or somebody has decided from whom it is asked back."""
    open_ = undecided_of(run)
    if open_:
        raise UnableToAct(
            say(
                "银行多付的 {count} 笔还没有决定向谁追回，不能关闭：{first}；请清查人员先决定，或由银行冲回",
                count=len(open_),
                first=open_[0].sentence,
            )
        )


def _require_nothing_to_pay(run: Run) -> None:
    # Whatever is granted is owed, asked for or not; a small run answers for what it asked for.
    owed = to_pay(run) if run.resends_id is not None else payable_of(run)
    if owed:
        fen = sum(part for months in owed.values() for _, part in months)
        raise UnableToAct(
            say(
                "还有 {people} 人 {fen} 元没有发放，不能关闭；请先制作盘片",
                people=len(owed),
                fen=written_fen(fen),
            )
        )
