"""The money of persons month by month, replayed from what was granted, sent and answered.

Nothing is kept twice: a month's account is what its items, tries and the bank's lines come to, by the
kernel's own steps, which also say what is to be booked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from kaoji.benefits.accounts import MonthAccount
from kaoji.benefits.movements import Dimensions, Part
from kaoji.benefits.payments import BankLine, Outcome, TryState, state_of_try
from kaoji.benefits.reductions import Ground
from kaoji.subjects.benefits.models import Item, Payment, ReturnFile, ReturnLine, Run, Try
from kaoji.subjects.benefits.queries.dossiers import granted_items

_BLOCK = 900
Key = tuple[int, int]
"""A person and a month."""

# What happens to the money when the lines of a try say something else than before.
_STEPS: dict[tuple[TryState, TryState], tuple[str, ...]] = {
    (TryState.SENT, TryState.CREDITED): ("credit",),
    (TryState.SENT, TryState.FAILED): ("fail",),
    (TryState.SENT, TryState.RETURNED): ("credit", "give_back"),
    (TryState.FAILED, TryState.CREDITED): ("send", "credit"),
    (TryState.FAILED, TryState.RETURNED): ("send", "credit", "give_back"),
    (TryState.CREDITED, TryState.RETURNED): ("give_back",),
    (TryState.RETURNED, TryState.CREDITED): ("send", "credit"),
}


@dataclass
class Purse:
    """What one item granted of a month: under which town and budget year, its account, what the bank paid besides.

    *besides* tells by try how many fen were credited that were no longer to be paid.
    """

    town: int
    year: int
    account: MonthAccount = field(default_factory=MonthAccount)
    besides: dict[int, int] = field(default_factory=dict)

    def step(self, name: str, fen: int, sending: int) -> None:
        """One step of the bank with a try's money; what it pays twice is kept apart until something comes back."""
        if name == "send":
            twice = max(0, fen - self.account.payable)
            if twice:
                self.besides[sending] = twice
        elif name == "credit":
            twice = self.besides.get(sending, 0)
        else:
            twice = self.besides.pop(sending, 0)
        if fen > twice:
            getattr(self.account, name)(fen - twice)
        if name in {"fail", "give_back"}:
            self._stand_in()

    def _stand_in(self) -> None:
        """Where one of two credits came back, the other is the payment: nothing is to be paid again."""
        for sending, twice in list(self.besides.items()):
            part = min(twice, self.account.payable)
            if part:
                self.account.send(part)
                self.account.credit(part)
                self.besides[sending] = twice - part
        self.besides = {sending: fen for sending, fen in self.besides.items() if fen}


@dataclass
class Money:
    """One month of one person: a purse for each run that granted something of it, in the order of granting.

    A later run may grant the month in another town or budget year; what was granted before stays booked
    where it was.
    """

    purses: dict[int, Purse] = field(default_factory=dict)

    def grant(self, run: int, town: int, year: int, fen: int) -> None:
        """An item of an approved run; what is claimed or waits of the month falls first, where it is booked."""
        if fen < 0:
            self._reduce(-fen)
            return
        left = fen
        for purse in self._newest_first():
            account = purse.account
            mended = min(left, account.waiting + account.open_claims)
            if mended:
                account.grant(mended)
                left -= mended
        if left:
            self.purses[run] = purse = Purse(town, year)
            purse.account.grant(left)

    def payable(self, run: int) -> int:
        """What of the month's item of a run is still to be paid."""
        return self.purses[run].account.payable if run in self.purses else 0

    def _newest_first(self) -> list[Purse]:
        return list(reversed(self.purses.values()))

    def _reduce(self, fen: int) -> None:
        """What still lies with us falls first, then what is with the bank; the rest is claimed."""
        left = fen
        for share in (_with_us, _with_the_bank, _granted):
            for purse in self._newest_first():
                part = min(left, share(purse.account))
                if part:
                    purse.account.reduce(part, ground=Ground.AFTER_DEATH)
                    left -= part
        if left:
            raise ValueError(fen)


def _with_us(account: MonthAccount) -> int:
    return account.payable


def _with_the_bank(account: MonthAccount) -> int:
    return account.in_transit - account.waiting


def _granted(account: MonthAccount) -> int:
    return account.granted


@dataclass(frozen=True)
class _Told:
    """Something that happened to months of a person, and when: an item of a *run*, or steps of a *sending*."""

    at: Any
    rank: int
    person: int
    run: int
    months: tuple[tuple[int, int], ...]
    moves: tuple[str, ...] = ()
    town: int = 0
    year: int = 0
    sending: int = 0


def money_of(
    run: Run,
    months: Collection[int],
    people: Collection[int],
    *,
    without: ReturnFile | None = None,
) -> dict[Key, Money]:
    """How the money of these people stands in these months, replayed; *without* what one file said."""
    found: defaultdict[Key, Money] = defaultdict(Money)
    told: list[_Told] = []
    for some in _blocks(people):
        items = granted_items(run).filter(month__in=months, person__in=some)
        tries = Try.objects.filter(payment__run__in=items.values("run"))
        told += [
            *_grants(items),
            *_sendings(tries.filter(payment__person__in=some), without),
        ]
    for event in sorted(told, key=lambda item: (item.at, item.rank)):
        for month, fen in event.months:
            if month not in months:
                continue
            money = found[event.person, month]
            if not event.moves:
                money.grant(event.run, event.town, event.year, fen)
            for step in event.moves:
                money.purses[event.run].step(step, fen, event.sending)
    return found


def _blocks(people: Collection[int]) -> Iterator[list[int]]:
    listed = sorted(people)
    for start in range(0, len(listed), _BLOCK):
        yield listed[start : start + _BLOCK]


def _grants(items: QuerySet[Item]) -> Iterator[_Told]:
    names = (
        "run__approved_at", "person_id", "run_id", "month", "fen", "town_id", "run__due_on",
    )  # fmt: skip
    for at, person, run, month, fen, town, due in (
        items.order_by("id").values_list(*names).iterator()
    ):
        yield _Told(at, 0, person, run, ((month, fen),), town=town, year=due.year)


def _sendings(tries: QuerySet[Try], without: ReturnFile | None) -> Iterator[_Told]:
    lines: defaultdict[int, list[tuple[datetime, BankLine]]] = defaultdict(list)
    said = ReturnLine.objects.filter(answers__in=tries)
    if without is not None:
        said = said.exclude(file=without)
    for line in said.values_list("answers", "file__made_at", "on", "outcome", "fen"):
        key, at, on, outcome, fen = line
        lines[key].append((at, BankLine(on, Outcome(outcome), "", fen)))
    for key, person, run, sent_at, months in tries.values_list(
        "id", "payment__person", "payment__run", "file__made_at", "months"
    ):
        parts = tuple((month, fen) for month, fen in months)
        yield _Told(sent_at, 1, person, run, parts, ("send",), sending=key)
        for at, steps in answered(lines.get(key, [])):
            # A clock that was set back does not let a bank answer what was not sent.
            yield _Told(max(at, sent_at), 2, person, run, parts, steps, sending=key)


def answered(
    lines: Iterable[tuple[datetime, BankLine]],
) -> Iterator[tuple[datetime, tuple[str, ...]]]:
    """File after file what the lines of one try do to its money."""
    heard: list[BankLine] = []
    state = TryState.SENT
    for at, line in sorted(lines, key=lambda told: told[0]):
        heard.append(line)
        after = state_of_try(heard)
        if (state, after) in _STEPS:
            yield at, _STEPS[state, after]
        state = after


Moves = dict[tuple[Key, int], int]
"""How many movements of each month of a person each run's purse had."""


def moves_in(money: dict[Key, Money]) -> Moves:
    """How often each month's money was moved so far."""
    return {
        (key, run): len(purse.account.moved)
        for key, each in money.items()
        for run, purse in each.purses.items()
    }


def parts_since(run: Run, money: dict[Key, Money], before: Moves) -> list[Part]:
    """What was moved of each month since so many movements: the parts of a booking, where each is booked."""
    return [
        Part(moved.kind, moved.fen, Dimensions(run.programme, purse.year, town=str(purse.town)))
        for key, each in money.items()
        for granted_by, purse in each.purses.items()
        for moved in purse.account.moved[before.get((key, granted_by), 0) :]
    ]


def entangled(run: Run, months: Collection[int]) -> set[int]:
    """Whose money in these months went another way than granted once, sent once, answered once.

    Only theirs is replayed; everybody else's is added up.
    """
    items = granted_items(run).filter(month__in=months)
    tries = Try.objects.filter(payment__run__in=items.values("run"))
    several = items.order_by().values("person", "month").annotate(n=Count("id")).filter(n__gt=1)
    answers = ReturnLine.objects.filter(answers__in=tries).order_by().values("answers")
    often = answers.annotate(n=Count("id")).filter(n__gt=1)
    return {
        *items.filter(fen__lt=0).values_list("person", flat=True),
        *several.values_list("person", flat=True),
        *tries.filter(number__gt=1).values_list("payment__person", flat=True),
        *tries.filter(pk__in=often.values("answers")).values_list("payment__person", flat=True),
    }


def where_of(run: Run) -> dict[Key, Dimensions]:
    """By person and month of a run's items by what its money is told apart: town and budget year."""
    of = run.resends or run
    kept = Item.objects.filter(run=of, computation=of.computation, left_out__isnull=True)
    towns = {
        town: Dimensions(of.programme, of.year, town=str(town))
        for town in kept.order_by().values_list("town", flat=True).distinct()
    }
    rows = kept.filter(fen__gt=0).values_list("person_id", "month", "town_id")
    return {(person, month): towns[town] for person, month, town in rows.iterator()}


def payable_of(run: Run) -> dict[int, list[tuple[int, int]]]:
    """By person the months of a run, or of the run that it resends, that are granted and not paid: month, fen."""
    of = run.resends or run
    mine = Item.objects.filter(
        run=of, computation=of.computation, left_out__isnull=True, fen__gt=0
    ).order_by("person_id", "month")
    if Try.objects.filter(payment__run=of).exists():
        mine = mine.filter(person__in=_unpaid(of).values("person"))
        replayed = set(mine.values_list("person_id", flat=True))
    else:
        replayed = entangled(
            of, set(mine.order_by().values_list("month", flat=True).distinct())
        )
    months = set(mine.order_by().values_list("month", flat=True).distinct())
    money = money_of(of, months, replayed)
    found: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for person, month, fen in mine.values_list("person_id", "month", "fen").iterator():
        payable = min(fen, money[person, month].payable(of.pk)) if person in replayed else fen
        if payable > 0:
            found[person].append((month, payable))
    return dict(found)


def _unpaid(run: Run) -> QuerySet[Payment]:
    """The payments of a run that the bank never credited, or took back."""
    lines = ReturnLine.objects.filter(answers__payment__run=run)
    credited = lines.filter(outcome=Outcome.CREDITED).values("answers__payment")
    returned = lines.filter(outcome=Outcome.RETURNED).values("answers__payment")
    return run.payments.filter(~Q(pk__in=credited) | Q(pk__in=returned))


def has_unpaid(run: Run) -> bool:
    """Did the bank fail to pay somebody of the run, or take a payment back?"""
    return _unpaid(run).exists()
