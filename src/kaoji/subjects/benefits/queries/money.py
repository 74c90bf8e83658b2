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

from django.db.models import QuerySet

from kaoji.benefits.accounts import MonthAccount
from kaoji.benefits.movements import Dimensions, Part
from kaoji.benefits.payments import BankLine, Outcome, TryState, state_of_try
from kaoji.benefits.reductions import Ground
from kaoji.subjects.benefits.models import Item, ReturnLine, Run, Try
from kaoji.subjects.benefits.queries.dossiers import granted_items

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
    steps: tuple[str, ...]
    town: int = 0
    year: int = 0


def money_of(
    run: Run, months: Collection[int], people: Iterable[int] | None = None
) -> dict[Key, Money]:
    """By person how the money of the run's programme stands in these months; of these people, else of everybody."""
    asked = None if people is None else list(people)
    items = granted_items(run).filter(month__in=months)
    tries = Try.objects.filter(
        payment__run__in=items.values("run"), file__taken_at__isnull=False
    )
    if asked is not None:
        items = items.filter(person__in=asked)
        tries = tries.filter(payment__person__in=asked)
    found: defaultdict[Key, Money] = defaultdict(Money)
    told = [*_grants(items), *_sendings(tries)]
    for event in sorted(told, key=lambda item: (item.at, item.rank)):
        for month, fen in event.months:
            if month not in months:
                continue
            money = found[event.person, month]
            money.town, money.year = event.town or money.town, event.year or money.year
            for step in event.steps:
                if step == "grant":
                    money.grant(fen)
                else:
                    money.step(step, fen)
    return found


def _grants(items: QuerySet[Item]) -> Iterator[_Told]:
    names = ("run__approved_at", "person_id", "month", "fen", "town_id", "run__due_on")
    for at, person, month, fen, town, due in (
        items.order_by("id").values_list(*names).iterator()
    ):
        yield _Told(at, 0, person, ((month, fen),), ("grant",), town, due.year)


def _sendings(tries: QuerySet[Try]) -> Iterator[_Told]:
    lines: defaultdict[int, list[tuple[datetime, BankLine]]] = defaultdict(list)
    for line in ReturnLine.objects.filter(answers__in=tries).values_list(
        "answers", "file__made_at", "on", "outcome", "fen"
    ):
        key, at, on, outcome, fen = line
        lines[key].append((at, BankLine(on, Outcome(outcome), "", fen)))
    for key, person, sent_at, months in tries.values_list(
        "id", "payment__person", "file__taken_at", "months"
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


def payable_of(run: Run) -> dict[int, list[tuple[int, int]]]:
    """By person the months of a run, or of the run that it resends, that are granted and not paid: month, fen."""
    of = run.resends or run
    mine = Item.objects.filter(
        run=of, computation=of.computation, left_out__isnull=True, fen__gt=0
    )
    found: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    keys = set(mine.values_list("person_id", "month"))
    months = {month for _, month in keys}
    for (person, month), money in sorted(money_of(of, months).items()):
        if (person, month) in keys and money.account.payable > 0:
            found[person].append((month, money.account.payable))
    return dict(found)


def has_unpaid(run: Run) -> bool:
    """Did the bank fail to pay somebody of the run, or take a payment back? Asked of the rows, nothing is replayed."""
    lines = ReturnLine.objects.filter(answers__payment__run=run)
    credited = lines.filter(outcome=Outcome.CREDITED).values("answers__payment")
    returned = lines.filter(outcome=Outcome.RETURNED).exists()
    return returned or run.payments.exclude(pk__in=credited).exists()
