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
class Money:
    """One month of one person: its account, and what the bank paid a second time."""

    account: MonthAccount = field(default_factory=MonthAccount)
    town: int = 0
    year: int = 0
    doubled: int = 0

    def step(self, name: str, fen: int) -> None:
        """One step of the bank; what it pays twice is kept apart until it comes back."""
        if name == "send" and fen > self.account.payable:
            self.doubled += fen
        elif self.doubled and name in {"credit", "give_back"}:
            self.doubled -= fen if name == "give_back" else 0
        else:
            getattr(self.account, name)(fen)

    def grant(self, fen: int) -> None:
        """An item of an approved run."""
        if fen > 0:
            self.account.grant(fen)
        else:
            self.account.reduce(-fen, ground=Ground.AFTER_DEATH)


@dataclass(frozen=True)
class _Told:
    """Something that happened to months of a person, and when."""

    at: Any
    rank: int
    person: int
    months: tuple[tuple[int, int], ...]
    moves: tuple[str, ...]
    town: int = 0
    year: int = 0


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
            money.town, money.year = event.town or money.town, event.year or money.year
            for step in event.moves:
                if step == "grant":
                    money.grant(fen)
                else:
                    money.step(step, fen)
    return found


def _blocks(people: Collection[int]) -> Iterator[list[int]]:
    listed = sorted(people)
    for start in range(0, len(listed), _BLOCK):
        yield listed[start : start + _BLOCK]


def _grants(items: QuerySet[Item]) -> Iterator[_Told]:
    names = ("run__approved_at", "person_id", "month", "fen", "town_id", "run__due_on")
    for at, person, month, fen, town, due in (
        items.order_by("id").values_list(*names).iterator()
    ):
        yield _Told(at, 0, person, ((month, fen),), ("grant",), town, due.year)


def _sendings(tries: QuerySet[Try], without: ReturnFile | None) -> Iterator[_Told]:
    lines: defaultdict[int, list[tuple[datetime, BankLine]]] = defaultdict(list)
    said = ReturnLine.objects.filter(answers__in=tries)
    if without is not None:
        said = said.exclude(file=without)
    for line in said.values_list("answers", "file__made_at", "on", "outcome", "fen"):
        key, at, on, outcome, fen = line
        lines[key].append((at, BankLine(on, Outcome(outcome), "", fen)))
    for key, person, sent_at, months in tries.values_list(
        "id", "payment__person", "file__made_at", "months"
    ):
        parts = tuple((month, fen) for month, fen in months)
        yield _Told(sent_at, 1, person, parts, ("send",))
        for at, steps in answered(lines.get(key, [])):
            yield _Told(at, 2, person, parts, steps)


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


def moves_in(money: dict[Key, Money]) -> dict[Key, int]:
    """How often each month's money was moved so far."""
    return {key: len(each.account.moved) for key, each in money.items()}


def parts_since(run: Run, money: dict[Key, Money], before: dict[Key, int]) -> list[Part]:
    """What was moved of each month since so many movements: the parts of a booking."""
    return [
        Part(moved.kind, moved.fen, Dimensions(run.programme, each.year, town=str(each.town)))
        for key, each in money.items()
        for moved in each.account.moved[before.get(key, 0) :]
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
        payable = money[person, month].account.payable if person in replayed else fen
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
