"""Whose line does not go into a bank's file though it is owed: the account is another now, or it must be looked at first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from django.utils.timezone import localdate

from kaoji.benefits.checks.catalogue import hits
from kaoji.benefits.checks.check import Check, Hit
from kaoji.benefits.months import Month
from kaoji.benefits.run import Item, ItemKind
from kaoji.benefits.run_states import RunState
from kaoji.core.speech import Sentence, say
from kaoji.subjects.benefits.models import DoubtDecision, PayeeAccount, Run
from kaoji.subjects.benefits.queries.dossiers import flat_programmes
from kaoji.subjects.benefits.queries.money import Months
from kaoji.subjects.benefits.queries.requests import (
    accounts_for,
    approved_accounts,
    blocks,
    requests_of,
    to_pay,
)
from kaoji.subjects.benefits.queries.rosters import doubts_of
from kaoji.subjects.benefits.queries.stops import heard_since
from kaoji.subjects.benefits.queries.under_check import under_check

# What looks at the whole run, at lists or at what waits to be sent again says nothing new of what goes out again.
_NOT_AGAIN = {"C15", "C16", "C20", "C22"}


def found_on_the_day(
    run: Run, owed: Mapping[int, Months], now: datetime
) -> Iterator[tuple[Check, Hit]]:
    """What the checks find today of what is to go out again."""
    items = tuple(
        Item(run.programme, str(person), Month(month), fen, ItemKind.ARREAR)
        for person, months in owed.items()
        for month, fen in months
    )
    beside = under_check(run, flat_programmes()[run.programme], items, today=localdate(now))
    yield from (found for found in hits(beside) if found[0].id not in _NOT_AGAIN)


def waiting_lines(
    run: Run, owed: Mapping[int, Months], now: datetime, *, again: bool
) -> dict[int, Sentence]:
    """By person why their line waits for a small run of its own.

    What goes out *again* is looked at on its day, death first: nobody's approval knew of it.
    """
    held = dict(_held(run, owed, now)) if again and owed else {}
    return {**dict(_accounts_changed(run, owed)), **held}


def everything_waits(run: Run) -> bool:
    """Was it approved, and does no line of it go out, since every account is another one now?"""
    if run.state != RunState.APPROVED or run.resends_id is not None:
        return False
    people = requests_of(run).order_by("person").values_list("person", flat=True)
    some = next(iter(blocks(people[:200])), [])
    if not some or len(dict(_accounts_changed(run, some))) < len(some):
        return False  # it looks no further than the first few, where somebody's account is the same
    owed = to_pay(run)
    return bool(owed) and len(dict(_accounts_changed(run, owed))) == len(owed)


def _accounts_changed(run: Run, people: Iterable[int]) -> Iterator[tuple[int, Sentence]]:
    """Who has another account than the approved one, which somebody has confirmed since."""
    listed = list(people)
    approved, latest = approved_accounts(run, listed), accounts_for(run, listed)
    for person, account in approved.items():
        if _other(account, latest.get(person)):
            yield (
                person,
                say(
                    "审批的收款账户（尾号 {old}）之后换成了尾号 {new}，要另行送审；请经办重发",
                    old=account.last4,
                    new=latest[person].last4,
                ),
            )


def _other(account: PayeeAccount, latest: PayeeAccount | None) -> bool:
    return latest is not None and latest.pk != account.pk


def _held(
    run: Run, owed: Mapping[int, Months], now: datetime
) -> Iterator[tuple[int, Sentence]]:
    released = {
        (check, person): at
        for check, person, at in doubts_of(run)
        .filter(decision__settlement=DoubtDecision.Settlement.RELEASE)
        .values_list("check_id", "person", "decision__made_at")
    }
    told: set[int] = set()
    for check, hit in found_on_the_day(run, owed, now):
        person = int(hit.beneficiary) if hit.beneficiary else None
        if person is None or check.effect.value != "hold" or person in told:
            continue
        at = released.get((check.id, person))
        if at is None or heard_since(person, at, now):
            told.add(person)
            yield person, say("{why}；要先清查，请经办重发", why=hit.sentence)
