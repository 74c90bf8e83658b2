"""V2: what the bank paid besides. It is booked when a line tells of it, and again when it comes back.

What follows from the answers to our own lines is replayed with the money of its months (replay.py) and must be told
just so; of anything else the row says which try was credited too often or too high, or that nobody had sent it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime

from kaoji.audit.ledger.export import Export, Told, moment
from kaoji.audit.ledger.replay import BY_ANSWERS, Booking, replay, sending_of
from kaoji.audit.ledger.tables import TryRow
from kaoji.benefits.fen import written_fen
from kaoji.benefits.purses import spread
from kaoji.core.speech import Sentence, say


def wrong_overpayments(export: Export) -> Iterator[Sentence]:
    """Every sum paid besides that is not what the rows come to, or was hung on somebody else."""
    try:
        yield from _not_as_replayed(export)
    except (KeyError, ValueError):
        return  # told with the bookings
    yield from _not_as_answered(export)
    yield from _too_much_back(export)
    yield from _wrong_months(export)
    yield from _closed_over(export)


def _not_as_replayed(export: Export) -> Iterator[Sentence]:
    """What follows from the answers to our lines: file by file, try by try and month by month."""
    mine = {f"return:{key}" for key in export.returns if _is_checked(export, key)}
    again = {
        key: fen
        for key, fen in replay(export).grown.items()
        if fen > 0 and key[0] in mine and key[1] > 0
    }
    told: Counter[tuple[str, int, int]] = Counter()
    for row in _overpayments(export):
        for month, fen in row["months"] if row["why"] in BY_ANSWERS else ():
            told[f"return:{row['file']}", row["answers"], month] += fen
    told = Counter({key: fen for key, fen in told.items() if key[0] in mine})
    tries = tries_by_key(export)
    wrong: dict[tuple[str, int], list[int]] = defaultdict(lambda: [0, 0])
    for key in sorted(told.keys() | again.keys()):
        if told[key] != again.get(key, 0):
            sums = wrong[key[:2]]
            sums[0] += told[key]
            sums[1] += again.get(key, 0)
    for (cause, number), (stated, found) in wrong.items():
        yield say(
            "回盘 {file} 对 {reference} 登记的银行多付是 {told} 元，由各行重放为 {again} 元",
            file=cause.partition(":")[2],
            reference=tries[number].reference if number in tries else number,
            told=written_fen(stated),
            again=written_fen(found),
        )


def _is_checked(export: Export, file: int) -> bool:
    return export.returns[file]["run"] in {run["id"] for run in export.checked}


def _not_as_answered(export: Export) -> Iterator[Sentence]:
    """What the bank paid of our lines on its own word must fit the line that it is said of."""
    tries = tries_by_key(export)
    answered = {(line.file, line.line): line.reference for line in export.answers}
    for row in _overpayments(export):
        if row["why"] in BY_ANSWERS or row["answers"] is None:
            continue
        tried = tries[row["answers"]]
        credited = any(line.outcome == "credited" for line in export.lines_of[tried.reference])
        over = 0 if row["why"] == "again" else tried.fen
        of_line = answered.get((row["file"], row["line"]), tried.reference)
        months = [list(part) for part in spread(row["fen"], tried.months)]
        fits = row["said"] == row["fen"] + over and of_line == tried.reference
        if not (credited and fits and months == row["months"]):
            yield say(
                "银行多付 {id} 说的是 {reference}，与这一笔的金额、各月或回盘不符",
                id=row["id"],
                reference=tried.reference,
            )


def _too_much_back(export: Export) -> Iterator[Sentence]:
    """Nobody gives back more than was paid besides, and the bank takes back no more."""
    back: Counter[tuple[int, str]] = Counter()
    for row in export.vouched["benefit_regained"]:
        back[row["overpayment"], row["how"]] += row["fen"]
    for row in _overpayments(export):
        for how in ("recovered", "reversed"):
            if back[row["id"], how] > row["fen"]:
                yield say(
                    "银行多付 {id} 是 {fen} 元，收回的有 {back} 元",
                    id=row["id"],
                    fen=written_fen(row["fen"]),
                    back=written_fen(back[row["id"], how]),
                )


def _closed_over(export: Export) -> Iterator[Sentence]:
    """Runs that were closed while nobody had decided on money paid besides; by the order of the log, not by clocks."""
    told = _told_in(export)
    decided = {
        row["overpayment"]: told["benefit_overpayment_decisions", row["id"]]
        for row in export.vouched["benefit_overpayment_decisions"]
    }
    for event in export.events:
        closing = event["sequence"]
        if event["type"] != "benefits.run_closed":
            continue
        rows = [
            row
            for row in _overpayments(export)
            if _of(export, row) == event["payload"]["run"]
            and told["benefit_overpayments", row["id"]] < closing
        ]
        open_ = _open(export, rows, told, until=closing)
        for row in rows:
            late = decided.get(row["id"], closing) >= closing
            if late and open_[row["id"]]:
                yield say(
                    "批次 {run} 关闭时，银行多付 {id} 的 {fen} 元还没有人决定",
                    run=event["payload"]["run"],
                    id=row["id"],
                    fen=written_fen(row["fen"]),
                )


def _open(
    export: Export,
    rows: list[Told],
    told: dict[tuple[str, int], int] | None = None,
    *,
    until: int = 0,
) -> Counter[int]:
    """By key what of these is still with somebody; of a try that was credited twice over, the last counts.

    Only by what the log tells before the event *until*, where *told* says in which event each row stands.
    """
    grown: Counter[int] = Counter()
    for (cause, sending, _month), fen in replay(export).grown.items():
        if told is None or _told_of(export, told, cause) < until:
            grown[sending] += fen
    found: Counter[int] = Counter()
    last = {sending_of(row): row["id"] for row in rows if row["answers"] is not None}
    for sending, key in last.items():
        found[key] = grown[sending]
    for row in rows:
        if row["answers"] is None:
            found[row["id"]] = row["fen"] - sum(
                back["fen"]
                for back in export.vouched["benefit_regained"]
                if back["overpayment"] == row["id"]
                and (told is None or told["benefit_regained", back["id"]] < until)
            )
    return found


def _told_of(export: Export, told: dict[tuple[str, int], int], cause: str) -> int:
    """In which event a cause of money's moves is told."""
    verb, _, key = cause.partition(":")
    if verb == "run":
        return int(
            max(
                event["sequence"]
                for event in export.events
                if event["type"] == "benefits.run_approved"
                and event["payload"]["run"] == int(key)
            )
        )
    if verb == "refuse":
        return told["benefit_refusals", export.refused[int(key)]["id"]]
    table = {"return": "benefit_returns", "regained": "benefit_regained"}.get(verb)
    return told[table, int(key)] if table else 0


def _told_in(export: Export) -> dict[tuple[str, int], int]:
    """By table and key the number of the first event that names a row."""
    found: dict[tuple[str, int], int] = {}
    for event in export.events:
        for table, hashes in event["payload"].get("rows", {}).items():
            for key in hashes:
                found.setdefault((table, int(key)), event["sequence"])
    return found


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
    try:
        replay(export)
    except (KeyError, ValueError):
        return  # told with the bookings
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
                open=written_fen(sum(_open(export, rows).values())),
            )


def _overpayments(export: Export) -> list[Told]:
    return [row for row in export.vouched["benefit_overpayments"] if row["run"] in export.runs]


def _of(export: Export, row: Told) -> int:
    run = export.runs[row["run"]]
    return int(run["resends"] or run["id"])


def registered(export: Export) -> Counter[int]:
    """By payment how many fen are on record as credited by one line too many."""
    tries, found = tries_by_key(export), Counter[int]()
    for row in _overpayments(export):
        if row["why"] in BY_ANSWERS:
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


def moved_besides(export: Export) -> Iterator[tuple[Booking, int]]:
    """What is booked of strangers' money; it stands at the office."""
    told = {row["id"]: row for row in _overpayments(export) if row["answers"] is None}
    for row in told.values():
        yield (f"return:{row['file']}", "overpay", False, *_at_office(export, row)), row["fen"]
    for back in export.vouched["benefit_regained"]:
        if back["overpayment"] not in told:
            continue
        reverses = back["how"] == "reversed"
        cause = f"return:{back['file']}" if reverses else f"regained:{back['id']}"
        kind, row = "overpay" if reverses else "recover", told[back["overpayment"]]
        yield (cause, kind, reverses, *_at_office(export, row)), back["fen"]


def _at_office(export: Export, row: Told) -> tuple[int, int]:
    """In which budget year and at which place."""
    run = export.runs[_of(export, row)]
    return date.fromisoformat(run["due_on"]).year, int(run["place"])


def credited_besides(
    export: Export, run: int, *, until: datetime
) -> Iterator[tuple[int, int, date, int]]:
    """Of a run's payments what was credited besides their lines: person, month, day, fen."""
    tries = tries_by_key(export)
    for row in _standing(export, until):
        if row["answers"] is None or row["why"] in BY_ANSWERS:
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
