"""What a check may look at: the items of a run and what stands beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from kaoji.benefits.law import Law
from kaoji.benefits.months import Month, month_of
from kaoji.benefits.run import Item, Run
from kaoji.core.speech import Sentence


@dataclass(frozen=True)
class Person:
    """As little of a beneficiary as the checks need. *identity* is the same for the same person."""

    identity: str
    birth: date
    id_number: str


@dataclass(frozen=True)
class AccountChange:
    """The account was this one from a day on."""

    on: date
    account: str


@dataclass(frozen=True)
class PayeeAccount:
    """Who receives for a beneficiary, and where. *account* and *holder* are compared, never shown.

    *name* is the payee's own; *confirmed* is what the bank's exchange said: True, False, or None
    while it has not answered. An *institution* may receive for many.
    """

    payee: str
    name: str
    holder: str
    account: str
    confirmed: bool | None = None
    institution: bool = False
    changes: tuple[AccountChange, ...] = ()


@dataclass(frozen=True)
class FailedLine:
    """A line that the bank could not pay and that has not been sent again."""

    beneficiary: str
    failed_on: date


@dataclass(frozen=True)
class RunUnderCheck:
    """A run with everything beside it; what was not asked for is None or empty.

    *unfit* tells of whom which bank's file cannot hold the line: the layout's title, and why.
    """

    run: Run
    law: Law
    today: date
    items: tuple[Item, ...]
    persons: Mapping[str, Person]
    payees: Mapping[str, PayeeAccount]
    deaths: Mapping[str, date] = field(default_factory=dict)
    left_city: Mapping[str, date] = field(default_factory=dict)
    others: Mapping[tuple[str, Month], frozenset[str]] = field(default_factory=dict)
    recomputed: Mapping[tuple[str, Month], int] | None = None
    listed: frozenset[str] | None = None
    granted: frozenset[str] = frozenset()
    granted_before: Mapping[tuple[str, Month], int] = field(default_factory=dict)
    failed: tuple[FailedLine, ...] = ()
    unfit: Mapping[str, tuple[tuple[Sentence, Sentence], ...]] = field(default_factory=dict)
    open_claims: Mapping[str, int] = field(default_factory=dict)
    budget_left: int | None = None

    @property
    def positive(self) -> tuple[Item, ...]:
        """The items that pay something."""
        return tuple(item for item in self.items if item.fen > 0)

    def paid_after(self, ends: Mapping[str, date]) -> Iterator[tuple[Item, date]]:
        """The items that pay somebody for a month after an end that a list tells, with the day of it."""
        for item in self.positive:
            ended = ends.get(item.beneficiary)
            if ended is not None and self.stopped(item.month, ended):
                yield item, ended

    def stopped(self, of: Month, ended: date) -> bool:
        """Is nothing due in a month after an end on that day, by the law of the month?"""
        law = self.law.at(of, known_at=self.run.as_known_at)
        last = month_of(ended) - (law.word("leaves") == "same_month")
        return of > last

    @property
    def paid(self) -> tuple[str, ...]:
        """Everybody whom the run pays, each once, in order."""
        return tuple(dict.fromkeys(item.beneficiary for item in self.positive))
