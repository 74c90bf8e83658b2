"""Read a worked example; whatever cannot be read is met with a sentence that names line and cure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from kaoji.benefits.entitlement import Programme
from kaoji.benefits.example_facts import Telling, corrected, read_fact, withdrawn
from kaoji.benefits.examples import (
    Batch,
    Example,
    ExpectedItem,
    ExpectedQuestion,
    OtherOwes,
    SentBack,
    Statement,
    Told,
    UnreadableExample,
)
from kaoji.benefits.facts import Fact
from kaoji.benefits.fen import UnreadableFen, read_fen
from kaoji.benefits.kinds import UnusableFact, kinds
from kaoji.benefits.law import NotInForce
from kaoji.benefits.months import Month, UnreadableMonth, first_day, months_between, read_month
from kaoji.benefits.run import ITEM_NAMES, ItemKind, first_month
from kaoji.core.period import UnreadableDate, read_date
from kaoji.core.speech import Sentence, say
from kaoji.core.width import narrow

_STATEMENT = re.compile(
    r"(?P<verb>[^\s(:]+)(?:\s+(?P<of>[^(:]+?))?\s*(?:\((?P<note>[^)]*)\))?\s*:\s*(?P<rest>.*)$"
)
_MONTH_OF = re.compile(
    r"(?P<who>\S+)\s+(?P<first>\d{4}-\d{2})(?:\s+至\s+(?P<last>\d{4}-\d{2}))?"
)
_ITEM = re.compile(
    _MONTH_OF.pattern
    + r"\s*=\s*(?:每月\s*)?(?P<fen>[-+]?[\d,.]+)(?:\s*(?P<kind>应发|补发|核减))?$"
)
_SETTLED = {
    "cancelled": re.compile(r"未到账\s*(?P<fen>[\d,.]+)\s*撤销$"),
    "switched": re.compile(r"抵\S*\s+(?:\d{4}-\d{2}\s+)?(?P<fen>[\d,.]+)$"),
    "claimed": re.compile(r"余\s*(?P<fen>[\d,.]+)\s*追缴$"),
    "reversed": re.compile(r"追缴冲回\s*(?P<fen>[\d,.]+)$"),
}
_QUESTION = re.compile(r"(?P<who>\S+)\s+待核$")
_NONE = "无"


class ExampleReader:
    """Reads one block, line after line, and numbers the facts as they come."""

    def __init__(self, programmes: Mapping[str, Programme], *, first_line: int = 1) -> None:
        self._programmes = programmes
        self._programme: Programme | None = None
        self._line = first_line - 1
        self._facts: dict[str, list[Fact]] = {}
        self._number = 0

    def read(self, text: str) -> Example:
        """The example of a block. Raises UnreadableExample."""
        statements: list[Statement] = []
        for line in text.splitlines():
            self._line += 1
            plain = narrow(line.split("#", 1)[0]).strip()
            if plain:
                try:
                    statements += self._statement(plain)
                except _UNREADABLE as fault:
                    raise UnreadableExample(self._line, fault.sentence) from fault
        if self._programme is None:
            raise UnreadableExample(self._line, say("没有写项目；第一行请写“项目: 名称”"))
        return Example(self._programme, tuple(statements))

    @property
    def programme(self) -> Programme:
        """The programme that the block has named."""
        if self._programme is None:
            raise self._fault(say("没有写项目；第一行请写“项目: 名称”"))
        return self._programme

    def _statement(self, line: str) -> Iterable[Statement]:
        found = _STATEMENT.match(line)
        verb = found["verb"] if found else ""
        if not found or verb not in _VERBS:
            raise self._fault(
                say(
                    "“{text}”读不出；一行以这些词开头：{known}，后接冒号",
                    text=line,
                    known="、".join(_VERBS),
                )
            )
        if verb != "项目" and self._programme is None:
            raise self._fault(say("没有写项目；第一行请写“项目: 名称”"))
        read = _VERBS[verb]
        return read(
            self, (found["of"] or "").strip(), found["note"] or "", found["rest"].strip()
        )

    def _project(self, of: str, note: str, rest: str) -> Iterator[Statement]:
        for name, programme in self._programmes.items():
            if rest in {name, programme.law.title}:
                self._programme = programme
                return iter(())
        known = "、".join(programme.law.title for programme in self._programmes.values())
        raise self._fault(say("不认识项目“{text}”；可以写：{known}", text=rest, known=known))

    def _person(self, who: str, note: str, rest: str) -> Iterator[Statement]:
        facts = tuple(self._fact(who, part, Telling()) for part in _parts(rest))
        yield Told(self._line, who, facts)

    def _heard(self, of: str, note: str, rest: str) -> Iterator[Statement]:
        yield self._told(rest, self._telling(of, note))

    def _decided(self, of: str, note: str, rest: str) -> Iterator[Statement]:
        telling = self._telling(of, note)
        yield self._told(rest, replace(telling, decided_on=telling.received_on))

    def _corrected(self, of: str, note: str, rest: str) -> Iterator[Statement]:
        yield self._told(rest, self._telling(of, note), corrected)

    def _withdrawn(self, of: str, note: str, rest: str) -> Iterator[Statement]:
        yield self._told(rest, self._telling(of, note), withdrawn)

    def _asked(self, of: str, note: str, rest: str) -> Iterator[Statement]:
        yield from self._granted(of, note, rest, claimed="application")

    def _listed(self, of: str, note: str, rest: str) -> Iterator[Statement]:
        yield from self._granted(of, note, rest, claimed="list")

    def _granted(self, of: str, note: str, rest: str, *, claimed: str) -> Iterator[Statement]:
        asked = read_date(of)
        known = self._noted(note, "决定于") or asked
        law = self.programme.law.at(first_month_of(asked), known_at=known)
        if law.word("claimed") != claimed:
            way = {"application": "申请", "list": "名单", "decision": "决定"}[
                law.word("claimed")
            ]
            raise self._fault(say("这一项目 {day} 起以“{way}”开始；请改写", day=of, way=way))
        since = first_month(self.programme, asked_on=asked, decided_on=known)
        for who in rest.split():
            self._number += 1
            fact = Fact(
                self._number,
                "grant",
                "given",
                first_day(since),
                known_at=known,
                received_on=asked,
                asked_on=asked,
                decided_on=known,
            )
            self._facts.setdefault(who, []).append(fact)
            yield Told(self._line, who, (fact,))

    def _sent_back(self, of: str, note: str, rest: str) -> Iterator[Statement]:
        for part in _parts(rest):
            who, months = self._months(part)
            yield from (SentBack(self._line, who, month) for month in months)

    def _owed(self, of: str, note: str, rest: str) -> Iterator[Statement]:
        other = str(kinds()["excluded_by"].read(of))
        for item in self._items(rest)[0]:
            yield OtherOwes(self._line, item.beneficiary, other, item.month, item.fen)

    def _batch(self, of: str, note: str, rest: str) -> Iterator[Statement]:
        first, _, last = (part.strip() for part in of.partition("至"))
        expected, questions = self._items(rest)
        said = None if not rest else expected
        for period in months_between(read_month(first), read_month(last or first)):
            known = self._noted(note, "已知于") or self._pay_day(period)
            yield Batch(self._line, period, known, said, questions)

    def _pay_day(self, period: Month) -> date:
        law = self.programme.law.at(period, known_at=first_day(period))
        return first_day(period).replace(day=law.setting("pay_day"))

    def _items(
        self, rest: str
    ) -> tuple[tuple[ExpectedItem, ...], tuple[ExpectedQuestion, ...]]:
        items: list[ExpectedItem] = []
        questions: list[ExpectedQuestion] = []
        for part in _parts(rest):
            if question := _QUESTION.match(part):
                questions.append(ExpectedQuestion(self._line, question["who"]))
            elif settled := self._settled(part):
                if not items:
                    raise self._fault(say("“{text}”前面没有核减或补发", text=part))
                items[-1] = replace(items[-1], **settled)
            elif part != _NONE:
                items += self._item(part)
        return tuple(item for item in items if item.fen), tuple(questions)

    def _settled(self, part: str) -> dict[str, Any] | None:
        for name, pattern in _SETTLED.items():
            if found := pattern.match(part):
                return {name: read_fen(found["fen"])}
        return None

    def _item(self, part: str) -> Iterator[ExpectedItem]:
        found = _ITEM.match(part)
        if not found:
            raise self._fault(
                say(
                    "“{text}”读不出；请写“甲 2023-06 = 1,900.00”，补发、核减写在金额后",
                    text=part,
                )
            )
        who, months = self._months(part)
        named = {ITEM_NAMES[kind]: kind for kind in ItemKind}
        kind = named.get(found["kind"] or "")
        for month in months:
            yield ExpectedItem(self._line, who, month, read_fen(found["fen"]), kind)

    def _months(self, part: str) -> tuple[str, Iterator[Month]]:
        found = _MONTH_OF.match(part)
        if not found:
            raise self._fault(say("“{text}”读不出；请写“甲 2023-06”", text=part))
        if found["who"] not in self._facts:
            raise self._fault(say("没有“{who}”；请先写“人员 {who}: …”", who=found["who"]))
        first = read_month(found["first"])
        return found["who"], months_between(first, read_month(found["last"] or found["first"]))

    def _told(
        self,
        rest: str,
        telling: Telling,
        turned: Callable[[Fact, list[Fact]], Fact] = lambda fact, before: fact,
    ) -> Told:
        who, _, said = rest.partition(" ")
        before = list(self._facts.get(who, ()))
        facts = []
        for part in _parts(said):
            fact = turned(self._fact(who, part, telling, keep=False), before)
            self._facts.setdefault(who, []).append(fact)
            facts.append(fact)
        return Told(self._line, who, tuple(facts))

    def _fact(self, who: str, part: str, telling: Telling, *, keep: bool = True) -> Fact:
        self._number += 1
        fact = read_fact(part, self._number, telling)
        if keep:
            self._facts.setdefault(who, []).append(fact)
        return fact

    def _telling(self, of: str, note: str) -> Telling:
        known = read_date(of)
        return Telling(known, self._noted(note, "收到于") or known)

    def _noted(self, note: str, word: str) -> date | None:
        if not note.strip():
            return None
        said, _, day = note.strip().partition(" ")
        if said != word:
            raise self._fault(say("括号里请写“{word} 2023-07-05”", word=word))
        return read_date(day.strip())

    def _fault(self, sentence: Sentence) -> UnusableFact:
        return UnusableFact(sentence)


def first_month_of(day: date) -> Month:
    """The month of a day, for looking up what held on it."""
    return read_month(f"{day.year:04d}-{day.month:02d}")


def _parts(rest: str) -> list[str]:
    return [part.strip() for part in rest.split(";") if part.strip()]


_UNREADABLE = (UnusableFact, UnreadableDate, UnreadableMonth, UnreadableFen, NotInForce)
_VERBS: Mapping[str, Callable[[ExampleReader, str, str, str], Iterable[Statement]]] = {
    "项目": ExampleReader._project,
    "人员": ExampleReader._person,
    "得知": ExampleReader._heard,
    "决定": ExampleReader._decided,
    "更正": ExampleReader._corrected,
    "撤回": ExampleReader._withdrawn,
    "申请": ExampleReader._asked,
    "名单": ExampleReader._listed,
    "退回": ExampleReader._sent_back,
    "另发": ExampleReader._owed,
    "批次": ExampleReader._batch,
}
