"""The money of persons month by month, replayed from what was granted, sent and answered.

    item of an approved run → granted     line of a bank file → sent     lines of the bank → credited, failed, returned

A month may have been granted by several runs, in other towns and budget years: each has its own purse. Every
step says what is to be booked, so whoever has the rows can book them again.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any

from kaoji.benefits.accounts import MonthAccount
from kaoji.benefits.payments import BankLine, TryState, state_of_try
from kaoji.benefits.reductions import Ground

Key = tuple[int, int]
"""A person and a month."""

# What happens to the money when the lines of a try say something else than before.
_STEPS: Mapping[tuple[TryState, TryState], tuple[str, ...]] = {
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

    *besides* tells by sending how many fen were credited that were no longer to be paid, *surplus* how many of a
    try under way would be. A sending is a try by its number, or, below zero, what the bank paid on its word alone.
    """

    town: int
    year: int
    account: MonthAccount = field(default_factory=MonthAccount)
    besides: dict[int, int] = field(default_factory=dict)
    surplus: dict[int, int] = field(default_factory=dict)

    def step(self, name: str, fen: int, sending: int) -> None:
        """One step of the bank with a try's money; what it pays twice is kept apart until something comes back."""
        if name in _ON_A_WORD:
            _ON_A_WORD[name](self, fen, sending)
            return
        twice = self._not_to_be_paid(name, fen, sending)
        if fen > twice:
            getattr(self.account, name)(fen - twice)
        if name in {"fail", "give_back"}:
            self.stand_in()

    def _recover(self, fen: int, sending: int) -> None:
        """So much came back from whoever had it, on a paper."""
        self._less(sending, fen)
        self.account.regained(fen)

    def _pay_besides(self, fen: int, sending: int) -> None:
        """The bank paid so much that no line of ours asked for."""
        self.besides[sending] = self.besides.get(sending, 0) + fen
        self.account.overpaid(fen)
        self.stand_in()

    def _reverse(self, fen: int, sending: int) -> None:
        """The bank took so much of that back; what had come back before, or is the payment now, is owed again."""
        open_ = min(fen, self.besides.get(sending, 0))
        if open_:
            self._less(sending, open_)
            self.account.overpaid(-open_)
        if fen > open_:
            self.account.give_back(fen - open_)
            self.stand_in()

    def _not_to_be_paid(self, name: str, fen: int, sending: int) -> int:
        """How much of it does not belong to the payment."""
        if name == "send":
            twice = max(0, fen - self.account.payable)
            if twice:
                self.surplus[sending] = twice
        elif name == "credit":
            twice = self.surplus.pop(sending, 0)
            if twice:
                self.besides[sending] = self.besides.get(sending, 0) + twice
                self.account.overpaid(twice)
        elif name == "fail":
            twice = self.surplus.pop(sending, 0)
        else:
            twice = self.besides.pop(sending, 0)
            self.account.overpaid(-twice)
        return twice

    def stand_in(self) -> None:
        """Where money is to be paid that the bank has paid besides, that is the payment: nothing is paid again."""
        for sending, twice in list(self.besides.items()):
            part = min(twice, self.account.payable)
            if part:
                self.account.send(part)
                self.account.credit(part)
                self.account.overpaid(-part)
                self._less(sending, part)

    def _less(self, sending: int, fen: int) -> None:
        left = self.besides.get(sending, 0) - fen
        if left < 0:
            raise ValueError(fen)
        self.besides[sending] = left
        if not left:
            del self.besides[sending]


# What happens to money that the bank paid besides, on papers and on its own word.
_ON_A_WORD: Mapping[str, Callable[[Purse, int, int], None]] = {
    "recover": Purse._recover,
    "pay_besides": Purse._pay_besides,
    "reverse": Purse._reverse,
}


@dataclass
class Money:
    """One month of one person: a purse for each run that granted something of it, in the order of granting.

    A later run may grant the month in another town or budget year; what was granted before stays booked
    where it was.
    """

    purses: dict[int, Purse] = field(default_factory=dict)

    def grant(self, run: int, town: int, year: int, fen: int) -> None:
        """An item of an approved run; what is claimed, waits or was paid besides of the month falls first.

        It falls where it is booked.
        """
        if fen < 0:
            self._reduce(-fen)
            return
        left = fen
        for purse in self._newest_first():
            account = purse.account
            owing = account.waiting + account.open_claims + sum(purse.besides.values())
            mended = min(left, owing)
            if mended:
                account.grant(mended)
                purse.stand_in()
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
class Told:
    """Something that happened to months of a person, and when: an item of a *run*, or steps of a *sending*.

    *cause* is what its movements are booked under, where that is asked.
    """

    at: Any
    rank: int
    person: int
    run: int
    months: tuple[tuple[int, int], ...]
    moves: tuple[str, ...] = ()
    town: int = 0
    year: int = 0
    sending: int = 0
    cause: str = ""


def replayed(
    told: Iterable[Told],
    money: MutableMapping[Key, Money],
    *,
    months: Container[int] | None = None,
) -> Iterator[Told]:
    """Let everything happen to the *money* in its order, and yield each event when it has; only in these *months*."""
    for event in sorted(told, key=lambda item: (item.at, item.rank)):
        for month, fen in event.months:
            if months is not None and month not in months:
                continue
            of = money[event.person, month]
            if not event.moves:
                of.grant(event.run, event.town, event.year, fen)
            for step in event.moves:
                of.purses[event.run].step(step, fen, event.sending)
        yield event


def spread(fen: int, months: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of which months so many fen are that the bank paid besides of a try with these *months*.

    From the last month backwards no more than each is; what exceeds all of them is of the last. So it stands in
    for as much as possible, should the payment itself come back.

    >>> spread(250, [(1, 100), (2, 100), (3, 100)])
    [(1, 50), (2, 100), (3, 100)]
    >>> spread(350, [(1, 100), (2, 100), (3, 100)])
    [(1, 100), (2, 100), (3, 150)]
    """
    found: list[tuple[int, int]] = []
    left = fen
    for month, most in sorted(months, reverse=True):
        part = min(left, most)
        if part:
            found.append((month, part))
            left -= part
    if left:
        last, part = found[0]
        found[0] = (last, part + left)
    return found[::-1]


def answered(
    lines: Iterable[tuple[Any, BankLine]], *, state: TryState = TryState.SENT
) -> Iterator[tuple[Any, tuple[str, ...]]]:
    """File after file what the lines of one try do to its money.

    *state* is where it stood before: failed, where the bank had refused its whole file.
    """
    heard: list[BankLine] = []
    for at, line in sorted(lines, key=lambda told: told[0]):
        heard.append(line)
        after = state_of_try(heard)
        if after is TryState.SENT:  # “in process” says nothing new, of what had failed neither
            after = state
        if (state, after) in _STEPS:
            yield at, _STEPS[state, after]
        state = after
