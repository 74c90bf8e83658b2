"""V3: every item of a run reckoned again, by the law and the facts of the export: amount, town, kind, due day.

The rule is that of the kaoji installed where the export is verified, not of the one that paid.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from kaoji.audit.ledger.dossiers import NOTHING, dossiers, granted_months
from kaoji.audit.ledger.export import Export, Told, day_of, moment
from kaoji.audit.ledger.law import UnreadableLaw, law_in
from kaoji.audit.ledger.tables import ItemRow
from kaoji.benefits.changes import change_of, must_be_paid_by
from kaoji.benefits.entitlement import Programme
from kaoji.benefits.facts import Dossier
from kaoji.benefits.fen import written_fen
from kaoji.benefits.months import Month, written_month
from kaoji.benefits.reckoning import UnknownLateness
from kaoji.benefits.run import GrantedMonths, Item, Run, differences
from kaoji.core.speech import Sentence, say

_Key = tuple[int, int]
"""A person and a month."""


@dataclass(frozen=True)
class Recount:
    """One run, ready to be reckoned again."""

    programme: Programme
    told: Told
    run: Run

    def row(self, dossier: Dossier, before: GrantedMonths, item: Item) -> ItemRow:
        """An item as the run should have written it."""
        change = change_of(before, item)
        due = must_be_paid_by(
            self.programme.law, dossier, item, change, self.run,
            pays_on=date.fromisoformat(self.told["due_on"]),
        )  # fmt: skip
        town = int(item.town) if item.town else int(self.told["place"])
        return ItemRow(
            self.told["id"], int(item.beneficiary), item.month, item.fen, item.kind.value,
            change.value, town, due,
        )  # fmt: skip


def wrong_amounts(export: Export) -> Iterator[Sentence]:
    """Every item that law and facts do not give, and every one that they give and the run has not."""
    try:
        programme = law_in(export)
    except UnreadableLaw:
        programme = None  # told at V1
    for told in export.proved:
        if told["resends"] is not None:
            continue
        if programme is None or told["law_digest"] != programme.law.digest:
            yield say("批次 {id} 所依的法规不在导出里，不能重算", id=told["id"])
            continue
        run = Run(Month(told["month"]), day_of(moment(told["as_known_at"])))
        try:
            again = _again(export, Recount(programme, told, run))
        except UnknownLateness as missing:
            yield missing.sentence
            continue
        yield from _compared(export, told, again)


def recounted(export: Export) -> int:
    """How many items were reckoned again."""
    return sum(len(export.items_of[told["id"]]) for told in export.proved)


def _again(export: Export, recount: Recount) -> dict[_Key, ItemRow]:
    told, found = recount.told, dict[_Key, ItemRow]()
    granted = granted_months(export, export.granted_before(told))
    stopped = _stopped(export, told)
    known = dossiers(export, known_at=moment(told["as_known_at"]))
    for person, dossier in known.items():
        before = granted.get(person, NOTHING)
        for item in differences(recount.programme, dossier, before, recount.run).items:
            if item.fen < 0 or item.month not in stopped.get(person, ()):
                found[person, item.month] = recount.row(dossier, before, item)
    return found


def _stopped(export: Export, told: Told) -> Mapping[int, set[int]]:
    """By person the months that earlier runs were decided not to pay, with nothing new known by the freezing."""
    frozen = moment(told["as_known_at"])
    heard = _heard(export, frozen)
    found: defaultdict[int, set[int]] = defaultdict(set)
    for row in export.left_out:
        earlier = export.runs[row.run]
        at = export.stopped.get((row.run, row.person))
        known = moment(earlier["approved_at"]) < moment(told["approved_at"])
        news = row.person in heard and at is not None and heard[row.person] > at
        if row.why == "stopped" and known and at is not None and not news:
            found[row.person].add(row.month)
    return found


def _heard(export: Export, until: datetime) -> dict[int, datetime]:
    """By person when a fact or an account of theirs was last heard of."""
    found: dict[int, datetime] = {}
    facts = ((row.person, row.list) for row in export.facts)
    sealed = (
        (row.person, row.list) for row in export.sealed_rows if row.kind in {"fact", "account"}
    )
    for person, received in (*facts, *sealed):
        at = moment(export.lists[received]["made_at"])
        if person is not None and at <= until:
            found[person] = max(at, found.get(person, at))
    return found


def _compared(export: Export, told: Told, again: dict[_Key, ItemRow]) -> Iterator[Sentence]:
    stated = {(row.person, row.month): row for row in export.items_of[told["id"]]}
    for key in sorted(stated.keys() | again.keys()):
        mine, should = stated.get(key), again.get(key)
        where = say(
            "批次 {id} 人员 {person} {month}",
            id=told["id"],
            person=key[0],
            month=written_month(Month(key[1])),
        )
        if mine is None or should is None or mine.fen != should.fen:
            yield say(
                "{where}记 {stated} 元，由规定和事实重算为 {again} 元",
                where=where,
                stated=written_fen(mine.fen if mine else 0),
                again=written_fen(should.fen if should else 0),
            )
        elif mine != should:
            yield from _otherwise(where, mine, should)


def _otherwise(where: Sentence, mine: ItemRow, should: ItemRow) -> Iterator[Sentence]:
    for name, title in _NAMES.items():
        stated, again = getattr(mine, name), getattr(should, name)
        if stated != again:
            yield say(
                "{where}的{what}记为 {stated}，重算为 {again}",
                where=where,
                what=say(title),
                stated=stated,
                again=again,
            )


_NAMES = {"kind": "类别", "change": "变化", "town": "街镇", "due_on": "应到账日"}
