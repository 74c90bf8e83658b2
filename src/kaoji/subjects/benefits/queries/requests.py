"""What a run asked approval for, what of it is still to be paid, and to which accounts.

An account that came after the freezing was seen by nobody who checked and approved: until a second person
has confirmed it, or a later run was approved with it, the one before it counts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from django.db.models import F, Q, QuerySet

from kaoji.subjects.benefits.models import (
    DoubtDecision,
    Item,
    PayeeAccount,
    PaymentRequest,
    Run,
)
from kaoji.subjects.benefits.queries.money import Months, money_of, payable_of
from kaoji.subjects.benefits.queries.rosters import doubts_of

_BLOCK, _FEW = 900, 200


def looked_at(run: Run) -> Q:
    """Of accounts: those that were on record when the run was frozen, or that somebody looked at since."""
    approved = PaymentRequest.objects.filter(
        run__approved_at__isnull=False, computation=F("run__computation")
    )
    return (
        Q(made_at__lte=(run.resends or run).as_known_at)
        | Q(confirmation__isnull=False)
        | Q(pk__in=approved.values("account"))
    )


def accounts_for(run: Run, people: Collection[int]) -> dict[int, PayeeAccount]:
    """By person the account that the run may ask to pay to: the latest that was looked at."""
    return _latest(PayeeAccount.objects.filter(looked_at(run)), people)


def approved_accounts(run: Run, people: Collection[int]) -> dict[int, PayeeAccount]:
    """By person the account that the run's approvals stand for; nothing else is paid to."""
    return {
        each.person_id: each.account
        for some in blocks(people)
        for each in requests_of(run).filter(person__in=some).select_related("account")
    }


def unseen_accounts(run: Run, people: Collection[int]) -> dict[int, PayeeAccount]:
    """By person the latest account, where nobody has looked at it yet."""
    usable = accounts_for(run, people)
    latest = _latest(PayeeAccount.objects.all(), people)
    return {
        person: account
        for person, account in latest.items()
        if person not in usable or usable[person].pk != account.pk
    }


def waiting_accounts(run: Run) -> list[PayeeAccount]:
    """Of the people of a run the latest account, where it came too late and nobody has confirmed it yet."""
    of = run.resends or run
    if of.as_known_at is None:
        return []
    mine = Item.objects.filter(run=of, computation=of.computation)
    found = PayeeAccount.objects.exclude(looked_at(run)).filter(
        person__in=mine.values("person")
    )
    latest = {each.person_id: each for each in found.select_related("person", "list__made_by")}
    later = PayeeAccount.objects.filter(looked_at(run), person__in=list(latest))
    for each in later:
        mine_of = latest.get(each.person_id)
        if mine_of is not None and (each.since, each.pk) > (mine_of.since, mine_of.pk):
            del latest[each.person_id]
    return [latest[person] for person in sorted(latest)]


def _latest(found: QuerySet[PayeeAccount], people: Collection[int]) -> dict[int, PayeeAccount]:
    latest: dict[int, PayeeAccount] = {}
    for some in blocks(people):
        for account in found.filter(person__in=some):  # in the order of their days
            latest[account.person_id] = account
    return latest


def blocks(people: Iterable[int]) -> Iterator[list[int]]:
    """The people in order, so many at a time as a database takes in one question."""
    listed = sorted(people)
    for start in range(0, len(listed), _BLOCK):
        yield listed[start : start + _BLOCK]


def requests_of(run: Run) -> QuerySet[PaymentRequest]:
    """What the run asks for; whoever was stopped in a resending is no longer asked for."""
    found = PaymentRequest.objects.filter(run=run, computation=run.computation)
    if run.resends_id is None:
        return found
    stopped = doubts_of(run).filter(decision__settlement=DoubtDecision.Settlement.STOP)
    return found.exclude(person__in=stopped.filter(person__isnull=False).values("person"))


def pays_something(run: Run) -> bool:
    """Is anything of what was asked for still owed? It looks no further than the first few of whom it is."""
    of = run.resends or run
    asked = requests_of(run).order_by("person").values_list("person", "months")
    rows = asked.iterator(chunk_size=_FEW)
    while some := list(islice(rows, _FEW)):
        keys = [(person, month) for person, months in some for month, _fen in months]
        money = money_of(of, {month for _, month in keys}, {person for person, _ in keys})
        if any(money[key].payable(of.pk) for key in keys if key in money):
            return True
    return False


def to_pay(run: Run) -> dict[int, Months]:
    """By person what a file of the run pays now: what was asked for, as far as it is still owed."""
    owed = {person: dict(months) for person, months in payable_of(run).items()}
    found: dict[int, Months] = {}
    asked = requests_of(run).order_by("person").values_list("person", "months")
    for person, months in asked.iterator():
        parts = [(of, min(fen, owed.get(person, {}).get(of, 0))) for of, fen in months]
        parts = [(of, fen) for of, fen in parts if fen]
        if parts:
            found[person] = parts
    return found
