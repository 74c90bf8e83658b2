"""V2: double entry. Balances never fall short, and what was booked is what items, files and answers move."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from kaoji.audit.ledger.export import Export, Told
from kaoji.audit.ledger.overpaid import moved_besides
from kaoji.audit.ledger.replay import Booking, first_parts, replay
from kaoji.benefits.fen import written_fen
from kaoji.benefits.movements import (
    MOVEMENT_NAMES,
    Book,
    Dimensions,
    Movement,
    MovementKind,
    UnableToBook,
    sending_cause,
)
from kaoji.core.speech import Sentence, say


def wrong_bookings(export: Export) -> Iterator[Sentence]:
    """Every movement that breaks a balance, and every one that the rows do not move."""
    yield from _balances(export)
    try:
        moved = _moved(export)
    except (KeyError, ValueError):
        yield say("明细、盘片和回盘前后不合，资金变动不能重放")
        return
    yield from _compared(export, moved)


def _movements(export: Export) -> list[Told]:
    rows = [row for row in export.vouched["benefit_movements"] if row["run"] in export.runs]
    return sorted(rows, key=lambda row: int(row["id"]))


def _balances(export: Export) -> Iterator[Sentence]:
    book = Book()
    for row in _movements(export):
        where = Dimensions(
            export.manifest["programme"], row["budget_year"], town=str(row["town"])
        )
        movement = Movement(
            MovementKind(row["kind"]), row["fen"], where, date.fromisoformat(row["on"]),
            row["cause"], row["count"], row["counter"],
        )  # fmt: skip
        try:
            book.book(movement)
        except UnableToBook as refused:
            yield say("资金变动 {id}：{why}", id=row["id"], why=refused.sentence)


def _moved(export: Export) -> Counter[Booking]:
    """What everything that happened to the money moves, by what it is booked under."""
    sums = Counter(replay(export).moved)
    for booking, fen in moved_besides(export):
        sums[booking] += fen
    return sums


def _compared(export: Export, moved: Counter[Booking]) -> Iterator[Sentence]:
    mine = {run["id"] for run in export.checked}
    booked: Counter[Booking] = Counter()
    for row in _movements(export):
        if row["run"] in mine:
            booking = (
                row["cause"], row["kind"], row["counter"], row["budget_year"], row["town"]
            )  # fmt: skip
            booked[booking] += row["fen"]
    causes = {f"run:{key}" for key in mine}
    for key, part in first_parts(export).items():
        if export.files[key]["run"] in mine:
            causes |= {f"refuse:{key}", sending_cause(export.files[key]["run"], part)}
    causes |= {f"return:{key}" for key, file in export.returns.items() if file["run"] in mine}
    told = {row["id"]: row["run"] for row in export.vouched["benefit_overpayments"]}
    causes |= {
        f"regained:{row['id']}"
        for row in export.vouched["benefit_regained"]
        if told[row["overpayment"]] in mine
    }
    again = {booking: fen for booking, fen in moved.items() if booking[0] in causes}
    for booking in sorted(booked.keys() | again.keys()):
        if booked[booking] != again.get(booking, 0):
            cause, kind, _counter, year, town = booking
            yield say(
                "{cause} {year} 年 {town} 的{kind}记账 {booked} 元，由各行重放为 {again} 元",
                cause=cause,
                year=year,
                town=name_of(export, town),
                kind=say(MOVEMENT_NAMES[MovementKind(kind)]),
                booked=written_fen(booked[booking]),
                again=written_fen(again.get(booking, 0)),
            )


def name_of(export: Export, place: int) -> str:
    """What a town is called; its number, where the export does not say."""
    return next((row.name for row in export.places if row.place == place), str(place))
