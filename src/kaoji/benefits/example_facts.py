"""Read what is said of a person in a worked example: `类别 社会散居孤儿 自 2018-05 至 2020-06`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from kaoji.benefits.facts import ALWAYS_KNOWN, Fact
from kaoji.benefits.kinds import UnusableFact, Value, kind_called, kinds
from kaoji.benefits.months import UnreadableMonth, first_day, last_day, read_month
from kaoji.core.period import UnreadableDate, read_date
from kaoji.core.speech import say

_FACT = re.compile(
    r"(?:(?P<about>[^\s;·]+)·)?(?P<kind>[^\s;·]+)(?:\s+(?P<value>(?!自\s|至\s)\S+))?"
    r"(?:\s+自\s+(?P<since>\S+))?(?:\s+至\s+(?P<until>\S+))?$"
)


@dataclass(frozen=True)
class Telling:
    """When and how the office learns something: that is the same for all facts of a statement."""

    known_at: date = ALWAYS_KNOWN
    received_on: date | None = None
    asked_on: date | None = None
    decided_on: date | None = None


def read_fact(text: str, number: int, telling: Telling) -> Fact:
    """Make a fact of its text. Raises UnusableFact with a sentence that names the cure."""
    found = _FACT.match(text.strip())
    if not found:
        raise UnusableFact(
            say(
                "“{text}”读不出；请写“种类 值 自 2023-06”，例如“类别 社会散居孤儿 自 2018-05”",
                text=text.strip(),
            )
        )
    kind = kind_called(found["kind"])
    if kind.of_member != bool(found["about"]):
        raise UnusableFact(
            say(
                "“{kind}”说的是家庭成员时写“姓名·{kind}”，例如“大宝·成员 2011-03-02”",
                kind=kind.said,
            )
        )
    written = found["value"] or ("给予" if kind.name == "grant" else None)
    if written is None:
        raise UnusableFact(say("“{kind}”后面请写出值", kind=kind.said))
    value: Value = kind.read(written)
    since = (
        value
        if kind.dated_by_value and isinstance(value, date)
        else _day(found["since"], last=False)
    )
    return Fact(
        number=number,
        kind=kind.name,
        value=value,
        since=since if since is not None else ALWAYS_KNOWN,
        until=_day(found["until"], last=True),
        known_at=telling.known_at,
        received_on=telling.received_on,
        asked_on=telling.asked_on,
        decided_on=telling.decided_on,
        about=found["about"] or "",
    )


def corrected(fact: Fact, before: Sequence[Fact]) -> Fact:
    """The fact as a correction of the newest one of its kind. Raises UnusableFact without one."""
    earlier = [k for k in before if (k.kind, k.about) == (fact.kind, fact.about)]
    if not earlier:
        raise UnusableFact(say("此前没有“{kind}”可更正", kind=kinds()[fact.kind].said))
    return replace(fact, replaces=earlier[-1].number)


def withdrawn(fact: Fact, before: Sequence[Fact]) -> Fact:
    """The fact as the withdrawal of the same statement. Raises UnusableFact without one."""
    said = (fact.kind, fact.about, fact.value, fact.since)
    same = [k for k in before if (k.kind, k.about, k.value, k.since) == said]
    if not same:
        raise UnusableFact(
            say("此前没有这条“{kind}”可撤回；请照原文写", kind=kinds()[fact.kind].said)
        )
    return replace(fact, value=None, replaces=same[-1].number)


def _day(text: str | None, *, last: bool) -> date | None:
    if text is None:
        return None
    try:
        month = read_month(text)
    except UnreadableMonth:
        try:
            return read_date(text)
        except UnreadableDate as unreadable:
            raise UnusableFact(
                say("“{text}”不是月份或日期；请写成 2023-06 或 2023-06-15", text=text)
            ) from unreadable
    return last_day(month) if last else first_day(month)
