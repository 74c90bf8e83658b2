"""V2: the rates of a closed run, counted again from items, answers, facts and the list of those entitled.

*On the day*: right by what was in the office's hands when the run was frozen; *by now*: by all that was known
when the rate was written down. The last rate of a town and statistic counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from kaoji.audit.ledger.booked import name_of
from kaoji.audit.ledger.dossiers import dossiers
from kaoji.audit.ledger.export import Export, Told, day_of, moment
from kaoji.audit.ledger.law import UnreadableLaw, law_in
from kaoji.audit.ledger.overpaid import credited_besides, credited_to_nobody
from kaoji.audit.ledger.tables import AnswerRow, ItemRow
from kaoji.benefits.entitlement import Programme
from kaoji.benefits.facts import Dossier
from kaoji.benefits.months import Month, first_day
from kaoji.benefits.payments import BankLine, Outcome, TryState, state_of_try
from kaoji.benefits.rates import ItemResult, Rate, covered, right_items, right_money, timely
from kaoji.benefits.reckoning import Reckoning
from kaoji.benefits.run import Granted, Run, reading_of
from kaoji.core.speech import Sentence, say
from kaoji.measuring.ways.payments import PAYMENT_STATISTICS

_ON_DAY = "on_day"
BASIS_NAMES = {_ON_DAY: "当日口径", "now": "现时口径"}
_Key = tuple[int, int]
_Stated = tuple[int, str]
"""A town and a statistic."""


def wrong_rates(export: Export) -> Iterator[Sentence]:
    """Every rate that its rows do not give."""
    try:
        programme = law_in(export)
    except UnreadableLaw:
        return  # told at V1
    for run in export.proved:
        if run["resends"] is None:
            yield from _of_run(export, programme, run)


def _of_run(export: Export, programme: Programme, run: Told) -> Iterator[Sentence]:
    rows = [row for row in export.vouched["benefit_tallies"] if row["run"] == run["id"]]
    rows.sort(key=lambda row: int(row["id"]))
    closed = [moment(row["made_at"]) for row in rows if row["basis"] == _ON_DAY]
    if not closed:
        if _had_rates(export, programme, run):
            yield say("批次 {id} 没有写下比率", id=run["id"])
        return
    for basis in BASIS_NAMES:
        last = {(row["town"], row["statistic"]): row for row in rows if row["basis"] == basis}
        told: dict[datetime, dict[_Stated, Rate]] = {}
        for written in sorted({moment(row["made_at"]) for row in last.values()}):
            known_at = closed[0] if basis == _ON_DAY else written
            counting = Counting(export, programme, run, basis, known_at, written)
            told[written] = counting.rates()
        for key, row in sorted(last.items()):
            again = told[moment(row["made_at"])].get(key, Rate(0, 0))
            yield from _compared(export, run, basis, row, again)
        newest = told[max(told)] if told else {}
        for key in sorted(newest.keys() - last.keys()):
            yield say(
                "批次 {id} {town} 的{statistic}（{basis}）没有写下，重算为 {again}",
                id=run["id"],
                town=name_of(export, key[0]),
                statistic=say(PAYMENT_STATISTICS[key[1]]),
                basis=say(BASIS_NAMES[basis]),
                again=_written(newest[key]),
            )


def _had_rates(export: Export, programme: Programme, run: Told) -> bool:
    """Was there anything to tell when it was closed? A run of mere reductions was due to pay nobody."""
    closing = [
        moment(event["at"])
        for event in export.events
        if event["type"] == "benefits.run_closed" and event["payload"]["run"] == run["id"]
    ]
    if not closing:
        return True
    return bool(Counting(export, programme, run, _ON_DAY, closing[0], closing[0]).rates())


def _compared(
    export: Export, run: Told, basis: str, row: Told, again: Rate
) -> Iterator[Sentence]:
    stated = Rate(row["numerator"], row["denominator"])
    if stated != again:
        yield say(
            "批次 {id} {town} 的{statistic}（{basis}）写 {stated}，重算为 {again}",
            id=run["id"],
            town=name_of(export, row["town"]),
            statistic=say(PAYMENT_STATISTICS[row["statistic"]]),
            basis=say(BASIS_NAMES[basis]),
            stated=_written(stated),
            again=_written(again),
        )


def _written(rate: Rate) -> str:
    return f"{rate.numerator}/{rate.denominator}"


@dataclass(frozen=True)
class _Ended:
    """An item with its result, where it was and whether the person was new."""

    town: int
    fresh: bool
    result: ItemResult


@dataclass
class Counting:
    """The rates of one run by one way of looking, known at a moment and written down at another."""

    export: Export
    programme: Programme
    run: Told
    basis: str
    known_at: datetime
    written: datetime

    def rates(self) -> dict[_Stated, Rate]:
        """By town and statistic."""
        by_town: defaultdict[int, list[_Ended]] = defaultdict(list)
        for ended in self._ended():
            by_town[ended.town].append(ended)
        found: dict[_Stated, Rate] = {}
        for town, rows in by_town.items():
            results = [row.result for row in rows]
            found[town, "timely"] = timely(results)
            found[town, "right_items"] = right_items(results)
            found[town, "right_money"] = right_money(results)
            fresh = timely(row.result for row in rows if row.fresh)
            if fresh.denominator:
                found[town, "new_timely"] = fresh
        return found | {(town, "covered"): rate for town, rate in self._covered().items()}

    def _ended(self) -> Iterator[_Ended]:
        """What was due of the run, as it ended; what an earlier run left out was due, and late, in that one."""
        should, paid_in = self._should(), self.credited(self.run["id"])
        before = self._left_out_before()
        for item in self._due():
            key = (item.person, item.month)
            if key in before:
                continue
            on, paid = paid_in.get(key, (None, 0))
            of = should.get(key, item.fen)
            result = ItemResult(of, item.due_on, on, paid, right=of == item.fen)
            if of > 0 or paid:
                yield _Ended(item.town, item.change == "new", result)
        for day, fen in credited_to_nobody(self.export, self.run["id"], until=self.written):
            nothing = ItemResult(0, day, day, fen, right=False)
            yield _Ended(int(self.run["place"]), False, nothing)

    def _due(self) -> Iterator[ItemRow]:
        for item in self.export.items_of[self.run["id"]]:
            why = self._why.get((item.run, item.person, item.month))
            if item.fen > 0 and why != "stopped":
                yield item

    @cached_property
    def _why(self) -> dict[tuple[int, int, int], str]:
        return {(row.run, row.person, row.month): row.why for row in self.export.left_out}

    def _left_out_before(self) -> set[_Key]:
        runs = self.export.runs
        return {
            (person, month)
            for (run, person, month), why in self._why.items()
            if run < self.run["id"]
            and runs[run]["month"] <= self.run["month"]
            and why != "stopped"
        }

    def credited(self, run: int) -> dict[_Key, tuple[date, int]]:
        """By person and month when and how much the bank had credited of a run's payments."""
        found: dict[_Key, tuple[date, int]] = {}
        mine = [row for row in self.export.tries if row.payment_run == run]
        for row in sorted(mine, key=lambda each: each.number):
            said = [line for line in self.export.lines_of[row.reference] if self._heard(line)]
            lines = [BankLine(each.on, Outcome(each.outcome), "", each.fen) for each in said]
            if state_of_try(lines) is not TryState.CREDITED:
                continue
            on = max(line.on for line in lines if line.outcome is Outcome.CREDITED)
            for month, fen in row.months:
                before = found.get((row.person, month), (on, 0))
                found[row.person, month] = (min(on, before[0]), before[1] + fen)
        for person, month, on, fen in credited_besides(self.export, run, until=self.written):
            first, paid = found.get((person, month), (on, 0))
            found[person, month] = (first, paid + fen)
        return found

    def _heard(self, line: AnswerRow) -> bool:
        return moment(self.export.returns[line.file]["made_at"]) <= self.written

    def _should(self) -> Mapping[_Key, int]:
        """What months should have been, of everybody of whom something was learned since the freezing."""
        export, frozen = self.export, moment(self.run["as_known_at"])
        frozen_on, today = day_of(frozen), day_of(self.known_at)
        on_day = self.basis == _ON_DAY
        people = {
            fact.person
            for fact in export.facts
            if frozen < export.heard_at(fact) <= self.known_at
        }
        if not on_day and self.programme.law.changed(after=frozen_on, until=today):
            people = {item.person for item in export.items_of[self.run["id"]]}
        asked: defaultdict[int, list[ItemRow]] = defaultdict(list)
        for item in export.items_of[self.run["id"]]:
            if item.fen > 0 and item.person in people:
                asked[item.person].append(item)
        if not asked:
            return {}
        before = self._granted_before()
        run = Run(Month(self.run["month"]), frozen_on if on_day else today)
        found: dict[_Key, int] = {}
        for person, dossier in dossiers(export, known_at=self.known_at).items():
            known = _in_hand(dossier, frozen_on) if on_day else dossier
            reckoning = Reckoning(self.programme, known, today)
            for item in asked.get(person, ()):
                whole = reading_of(reckoning, Month(item.month), Granted(0, frozen_on), run)
                key = (person, item.month)
                found[key] = max(0, whole.entitlement.fen - before.get(key, 0))
        return found

    def _granted_before(self) -> Mapping[_Key, int]:
        found: defaultdict[_Key, int] = defaultdict(int)
        for item in self.export.granted_before(self.run):
            found[item.person, item.month] += item.fen
        return found

    def _covered(self) -> dict[int, Rate]:
        """By town how many of those entitled were paid the month of the run; nothing without a list."""
        last = self._entitled_list()
        if last is None:
            return {}
        person_of = {row.id_hash: row.person for row in self.export.people}
        paid, towns = self._paid_in(), self._towns()
        entitled: defaultdict[int, set[str]] = defaultdict(set)
        for row in self.export.listed:
            if row.list == last["id"]:
                person = person_of.get(row.id_hash, 0)
                entitled[towns.get(person, int(self.run["place"]))].add(row.id_hash)
        credited_to = {hashed for hashed, person in person_of.items() if person in paid}
        return {town: covered(all_, credited_to & all_) for town, all_ in entitled.items()}

    def _entitled_list(self) -> Told | None:
        lists = [
            row
            for row in self.export.lists.values()
            if row["kind"] == "entitled"
            and row["programme"] == self.run["programme"]
            and moment(row["made_at"]) <= self.known_at
        ]
        lists.sort(key=lambda row: (row["as_of"], row["id"]))
        next_month = first_day(Month(self.run["month"] + 1)).isoformat()
        before = [row for row in lists if row["as_of"] < next_month]
        if before:
            return before[-1]
        # With no list by then the first after it counts; of one day, the one received last.
        first = [row for row in lists if row["as_of"] == lists[0]["as_of"]]
        return first[-1] if first else None

    def _paid_in(self) -> set[int]:
        month = self.run["month"]
        runs = {
            item.run
            for item in self.export.items
            if item.month == month
            and item.fen > 0
            and (item.run, item.person, month) not in self.export.not_granted
            and moment(self.export.runs[item.run]["approved_at"]) <= self.written
        }
        return {person for run in runs for person, of in self.credited(run) if of == month}

    def _towns(self) -> dict[int, int]:
        facts = sorted(self.export.facts, key=lambda fact: fact.number)
        return {
            fact.person: int(fact.value)
            for fact in facts
            if fact.kind == "town" and self.export.heard_at(fact) <= self.known_at
        }


def _in_hand(dossier: Dossier, day: date) -> Dossier:
    """What the office had in its hands on a day, whenever it was typed in."""
    facts = (
        fact
        for fact in dossier.facts
        if fact.known_at <= day or (fact.received_on is not None and fact.received_on < day)
    )
    return Dossier(dossier.beneficiary, tuple(facts))
