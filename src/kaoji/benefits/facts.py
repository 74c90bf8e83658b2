"""What is known of one person or household, and which of it holds in a month.

Facts are only ever added. Each says since when it is true, since when the office knows it, and
when the paper was in hand. Of a level (a grade, a category, a town) the one holds that began
last; only a fact that *replaces* a named one overrules it, and the day of knowing decides ties:
so an old certificate that is typed late cannot push aside a newer one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from operator import attrgetter

from kaoji.benefits.kinds import UnusableFact, Value, kinds
from kaoji.benefits.months import Month, month_of
from kaoji.core.speech import say

ALWAYS_KNOWN = date(1900, 1, 1)
"""The day of knowing of what was on record before the first run."""

_told = attrgetter("known_at", "number")


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement. *until* is the last day on which it is true; *value* None takes back *replaces*.

    *about* is the member of a household of whom it is said. *known_at* is the day on which the office
    learned it, and *number* tells the order within a day: numbers only ever grow. Who freezes a run at
    an instant hands over no fact that came later that day.
    """

    number: int
    kind: str
    value: Value
    since: date
    until: date | None = None
    known_at: date = ALWAYS_KNOWN
    received_on: date | None = None
    asked_on: date | None = None
    decided_on: date | None = None
    replaces: int | None = None
    source: str = ""
    about: str = ""

    @property
    def decided(self) -> date:
        """The day of the decision; without one, the day on which the paper was in hand."""
        told = self.since if self.known_at == ALWAYS_KNOWN else self.known_at
        return self.decided_on or self.received_on or told

    @property
    def asked(self) -> date:
        """The day of the application; without one, of the decision."""
        return self.asked_on or self.decided

    @property
    def told(self) -> tuple[date, int]:
        """Its place in the order in which the office learned things."""
        return (self.known_at, self.number)


def corrected(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Of what happens only once, as a birth, each statement replaces the one before it: that was wrong."""
    found: list[Fact] = []
    before: dict[str, int] = {}
    for fact in sorted(facts, key=_told):
        if kinds()[fact.kind].once:
            replaced = before.get(fact.kind)
            if replaced is not None:
                fact = replace(fact, replaces=replaced)
            before[fact.kind] = fact.number
        found.append(fact)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Dossier:
    """All facts of one beneficiary."""

    beneficiary: str
    facts: tuple[Fact, ...]

    def known(self, at: date) -> list[Fact]:
        """What was known at the end of a day, in the order of learning."""
        return sorted((fact for fact in self.facts if fact.known_at <= at), key=_told)

    def checked(self) -> Dossier:
        """The same dossier; raises UnusableFact when a fact contradicts itself."""
        by_number = {fact.number: fact for fact in self.facts}
        if len(by_number) < len(self.facts):
            raise UnusableFact(say("{who}：两条事实编号相同", who=self.beneficiary))
        for fact in self.facts:
            _check(fact, by_number, self.beneficiary)
        return self


def _check(fact: Fact, by_number: Mapping[int, Fact], who: str) -> None:
    if fact.kind not in kinds():
        raise UnusableFact(say("{who}：不认识事实“{kind}”", who=who, kind=fact.kind))
    title = kinds()[fact.kind].said
    if fact.until is not None and fact.until < fact.since:
        raise UnusableFact(
            say(
                "{who}：{kind}止于 {until}，早于开始 {since}；请核对两个日期",
                who=who,
                kind=title,
                until=fact.until,
                since=fact.since,
            )
        )
    if fact.received_on is not None and fact.received_on > fact.known_at:
        raise UnusableFact(
            say(
                "{who}：{kind}收到于 {received}，晚于录入 {known}；请核对收到日期",
                who=who,
                kind=title,
                received=fact.received_on,
                known=fact.known_at,
            )
        )
    replaced = by_number.get(fact.replaces) if fact.replaces is not None else None
    if fact.replaces is not None and (replaced is None or replaced.told >= fact.told):
        raise UnusableFact(say("{who}：{kind}所改的事实不在此前的记录中", who=who, kind=title))
    if fact.value is None and fact.replaces is None:
        raise UnusableFact(say("{who}：{kind}没有值；请写出值", who=who, kind=title))


def in_force(facts: Iterable[Fact]) -> list[Fact]:
    """Facts that no other one of them replaces; who replaces may itself be replaced."""
    listed = list(facts)
    if all(fact.replaces is None for fact in listed):
        return listed
    latest_first = sorted(listed, key=_told, reverse=True)
    overruled: set[int] = set()
    for fact in latest_first:
        if fact.replaces is not None and fact.number not in overruled:
            overruled.add(fact.replaces)
    return [f for f in latest_first if f.number not in overruled and f.value is not None]


@dataclass(frozen=True, slots=True)
class Counting:
    """In which month facts begin and cease to count: the law's *enters* and *leaves*."""

    enters: str = "any_day"
    leaves: str = "next_month"

    def first(self, fact: Fact) -> Month:
        """The first month in which a fact counts."""
        begun = month_of(fact.since)
        if fact.kind in _ending():
            return Month(begun + 1) if self.leaves == "next_month" else begun
        # A month belongs to the town of its first day, whoever moves on the second.
        first_day = self.enters == "first_day" or fact.kind == "town"
        late = self.enters == "next_month" or (first_day and fact.since.day > 1)
        return Month(begun + 1) if late else begun

    def last(self, fact: Fact) -> Month | None:
        """The last month in which a fact counts; None while it is open."""
        if fact.until is None:
            return None
        ended = month_of(fact.until)
        return ended if self.leaves == "next_month" else Month(ended - 1)


class FactsInForce:
    """What holds of one beneficiary, asked month by month."""

    __slots__ = ("_series",)

    def __init__(self, facts: Iterable[Fact], counting: Counting) -> None:
        series: dict[str, list[tuple[Month, tuple[date, int], Fact, Month | None]]] = {}
        several = _of_several()
        for fact in in_force(facts):
            name = fact.kind
            if fact.about or name in several:
                name = f"{name} {fact.about or fact.value}"
            entry = (counting.first(fact), fact.told, fact, counting.last(fact))
            series.setdefault(name, []).append(entry)
        for entries in series.values():
            if len(entries) > 1:
                entries.sort(key=lambda entry: entry[:2], reverse=True)
        self._series = series

    def holding(self, series: str, of: Month) -> Fact | None:
        """The fact of a kind that holds in a month: the one begun last, if it has not ended."""
        for first, _told_at, fact, last in self._series.get(series, ()):
            if first <= of:
                return fact if last is None or of <= last else None
        return None

    def value(self, kind: str, of: Month) -> Value:
        """What holds of a kind in a month; None when nothing does."""
        fact = self.holding(kind, of)
        return None if fact is None else fact.value

    def text(self, kind: str, of: Month) -> str | None:
        """The value of a kind whose values are words."""
        value = self.value(kind, of)
        return value if isinstance(value, str) else None

    def number(self, kind: str, of: Month) -> int | None:
        """The value of a kind whose values are whole numbers."""
        value = self.value(kind, of)
        return value if isinstance(value, int) else None

    def age(self, of: Month) -> int | None:
        """Whole years that count in a month; None without a day of birth, negative before it.

        A birthday of 29 February counts in February: only months are compared.
        """
        for first, _told_at, _fact, _last in self._series.get("birth", ()):
            return (of - first) // 12
        return None

    def of_members(self, kind: str, of: Month) -> list[tuple[str, Fact]]:
        """What holds of a kind in a month for each member of a household, by the member's name."""
        named = [name for name in self._series if name.startswith(f"{kind} ")]
        held = [self.holding(name, of) for name in named]
        return sorted((fact.about, fact) for fact in held if fact is not None)

    def of_kind(self, kind: str) -> Iterator[Fact]:
        """Every fact in force of one kind."""
        for entries in self._series.values():
            yield from (entry[2] for entry in entries if entry[2].kind == kind)


@cache
def _of_several() -> frozenset[str]:
    return frozenset(kind.name for kind in kinds().values() if kind.several)


@cache
def _ending() -> frozenset[str]:
    return frozenset(kind.name for kind in kinds().values() if kind.ends)
