"""The law of one programme: dated values, and which of them hold in a month by what is known.

A value holds *since* a month and is known from the day it was *issued*: the notice of 29 June
2023 holds since that month, but a run of the 5th could not know it.

    law.at(month(2023, 6), known_at=date(2023, 7, 5)).fen("orphan_in_community")
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any, Generic, TypeVar

from kaoji.benefits.months import Month, first_day, written_month
from kaoji.core.speech import Sentence, say

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Status(StrEnum):
    """How sure a value is: read in its source, found second-hand, or our own choice."""

    SEEN = "seen"
    UNVERIFIED = "unverified"
    CHOSEN = "chosen"


class Late(StrEnum):
    """How far back a fact may reach that is heard late."""

    CLAIM = "claim"
    ARREAR = "arrear"
    FROM_DECISION = "from_decision"
    FROM_APPLICATION = "from_application"
    NEXT_MONTH = "next_month"
    ASK = "ask"


@dataclass(frozen=True, eq=False)
class Dated(Generic[T_co]):
    """One value of the law, itself and no other. *claims*: it lowers even months already granted, by its *article*."""

    since: Month
    value: T_co
    source: str
    status: Status
    issued: date | None = None
    claims: bool = False
    article: str = ""
    note: str = ""

    @property
    def known_on(self) -> date:
        """The first day on which anybody could know it."""
        return self.issued or first_day(self.since)


@dataclass(frozen=True)
class LateFact:
    """For one kind of fact: what happens when it is heard late and means less, or more."""

    less: Late
    more: Late

    @property
    def unlimited(self) -> bool:
        """Does it reach as far back as it is true, whichever way it turns the amount?"""
        return self.less is Late.CLAIM and self.more is Late.ARREAR


@dataclass(frozen=True)
class LookBack:
    """How far back a run, or an application, reaches: so many months, or down to one month."""

    months: int | None = None
    floor: Month | None = None

    def start(self, period: Month) -> Month:
        """The first month in reach from *period*."""
        return (
            Month(period - self.months) if self.months is not None else Month(self.floor or 0)
        )


class NotInForce(LookupError):
    """The law has no such value in that month, by what was known."""

    def __init__(self, title: str, of: Month) -> None:
        self.sentence: Sentence = say(
            "没有收录 {month} 的“{title}”", month=written_month(of), title=title
        )
        super().__init__(str(self.sentence))


@dataclass(frozen=True, eq=False)
class Law:
    """All values of a programme. *needs* are the facts its rule cannot do without, *uses* the others."""

    programme: str
    title: str
    needs: tuple[str, ...]
    uses: tuple[str, ...]
    amounts: Mapping[str, tuple[Dated[int], ...]]
    amount_titles: Mapping[str, str]
    bands: tuple[Dated[Mapping[int, int]], ...]
    settings: Mapping[str, tuple[Dated[Any], ...]]
    digest: str = field(default="", compare=False)

    @property
    def said(self) -> Sentence:
        """What people call the programme."""
        title = self.title
        return say(title)

    def at(self, of: Month, *, known_at: date) -> LawInMonth:
        """What holds in a month, by what was known on a day."""
        return _in_month(self, of, known_at)

    def versions(self, of: Month, *, granted: date, known_at: date) -> tuple[LawInMonth, ...]:
        """The law of a month as it stood at its first grant and changed until *known_at*, newest last.

        What a person was once promised is not lowered by a later value alone; only a value that
        *claims* cuts off those before it.
        """
        return _versions(self, of, granted, known_at)

    def with_amount(self, name: str, *values: Dated[int]) -> Law:
        """The same law with more values of one amount: for a change, and for its preview."""
        changed = {**self.amounts, name: (*self.amounts.get(name, ()), *values)}
        return sealed(replace(self, amounts=changed))

    def values(self) -> Iterator[tuple[str, Dated[Any]]]:
        """Every value by its name, amounts first."""
        for name, dated in self.amounts.items():
            yield from ((self.amount_titles.get(name, name), value) for value in dated)
        yield from (("bands", value) for value in self.bands)
        for name, dated in self.settings.items():
            yield from ((name, value) for value in dated)

    def changed(self, *, after: date, until: date) -> bool:
        """Did anybody learn of a value after one day and until another?"""
        return any(after < value.known_on <= until for _name, value in self.values())

    def unverified(self, *, period: Month, known_at: date) -> tuple[str, ...]:
        """Names of the values in force that nobody has seen in their source: a run must say so."""
        law = self.at(period, known_at=known_at)
        found = [
            self.amount_titles.get(name, name)
            for name, value in law.amounts.items()
            if value.status is Status.UNVERIFIED
        ]
        if law.bands is not None and law.bands.status is Status.UNVERIFIED:
            found.append("bands")
        return (
            *found,
            *(n for n, value in law.settings.items() if value.status is Status.UNVERIFIED),
        )


@dataclass(frozen=True, eq=False)
class LawInMonth:
    """The values that hold in one month by what was known on one day."""

    law: Law
    month: Month
    known_at: date
    amounts: Mapping[str, Dated[int]]
    bands: Dated[Mapping[int, int]] | None
    settings: Mapping[str, Dated[Any]]

    def fen(self, name: str) -> Dated[int]:
        """The amount of that name. Raises NotInForce."""
        if name not in self.amounts:
            raise NotInForce(self.law.amount_titles.get(name, name), self.month)
        return self.amounts[name]

    def band(self, age: int) -> tuple[int, int] | None:
        """The band of an age: from which age, how much; None below the lowest. Raises NotInForce."""
        if self.bands is None:
            raise NotInForce("bands", self.month)
        reached = None
        for start, fen in self.bands.value.items():  # from the youngest on
            if start > age:
                break
            reached = (start, fen)
        return reached

    def setting(self, name: str) -> Any:
        """The value of a setting. Raises NotInForce."""
        if name not in self.settings:
            raise NotInForce(name, self.month)
        return self.settings[name].value

    def word(self, name: str, otherwise: str = "") -> str:
        """A setting that is one word, or *otherwise* where the law says nothing."""
        found = self.settings.get(name)
        return otherwise if found is None else str(found.value)


def holding(values: Iterable[Dated[T]], of: Month, known_at: date) -> Dated[T] | None:
    """The newest value that had begun by a month and was known on a day."""
    known = [value for value in values if value.since <= of and value.known_on <= known_at]
    return max(known, key=lambda value: (value.since, value.known_on)) if known else None


@lru_cache(maxsize=4096)
def _in_month(law: Law, of: Month, known_at: date) -> LawInMonth:
    begun, issued = _edges(law)
    held = _held(law, bisect_right(begun, of), bisect_right(issued, known_at))
    return LawInMonth(law, of, known_at, *held)


@lru_cache(maxsize=64)
def _edges(law: Law) -> tuple[list[Month], list[date]]:
    """Every month in which a value begins, every day on which one becomes known, in order."""
    values = [value for _name, value in law.values()]
    return sorted({v.since for v in values}), sorted({v.known_on for v in values})


Held = tuple[
    Mapping[str, Dated[int]], Dated[Mapping[int, int]] | None, Mapping[str, Dated[Any]]
]


@lru_cache(maxsize=1024)
def _held(law: Law, begun: int, issued: int) -> Held:
    """The values that hold between two edges; the same for many months and days."""
    starts, days = _edges(law)
    of = starts[begun - 1] if begun else Month(-1)
    known_at = days[issued - 1] if issued else date.min
    amounts = {name: holding(values, of, known_at) for name, values in law.amounts.items()}
    settings = {name: holding(values, of, known_at) for name, values in law.settings.items()}
    return (
        {name: value for name, value in amounts.items() if value is not None},
        holding(law.bands, of, known_at),
        {name: value for name, value in settings.items() if value is not None},
    )


@lru_cache(maxsize=4096)
def _versions(law: Law, of: Month, granted: date, known_at: date) -> tuple[LawInMonth, ...]:
    paid: list[Dated[object]] = [*law.bands]
    for values in law.amounts.values():
        paid += values
    issued = {v.known_on for v in paid if v.since <= of and granted < v.known_on <= known_at}
    forced = [v.known_on for v in paid if v.claims and v.since <= of and v.known_on <= known_at]
    days = sorted({min(granted, known_at), *issued})
    kept = [day for day in days if not forced or day >= max(forced)]
    return tuple(law.at(of, known_at=day) for day in (*kept[:-1], known_at))


def sealed(law: Law) -> Law:
    """The law with the digest of all its values: a run names by which law it reckoned."""
    plain = {
        "programme": law.programme,
        "needs": law.needs,
        "uses": law.uses,
        "amounts": {name: [_plain(v) for v in values] for name, values in law.amounts.items()},
        "bands": [_plain(value) for value in law.bands],
        "settings": {n: [_plain(v) for v in values] for n, values in law.settings.items()},
    }
    canonical = json.dumps(plain, ensure_ascii=False, sort_keys=True, default=str)
    return replace(law, digest=hashlib.sha256(canonical.encode()).hexdigest())


def _plain(value: Dated[Any]) -> dict[str, object]:
    return {
        "since": written_month(value.since),
        "issued": str(value.issued or ""),
        "value": _canonical(value.value),
        "claims": value.claims,
        "source": value.source,
        "status": value.status.value,
    }


def _canonical(value: object) -> object:
    if isinstance(value, Mapping):
        return [[str(key), _canonical(value[key])] for key in sorted(value)]
    return value if isinstance(value, int | str) else repr(value)
