"""Which balances may not fall below nothing, what is grouped apart, and that every kind has a name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from kaoji.benefits.movements import (
    Account,
    Book,
    Dimensions,
    Movement,
    MovementKind,
    Part,
    UnableToBook,
    entries,
    grouped,
)
from kaoji.benefits.payments import VERDICT_OF_LINE_NAMES, Verdict
from kaoji.benefits.reductions import GROUND_NAMES, Ground

DAY = date(2023, 7, 10)
HERE = Dimensions("meals", 2023, town="泗泾镇")
THERE = Dimensions("tekun", 2023, town="泗泾镇")
Kind = MovementKind


def moved(kind: Kind, fen: int, cause: str = "1", **more: object) -> Movement:
    return Movement(kind, fen, HERE, DAY, cause, **more)


def booked(*movements: tuple[Kind, int]) -> Book:
    book = Book()
    for kind, fen in movements:
        book.book(moved(kind, fen))
    return book


@pytest.mark.parametrize(
    ("held", "taken"),
    [
        ([(Kind.ALLOT, 100)], Kind.DRAW),
        ([(Kind.ALLOT, 100)], Kind.CARRY),
        ([(Kind.ACCRUE, 100)], Kind.CANCEL),
        ([(Kind.ACCRUE, 100)], Kind.SEND),
        ([(Kind.ACCRUE, 100), (Kind.SEND, 100)], Kind.CREDIT),
        ([(Kind.ACCRUE, 100), (Kind.SEND, 100)], Kind.FAIL),
        ([(Kind.CLAIM, 100)], Kind.RECOVER),
        ([(Kind.CLAIM, 100)], Kind.WRITE_OFF),
        ([(Kind.OWE, 100)], Kind.SURRENDER),
        ([(Kind.FUND_RESERVE, 100), (Kind.CONFIRM_MEALS, 500)], Kind.PAY_CANTEEN),
        ([(Kind.FUND_RESERVE, 500), (Kind.CONFIRM_MEALS, 100)], Kind.PAY_CANTEEN),
    ],
    ids=lambda value: value.value if isinstance(value, Kind) else "",
)
def test_no_more_is_taken_from_a_balance_than_it_has(held: list, taken: Kind):
    with pytest.raises(UnableToBook, match=r"1\.01 元超出余额，差 0\.01 元"):
        booked(*held).book(moved(taken, 101))
    book = booked(*held)

    assert book.book(moved(taken, 100))
    assert sum(book.balances.values()) == 0


def test_cost_bank_and_loss_may_stand_on_either_side():
    for kind in (Kind.CANCEL, Kind.RECOVER, Kind.SETTLE_TOWN):
        book = booked((Kind.ACCRUE, 100), (Kind.CLAIM, 100))
        assert book.book(moved(kind, 100))


def test_who_may_overdraw_does_so_and_nobody_else():
    book = Book(overdraft=[THERE])

    assert book.book(Movement(Kind.SEND, 5, THERE, DAY, "1"))
    assert book.balance(Account.PAYABLE) == 5
    with pytest.raises(UnableToBook):
        book.book(moved(Kind.SEND, 5))


def test_a_movement_is_of_more_than_nothing():
    for fen in (0, -1):
        with pytest.raises(UnableToBook, match="计提的金额须大于零"):
            Book().book(moved(Kind.ACCRUE, fen))
    assert Book().book(moved(Kind.ACCRUE, 1))


def test_the_same_booked_twice_is_booked_once_and_with_another_sum_refused():
    book = Book()

    assert book.book(moved(Kind.ACCRUE, 5))
    assert not book.book(moved(Kind.ACCRUE, 5))
    with pytest.raises(UnableToBook, match=r"同一笔计提已记 0\.05 元，现为 0\.06 元"):
        book.book(moved(Kind.ACCRUE, 6))
    assert (len(book.movements), book.balance(Account.COST)) == (1, 5)
    for other in (
        moved(Kind.ACCRUE, 6, "2"),
        moved(Kind.ACCRUE, 5, counter=True),
        Movement(Kind.ACCRUE, 6, THERE, DAY, "1"),
        moved(Kind.CLAIM, 6),
        moved(Kind.CLAIM, 6, against=THERE),
    ):
        assert book.book(other)


def sides(movement: Movement) -> Iterator[tuple[str, str, int, int]]:
    for account, where, fen in entries(movement):
        yield account.value, where.programme, where.budget_year, fen


def test_a_movement_debits_and_credits_and_its_counter_takes_that_back():
    assert list(sides(moved(Kind.ACCRUE, 5))) == [
        ("cost", "meals", 2023, 5), ("payable", "meals", 2023, -5),
    ]  # fmt: skip
    assert list(sides(moved(Kind.ACCRUE, 5, counter=True))) == [
        ("cost", "meals", 2023, -5), ("payable", "meals", 2023, 5),
    ]  # fmt: skip
    assert list(sides(moved(Kind.CARRY, 5))) == [
        ("quota", "meals", 2024, 5), ("quota", "meals", 2023, -5),
    ]  # fmt: skip
    assert list(sides(moved(Kind.OFFSET, 5, against=THERE))) == [
        ("payable", "tekun", 2023, 5), ("receivable", "meals", 2023, -5),
    ]  # fmt: skip


def test_parts_are_grouped_by_kind_side_place_and_what_they_are_set_off_against():
    parts = [
        Part(Kind.OFFSET, 5, HERE), Part(Kind.OFFSET, -2, HERE), Part(Kind.OFFSET, -1, HERE),
        Part(Kind.OFFSET, 7, HERE, THERE), Part(Kind.OFFSET, 8, THERE), Part(Kind.CLAIM, 9, HERE, count=3),
        Part(Kind.CLAIM, 1, HERE, count=4), Part(Kind.CLAIM, 0, HERE, count=5),
    ]  # fmt: skip

    made = grouped(parts, on=DAY, cause="r")

    assert [(m.kind, m.counter, m.fen, m.count, m.dimensions, m.against) for m in made] == [
        (Kind.OFFSET, False, 5, 1, HERE, None),
        (Kind.OFFSET, True, 3, 2, HERE, None),
        (Kind.OFFSET, False, 7, 1, HERE, THERE),
        (Kind.OFFSET, False, 8, 1, THERE, None),
        (Kind.CLAIM, False, 10, 7, HERE, None),
    ]
    assert {(m.on, m.cause) for m in made} == {(DAY, "r")}


def test_every_verdict_and_every_ground_has_a_name():
    assert VERDICT_OF_LINE_NAMES.keys() == set(Verdict)
    assert GROUND_NAMES.keys() == set(Ground)
