"""The rates a closed run tells, each as a numerator over a denominator that nothing can leave.

Failed, returned and held items stay among what was due; who stands on the list stays among those
entitled. So adding a failure never raises a rate.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal

_CENT = Decimal("0.01")
_ALL = Decimal(100)


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many, people or fen."""

    numerator: int
    denominator: int

    @property
    def percent(self) -> Decimal | None:
        """In per cent, cut to two decimals: one miss among a million is not 100. None of nothing."""
        if not self.denominator:
            return None
        share = _ALL * self.numerator / self.denominator
        return share.quantize(_CENT, rounding=ROUND_DOWN)

    def __add__(self, other: Rate) -> Rate:
        return Rate(self.numerator + other.numerator, self.denominator + other.denominator)


@dataclass(frozen=True, slots=True)
class ItemResult:
    """One item as it ended: what should have been, what was paid, when it was due and credited.

    *right* says of a credited item that person, amount and account were right by what was to be known.
    """

    should: int
    due_on: date
    credited_on: date | None = None
    paid: int = 0
    right: bool = True


def timely(results: Iterable[ItemResult]) -> Rate:
    """及时率: items credited by their due day, of all items due; reductions are none."""
    due = [result for result in results if result.should > 0]
    return Rate(
        sum(r.credited_on is not None and r.credited_on <= r.due_on for r in due), len(due)
    )


def right_items(results: Iterable[ItemResult]) -> Rate:
    """准确率 by items: credited ones that were right, of all credited ones."""
    credited = [result for result in results if result.credited_on is not None]
    return Rate(sum(r.right and r.paid == r.should for r in credited), len(credited))


def right_money(results: Iterable[ItemResult]) -> Rate:
    """准确率 by money: over- and under-payments add up, they do not cancel."""
    listed = list(results)
    should = sum(r.should for r in listed if r.should > 0)
    off = sum(abs(r.paid - max(r.should, 0)) for r in listed)
    return Rate(max(0, should - off), should)


def covered(entitled: Collection[str], paid: Collection[str]) -> Rate:
    """应补尽补率: who is entitled by somebody else's list and was paid, of all on the list."""
    return Rate(len(set(entitled) & set(paid)), len(set(entitled)))
