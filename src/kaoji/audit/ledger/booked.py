"""V2: double entry. Balances never fall short, and what was booked is what items, files and answers move."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from kaoji.audit.ledger.export import Export, Told, moment
from kaoji.audit.ledger.overpaid import REPLAYED, moved_besides
from kaoji.audit.ledger.tables import TryRow
from kaoji.benefits import purses
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
from kaoji.benefits.payments import BankLine, Outcome, TryState
from kaoji.core.speech import Sentence, say

_Booking = tuple[str, str, bool, int, int]
"""What money is booked under: cause, kind, whether it takes back, budget year, town."""


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


def _moved(export: Export) -> Counter[_Booking]:
    """What everything that happened to the money moves, by what it is booked under."""
    money: defaultdict[purses.Key, purses.Money] = defaultdict(purses.Money)
    seen: Counter[tuple[purses.Key, int]] = Counter()
    net: Counter[tuple[purses.Key, str, str, int, int]] = Counter()
    happened = (*_grants(export), *_sendings(export), *_regained(export))
    for event in purses.replayed(happened, money):
        for month, _fen in event.months:
            key = (event.person, month)
            for granted_by, purse in money[key].purses.items():
                for moved in purse.account.moved[seen[key, granted_by] :]:
                    kind = moved.kind.value
                    net[key, event.cause, kind, purse.year, purse.town] += moved.fen
                seen[key, granted_by] = len(purse.account.moved)
    # Of one cause only what a month came to is booked, not there and back.
    sums: Counter[_Booking] = Counter()
    for (_key, cause, kind, year, town), fen in net.items():
        if fen:
            sums[cause, kind, fen < 0, year, town] += abs(fen)
    for booking, fen in moved_besides(export):
        sums[booking] += fen
    return sums


def _regained(export: Export) -> Iterator[purses.Told]:
    """What people gave back of money that our own lines were credited too often."""
    numbers = {row.key: (number, row) for number, row in enumerate(export.tries)}
    told = {row["id"]: row for row in export.vouched["benefit_overpayments"]}
    for back in export.vouched["benefit_regained"]:
        of = told[back["overpayment"]]
        if of["why"] in REPLAYED and back["how"] == "recovered":
            number, row = numbers[of["answers"]]
            months = tuple((month, fen) for month, fen in back["months"])
            yield purses.Told(
                moment(back["made_at"]), 3, row.person, row.payment_run, months, ("recover",),
                sending=number, cause=f"regained:{back['id']}",
            )  # fmt: skip


def _grants(export: Export) -> Iterator[purses.Told]:
    for key, run in export.runs.items():
        year = date.fromisoformat(run["due_on"]).year
        for item in export.items_of[key]:
            if (key, item.person, item.month) not in export.not_granted:
                yield purses.Told(
                    moment(run["approved_at"]), 0, item.person, key, ((item.month, item.fen),),
                    town=item.town, year=year, cause=f"run:{key}",
                )  # fmt: skip


def _sendings(export: Export) -> Iterator[purses.Told]:
    first = _first_parts(export)
    for number, row in enumerate(export.tries):
        file = export.files[row.file]
        sent_at = moment(file["made_at"])

        def told(
            at: object, rank: int, steps: tuple[str, ...], cause: str,
            row: TryRow = row, number: int = number,
        ) -> purses.Told:  # fmt: skip
            return purses.Told(
                at, rank, row.person, row.payment_run, row.months, steps,
                sending=number, cause=cause,
            )  # fmt: skip

        yield told(sent_at, 1, ("send",), sending_cause(file["run"], first[row.file]))
        refusal, state = export.refused.get(row.file), TryState.SENT
        if refusal is not None:
            at, state = moment(refusal["made_at"]), TryState.FAILED
            yield told(max(at, sent_at), 2, ("fail",), f"refuse:{row.file}")
        for (at, key), steps in purses.answered(_lines(export, row), state=state):
            # A clock that was set back does not let a bank answer what was not sent.
            yield told(max(at, sent_at), 2, steps, f"return:{key}")


def _first_parts(export: Export) -> dict[int, int]:
    """By file the number of the first of those that were made together with it."""
    made: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    for file in export.files.values():
        made[file["run"], file["made_at"]].append(file["part"])
    return {key: min(made[file["run"], file["made_at"]]) for key, file in export.files.items()}


def _lines(export: Export, row: TryRow) -> Iterable[tuple[tuple[object, int], BankLine]]:
    for line in export.lines_of[row.reference]:
        at = moment(export.returns[line.file]["made_at"])
        yield (at, line.file), BankLine(line.on, Outcome(line.outcome), "", line.fen)


def _compared(export: Export, moved: Counter[_Booking]) -> Iterator[Sentence]:
    mine = {run["id"] for run in export.checked}
    booked: Counter[_Booking] = Counter()
    for row in _movements(export):
        if row["run"] in mine:
            booking = (
                row["cause"], row["kind"], row["counter"], row["budget_year"], row["town"]
            )  # fmt: skip
            booked[booking] += row["fen"]
    causes = {f"run:{key}" for key in mine}
    for key, part in _first_parts(export).items():
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
