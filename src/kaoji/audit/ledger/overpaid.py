"""V2: what the bank paid besides. It is booked when a line tells of it, and again when it comes back.

What follows from the answers to our own lines is replayed with the money of its months (booked.py); of anything
else the row says which try was credited too often or too high, or that nobody had sent it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime

from kaoji.audit.ledger.export import Export, Told, moment
from kaoji.audit.ledger.tables import TryRow
from kaoji.benefits.fen import written_fen
from kaoji.core.speech import Sentence, say

REPLAYED = ("twice", "late")
Booked = tuple[str, str, bool, int, int]
"""What money is booked under: cause, kind, whether it takes back, budget year, town."""


def wrong_overpayments(export: Export) -> Iterator[Sentence]:
    """Every sum paid besides that is booked and not told of, or told of and not booked."""
    mine = {run["id"] for run in export.checked}
    booked: Counter[int] = Counter()
    for row in export.vouched["benefit_movements"]:
        verb, _, key = row["cause"].partition(":")
        if row["run"] in mine and row["kind"] == "overpay" and not row["counter"]:
            booked[int(key) if verb == "return" else 0] += row["fen"]
    told: Counter[int] = Counter()
    for row in export.vouched["benefit_overpayments"]:
        if row["run"] in mine:
            told[row["file"]] += row["fen"]
    for file in sorted(booked.keys() | told.keys()):
        if booked[file] != told[file]:
            yield say(
                "回盘 {file} 的银行多付记账 {booked} 元，登记的是 {told} 元",
                file=file,
                booked=written_fen(booked[file]),
                told=written_fen(told[file]),
            )
    yield from _wrong_months(export)
    yield from _closed_over(export)


def _closed_over(export: Export) -> Iterator[Sentence]:
    """Runs that were closed while nobody had decided on money paid besides; by the order of the log, not by clocks."""
    told = _told_in(export)
    decided = {
        row["overpayment"]: told["benefit_overpayment_decisions", row["id"]]
        for row in export.vouched["benefit_overpayment_decisions"]
    }
    for event in export.events:
        closing = event["sequence"]
        for row in _overpayments(export) if event["type"] == "benefits.run_closed" else ():
            heard = told["benefit_overpayments", row["id"]]
            late = decided.get(row["id"], closing) >= closing
            mine = _of(export, row) == event["payload"]["run"]
            if mine and heard < closing and late and not _came_back(export, told, row, closing):
                yield say(
                    "批次 {run} 关闭时，银行多付 {id} 的 {fen} 元还没有人决定",
                    run=event["payload"]["run"],
                    id=row["id"],
                    fen=written_fen(row["fen"]),
                )


def _told_in(export: Export) -> dict[tuple[str, int], int]:
    """By table and key the number of the first event that names a row."""
    found: dict[tuple[str, int], int] = {}
    for event in export.events:
        for table, hashes in event["payload"].get("rows", {}).items():
            for key in hashes:
                found.setdefault((table, int(key)), event["sequence"])
    return found


def _came_back(export: Export, told: dict[tuple[str, int], int], row: Told, until: int) -> bool:
    """Could it have come back by then? Of what is replayed any later failure, or arrear of the person, will do."""
    if row["why"] not in REPLAYED:
        back = sum(
            each["fen"]
            for each in export.vouched["benefit_regained"]
            if each["overpayment"] == row["id"] and told["benefit_regained", each["id"]] < until
        )
        return bool(back >= row["fen"])
    heard = told["benefit_overpayments", row["id"]]
    of = tries_by_key(export)[row["answers"]]
    references = {each.reference for each in export.tries if each.payment == of.payment}
    failed = any(
        line.outcome in {"failed", "returned"}
        and heard < told["benefit_returns", line.file] < until
        for reference in references
        for line in export.lines_of[reference]
    )
    granted = any(
        item.person == of.person and item.run > of.payment_run for item in export.items
    )
    return failed or granted


def _wrong_months(export: Export) -> Iterator[Sentence]:
    for name, title in _TITLES.items():
        for row in export.vouched[name]:
            again = sum(fen for _month, fen in row["months"])
            if row["months"] and again != row["fen"]:
                yield say(
                    "{what}写 {stated} 元，逐月加起来是 {again} 元",
                    what=say(title, id=row["id"]),
                    stated=written_fen(row["fen"]),
                    again=written_fen(again),
                )


_TITLES = {"benefit_overpayments": "银行多付 {id}", "benefit_regained": "收回的多付 {id}"}


def remarks_on_overpaid(export: Export) -> Iterator[Sentence]:
    """How much the bank paid besides of each proved run, and what of it is still open."""
    decided = {row["overpayment"] for row in export.vouched["benefit_overpayment_decisions"]}
    for run in export.proved:
        rows = [row for row in _overpayments(export) if _of(export, row) == run["id"]]
        if rows:
            yield say(
                "批次 {id}：银行多付 {count} 笔 {fen} 元，已决定 {decided} 笔，还有 {open} 元没有收回",
                id=run["id"],
                count=len(rows),
                fen=written_fen(sum(row["fen"] for row in rows)),
                decided=sum(row["id"] in decided for row in rows),
                open=written_fen(_open(export, run)),
            )


def _open(export: Export, run: Told) -> int:
    """By the movements: what was paid besides, less what came back or became the payment."""
    found = 0
    for row in export.vouched["benefit_movements"]:
        of = export.runs.get(row["run"])
        if of is None or (of["resends"] or of["id"]) != run["id"]:
            continue
        if row["kind"] == "overpay":
            found += -row["fen"] if row["counter"] else row["fen"]
        elif row["cause"].startswith("regained:"):
            found -= row["fen"]
    return found


def _overpayments(export: Export) -> list[Told]:
    return [row for row in export.vouched["benefit_overpayments"] if row["run"] in export.runs]


def _of(export: Export, row: Told) -> int:
    run = export.runs[row["run"]]
    return int(run["resends"] or run["id"])


def registered(export: Export) -> Counter[int]:
    """By payment how many fen are on record as credited by one line too many."""
    tries, found = tries_by_key(export), Counter[int]()
    for row in _overpayments(export):
        if row["why"] in REPLAYED:
            found[tries[row["answers"]].payment] += row["fen"]
    return found


def months_overpaid(export: Export) -> set[tuple[int, int]]:
    """By person the months of which the bank paid something besides: less may be sent of them than was asked."""
    tries = tries_by_key(export)
    return {
        (tries[row["answers"]].person, month)
        for row in _overpayments(export)
        if row["answers"] is not None
        for month, _fen in row["months"]
    }


def tries_by_key(export: Export) -> dict[int, TryRow]:
    """The lines of files for the bank by our number for them."""
    return {row.key: row for row in export.tries}


def moved_besides(export: Export) -> Iterator[tuple[Booked, int]]:
    """What is booked of all that does not follow from the answers to our lines."""
    told = {row["id"]: row for row in _overpayments(export) if row["why"] not in REPLAYED}
    for row in told.values():
        cause = f"return:{row['file']}"
        for year, town, fen in _where(export, row, row["months"], row["fen"]):
            yield (cause, "overpay", False, year, town), fen
    for back in export.vouched["benefit_regained"]:
        if back["overpayment"] not in told:
            continue
        row = told[back["overpayment"]]
        reverses = back["how"] == "reversed"
        cause = f"return:{back['file']}" if reverses else f"regained:{back['id']}"
        kind = "overpay" if reverses else "recover"
        for year, town, fen in _where(export, row, back["months"], back["fen"]):
            yield (cause, kind, reverses, year, town), fen


def _where(
    export: Export, row: Told, months: list[list[int]], fen: int
) -> Iterator[tuple[int, int, int]]:
    """In which budget year and town: where its months were granted, else at the office."""
    run = export.runs[_of(export, row)]
    year = date.fromisoformat(run["due_on"]).year
    if row["answers"] is None:
        yield year, int(run["place"]), fen
        return
    person = tries_by_key(export)[row["answers"]].person
    towns = {
        item.month: item.town for item in export.items_of[run["id"]] if item.person == person
    }
    for month, part in months:
        yield year, towns[month], part


def credited_besides(
    export: Export, run: int, *, until: datetime
) -> Iterator[tuple[int, int, date, int]]:
    """Of a run's payments what was credited besides their lines: person, month, day, fen."""
    tries = tries_by_key(export)
    for row in _standing(export, until):
        if row["answers"] is None or row["why"] in REPLAYED:
            continue
        of = tries[row["answers"]]
        if of.payment_run == run and not _reversed(export, row, until):
            for month, fen in row["months"]:
                yield of.person, month, date.fromisoformat(row["on"]), fen


def credited_to_nobody(export: Export, run: int, *, until: datetime) -> list[tuple[date, int]]:
    """What was credited to whom nobody had sent anything, and was not taken back: day and fen."""
    found = []
    for row in _standing(export, until):
        left = row["fen"] - _reversed(export, row, until)
        if row["answers"] is None and _of(export, row) == run and left:
            found.append((date.fromisoformat(row["on"]), left))
    return found


def _standing(export: Export, until: datetime) -> Iterator[Told]:
    return (row for row in _overpayments(export) if moment(row["made_at"]) <= until)


def _reversed(export: Export, row: Told, until: datetime) -> int:
    return sum(
        back["fen"]
        for back in export.vouched["benefit_regained"]
        if back["overpayment"] == row["id"]
        and back["how"] == "reversed"
        and moment(back["made_at"]) <= until
    )
