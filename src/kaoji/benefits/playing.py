"""Play a worked example: run after run, what each grants, and where it differs from what is expected.

What stands in the 人员 lines was known before the first run; the months before it count as granted
by that knowledge, as an office takes over from its old system.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from kaoji.benefits.accounts import MonthAccount
from kaoji.benefits.examples import (
    Batch,
    Example,
    ExpectedItem,
    OtherOwes,
    SentBack,
    Told,
    UnreadableExample,
)
from kaoji.benefits.facts import ALWAYS_KNOWN, Dossier, Fact
from kaoji.benefits.fen import written_fen
from kaoji.benefits.kinds import UnusableFact
from kaoji.benefits.law import LookBack, NotInForce
from kaoji.benefits.months import Month, first_day, month_of, months_between, written_month
from kaoji.benefits.reckoning import Reading, Reckoning
from kaoji.benefits.reductions import Arrear, Ground, OwedByOther, Settlement
from kaoji.benefits.run import (
    Granted,
    Item,
    Question,
    Run,
    differences,
    last_month,
    reading_of,
)
from kaoji.core.speech import Sentence, say


@dataclass(frozen=True)
class PlayedItem:
    """An item, why the month is so much, and how a difference of an old month is settled."""

    item: Item
    reading: Reading
    settlement: Settlement | None = None
    arrear: Arrear | None = None


@dataclass(frozen=True)
class PlayedBatch:
    """A run as it went, and what was expected and did not come (or came unexpected)."""

    batch: Batch
    items: tuple[PlayedItem, ...]
    questions: tuple[Question, ...]
    misses: tuple[Sentence, ...]


@dataclass
class _Account:
    """What one beneficiary was granted, by month, and the money of each."""

    granted: dict[Month, Granted] = field(default_factory=dict)
    money: defaultdict[Month, MonthAccount] = field(
        default_factory=lambda: defaultdict(MonthAccount)
    )
    owed: defaultdict[Month, list[OwedByOther]] = field(
        default_factory=lambda: defaultdict(list)
    )


class Player:
    """Plays the statements of one example in order."""

    def __init__(self, example: Example) -> None:
        self._example = example
        self._programme = example.programme
        self._facts: defaultdict[str, list[Fact]] = defaultdict(list)
        self._accounts: dict[str, _Account] = {}
        self._opened = False

    def play(self) -> Iterator[PlayedBatch]:
        """Every run in order. Raises UnreadableExample where facts or law cannot carry it."""
        for statement in self._example.statements:
            try:
                if isinstance(statement, Batch):
                    yield self._run(statement)
                else:
                    self._take(statement)
            except (UnusableFact, NotInForce) as fault:
                raise UnreadableExample(statement.line, fault.sentence) from fault

    def _take(self, statement: Told | SentBack | OtherOwes) -> None:
        who = statement.beneficiary
        account = self._accounts.setdefault(who, _Account())
        if isinstance(statement, Told):
            self._facts[who] += statement.facts
            Dossier(who, tuple(self._facts[who])).checked()
        elif isinstance(statement, SentBack):
            money = account.money[statement.month]
            if money.received:
                money.give_back(money.received)
        else:
            account.owed[statement.month].append(
                OwedByOther(statement.programme, statement.fen)
            )

    def _run(self, batch: Batch) -> PlayedBatch:
        run = Run(batch.period, batch.known_at)
        if not self._opened:
            self._open(run)
        items: list[PlayedItem] = []
        questions: list[Question] = []
        for who in self._facts:
            dossier = Dossier(who, tuple(self._facts[who]))
            account = self._accounts[who]
            found = differences(self._programme, dossier, account.granted, run)
            reckoning = Reckoning(self._programme, dossier, run.as_known_at)
            for item in found.items:
                reading = reading_of(
                    reckoning, item.month, account.granted.get(item.month), run
                )
                items.append(self._settled(item, reading, account, run))
            questions += found.questions
        misses = tuple(_misses(batch, items, questions))
        return PlayedBatch(batch, tuple(items), tuple(questions), misses)

    def _open(self, run: Run) -> None:
        """Take over what was granted before the first run, by what was on record then."""
        self._opened = True
        before = Run(
            Month(run.period - 1), date.fromordinal(first_day(run.period).toordinal() - 1)
        )
        last = last_month(self._programme, before)
        law = self._programme.law
        back: LookBack = law.at(run.period, known_at=run.as_known_at).setting("look_back")
        for who, facts in self._facts.items():
            record = tuple(fact for fact in facts if fact.known_at == ALWAYS_KNOWN)
            reckoning = Reckoning(self._programme, Dossier(who, record), before.as_known_at)
            account = self._accounts[who]
            asked = [month_of(fact.since) for fact in facts if fact.kind == "grant"]
            for of in months_between(min([back.start(run.period), *asked]), last):
                reading = reading_of(reckoning, of, None, before)
                if reading.entitlement.fen:
                    account.granted[of] = Granted(reading.entitlement.fen, before.as_known_at)
                    _pay(account.money[of], reading.entitlement.fen)

    def _settled(self, item: Item, reading: Reading, account: _Account, run: Run) -> PlayedItem:
        of, before = item.month, account.granted.get(item.month)
        settlement, arrear = None, None
        if item.fen < 0:
            law = self._programme.law.at(of, known_at=run.as_known_at)
            settlement = account.money[of].reduce(
                -item.fen,
                ground=Ground.AFTER_DEATH,
                owed=account.owed[of],
                switch=law.setting("switch") if "switch" in law.settings else (),
            )
        else:
            arrear = _pay(account.money[of], item.fen)
        first = before.first_known_at if before else run.as_known_at
        account.granted[of] = Granted((before.fen if before else 0) + item.fen, first)
        return PlayedItem(item, reading, settlement, arrear)


def _pay(money: MonthAccount, fen: int) -> Arrear:
    """Grant, send and credit at once: a worked example is about what the bank did otherwise."""
    arrear = money.grant(fen)
    if money.payable:
        money.send(money.payable)
        money.credit(money.in_transit)
    return arrear


def _misses(
    batch: Batch, items: list[PlayedItem], questions: list[Question]
) -> Iterator[Sentence]:
    asked = {question.beneficiary for question in questions}
    for question in batch.questions:
        if question.beneficiary not in asked:
            yield say(
                "第 {line} 行：{who} 应有待核事项，实际没有",
                line=question.line,
                who=question.beneficiary,
            )
    if batch.expected is None:
        return
    found = {(item.item.beneficiary, item.item.month): item for item in items}
    for wanted in batch.expected:
        item = found.pop((wanted.beneficiary, wanted.month), None)
        yield from _differs(wanted, item)
    for left in found.values():
        yield say(
            "第 {line} 行：未写出的 {who} {month} {amount} 元；请补写或改正事实",
            line=batch.line,
            who=left.item.beneficiary,
            month=written_month(left.item.month),
            amount=written_fen(left.item.fen),
        )


def _differs(wanted: ExpectedItem, item: PlayedItem | None) -> Iterator[Sentence]:
    got = item.item.fen if item else 0
    if got != wanted.fen:
        yield say(
            "第 {line} 行：{who} {month} 应为 {wanted} 元，算得 {got} 元",
            line=wanted.line,
            who=wanted.beneficiary,
            month=written_month(wanted.month),
            wanted=written_fen(wanted.fen),
            got=written_fen(got),
        )
    elif item is not None and wanted.kind not in {None, item.item.kind}:
        yield say(
            "第 {line} 行：{who} {month} 的类别不符",
            line=wanted.line,
            who=wanted.beneficiary,
            month=written_month(wanted.month),
        )
    elif item is not None:
        yield from _settled_otherwise(wanted, item)


def _settled_otherwise(wanted: ExpectedItem, item: PlayedItem) -> Iterator[Sentence]:
    settled, arrear = item.settlement, item.arrear
    got = {
        "撤销": (wanted.cancelled, settled.cancelled if settled else 0),
        "抵": (wanted.switched, sum(o.fen for o in settled.switched) if settled else 0),
        "追缴": (wanted.claimed, settled.claimed if settled else 0),
        "追缴冲回": (wanted.reversed, arrear.reversed if arrear else 0),
    }
    for word, (expected, fen) in got.items():
        if expected is not None and expected != fen:
            yield say(
                "第 {line} 行：{word}应为 {wanted} 元，算得 {got} 元",
                line=wanted.line,
                word=word,
                wanted=written_fen(expected),
                got=written_fen(fen),
            )
