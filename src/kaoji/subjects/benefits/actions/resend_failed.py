"""Send again what the bank could not pay: a small run of its own, looked through on its day, death first."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.timezone import localdate

from kaoji.benefits.approvals import Duty
from kaoji.benefits.digests import digest_of
from kaoji.benefits.run_states import RunState
from kaoji.core.speech import kept, say
from kaoji.platform.events.event_log import record_event
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.benefits.actions.held import held_run, require_for, take_duty
from kaoji.subjects.benefits.actions.requesting import ask_approval
from kaoji.subjects.benefits.models import Doubt, Run
from kaoji.subjects.benefits.queries.asked import lacks_requests
from kaoji.subjects.benefits.queries.digests import rows_of_doubts
from kaoji.subjects.benefits.queries.money import Months, payable_of
from kaoji.subjects.benefits.queries.requests import unseen_accounts
from kaoji.subjects.benefits.queries.rosters import named
from kaoji.subjects.benefits.queries.stops import stopped_in_resendings
from kaoji.subjects.benefits.queries.waiting_lines import everything_waits, found_on_the_day
from kaoji.workflow.roles import MAY_PREPARE_BENEFITS

_ANSWERED = {RunState.SENT, RunState.RECONCILED, RunState.CLOSED}


def resend_failed(run: Run, *, acting_user: User, now: datetime) -> Run:
    """Open the small run; it waits for its approval at once. Raises UnableToAct where nothing failed.

    A run that was approved and kept nothing to pay it by goes the same way. A line that the bank has not answered stays with the bank: only what failed or came back is sent again.
    """
    require_for(acting_user, MAY_PREPARE_BENEFITS, run)
    with transaction.atomic():
        held = held_run(run)
        if held.resends_id is not None:
            raise UnableToAct(say("重发失败的，请回到原批次再重发"))
        # Approved without requests, with others than those, or for accounts that changed: it is asked for anew.
        anew = lacks_requests(held) or everything_waits(held)
        if held.state not in _ANSWERED and not anew:
            raise UnableToAct(say("银行有了回盘，才能重发失败的"))
        open_one = held.resent_by.exclude(state__in=["closed", "cancelled"]).first()
        if open_one is not None:
            raise UnableToAct(say("已有一个重发批次没有办完，请先办完它"))
        stopped = stopped_in_resendings(held, now)
        owed = {who: part for who, part in payable_of(held).items() if who not in stopped}
        if not owed:
            raise UnableToAct(say("没有要重发的款项"))
        owed, waiting = _with_known_accounts(held, owed)
        again = _made(held, owed, acting_user, now)
        duty = take_duty(again, Duty.PREPARE, acting_user, now)
        Doubt.objects.bulk_create(_doubts(again, owed, now))
        again.doubts_digest = digest_of(rows_of_doubts(again))
        ask_approval(again, owed)
        again.save()
        record_event(
            "benefits.resending_opened",
            at=now,
            actor=acting_user,
            payload={
                "run": again.pk,
                "month": again.written,
                "people": again.people,
                "fen": again.approved_fen,
                "waiting": waiting,
                "digest": again.asked_digest,
            },
            rows=[again, duty],
        )
    return again


def _with_known_accounts(run: Run, owed: dict[int, Months]) -> tuple[dict[int, Months], int]:
    """Who is sent to an account that somebody looked at, and how many others wait for that."""
    unseen = unseen_accounts(run, owed)
    kept = {person: months for person, months in owed.items() if person not in unseen}
    if not kept:
        raise UnableToAct(
            say(
                "失败的 {count} 人都换了收款账户（{who} 等），请先由清查人员核实新账户，再重发",
                count=len(unseen),
                who=named(list(unseen)),
            )
        )
    return kept, len(unseen)


def _made(run: Run, owed: dict[int, Months], acting_user: User, now: datetime) -> Run:
    fen = sum(part for months in owed.values() for _, part in months)
    rows = [(person, month, part) for person, months in owed.items() for month, part in months]
    return Run.objects.create(
        place=run.place,
        programme=run.programme,
        month=run.month,
        declaration=run.declaration,
        resends=run,
        state=RunState.CONFIRMED,
        due_on=localdate(now),
        confirm_by=localdate(now),
        computation=1,
        as_known_at=now,
        law_digest=run.law_digest,
        items_digest=digest_of(rows),
        people=len(owed),
        items=len(rows),
        fen=fen,
        is_invented=run.is_invented,
        made_at=now,
        made_by=acting_user,
    )


def _doubts(run: Run, owed: dict[int, Months], now: datetime) -> list[Doubt]:
    return [
        Doubt(
            run=run,
            computation=run.computation,
            check_id=check.id,
            effect=check.effect.value,
            person_id=int(hit.beneficiary) if hit.beneficiary else None,
            month=hit.month,
            sentence=kept(hit.sentence),
        )
        for check, hit in found_on_the_day(run, owed, now)
    ]
