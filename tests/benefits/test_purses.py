"""One month of one person in several purses: what is paid twice, what stands in, where a reduction falls."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import pytest

from kaoji.benefits.movements import MovementKind
from kaoji.benefits.payments import BankLine, Outcome, TryState
from kaoji.benefits.purses import Money, Purse, Told, answered, replayed

YUEYANG, FANGSONG = 1, 2
DAY = date(2023, 7, 14)


def granted(*parts: tuple[int, int]) -> Money:
    """A month of which runs granted so many fen each: (run, fen)."""
    money = Money()
    for run, fen in parts:
        money.grant(run, YUEYANG, 2023, fen)
    return money


def paid(purse: Purse, fen: int, sending: int = 1) -> None:
    purse.step("send", fen, sending)
    purse.step("credit", fen, sending)


def at(purse: Purse) -> tuple[int, int, int, dict[int, int]]:
    """Payable, with the bank, received, and what was paid besides by its sending."""
    account = purse.account
    return account.payable, account.in_transit, account.received, purse.besides


def test_what_is_granted_is_sent_and_received():
    purse = granted((1, 100)).purses[1]

    assert at(purse) == (100, 0, 0, {})
    purse.step("send", 100, 1)
    assert at(purse) == (0, 100, 0, {})
    purse.step("credit", 100, 1)
    assert at(purse) == (0, 0, 100, {})


def test_what_failed_or_came_back_is_to_be_paid_again():
    purse = granted((1, 100)).purses[1]
    purse.step("send", 100, 1)
    purse.step("fail", 100, 1)
    assert at(purse) == (100, 0, 0, {})
    paid(purse, 100, sending=2)
    purse.step("give_back", 100, 2)

    assert at(purse) == (100, 0, 0, {})


def test_a_second_credit_is_kept_apart_and_goes_back_without_touching_the_payment():
    purse = granted((1, 100)).purses[1]
    paid(purse, 100, sending=2)
    paid(purse, 100, sending=1)  # it had failed, and was credited after all

    assert at(purse) == (0, 0, 100, {1: 100})
    purse.step("give_back", 100, 1)
    assert at(purse) == (0, 0, 100, {})


def test_where_the_payment_comes_back_the_second_credit_stands_in():
    purse = granted((1, 100)).purses[1]
    paid(purse, 100, sending=2)
    paid(purse, 100, sending=1)

    purse.step("give_back", 100, 2)

    assert at(purse) == (0, 0, 100, {})
    kinds = [moved.kind for moved in purse.account.moved]
    assert kinds[-4:] == [
        MovementKind.RETURN, MovementKind.SEND, MovementKind.CREDIT, MovementKind.OVERPAY,
    ]  # fmt: skip


def test_where_the_try_under_way_fails_the_credit_that_came_late_stands_in():
    purse = granted((1, 100)).purses[1]
    purse.step("send", 100, 1)
    purse.step("fail", 100, 1)
    purse.step("send", 100, 2)
    paid(purse, 100, sending=1)
    assert at(purse) == (0, 100, 0, {1: 100})

    purse.step("fail", 100, 2)

    assert at(purse) == (0, 0, 100, {})


def test_only_what_was_no_longer_to_be_paid_is_paid_besides():
    """60 of 100 were taken back before the late credit of 100: 40 are the payment, 60 besides."""
    money = granted((1, 100))
    money.grant(2, YUEYANG, 2023, -60)
    purse = money.purses[1]

    paid(purse, 100)

    assert at(purse) == (0, 0, 40, {1: 60})
    purse.step("give_back", 100, 1)
    assert at(purse) == (40, 0, 0, {})


def test_what_stands_in_is_no_more_than_what_is_to_be_paid_again():
    money = granted((1, 100))
    purse = money.purses[1]
    paid(purse, 100, sending=1)
    paid(purse, 100, sending=2)
    purse.step("give_back", 30, 1)  # a part of it came back

    assert at(purse) == (0, 0, 100, {2: 70})


def test_a_reduction_takes_what_lies_with_us_then_what_is_with_the_bank_then_what_was_received():
    money = granted((1, 100), (2, 100), (3, 100))
    paid(money.purses[1], 100)
    money.purses[2].step("send", 100, 2)

    money.grant(4, YUEYANG, 2023, -250)

    first, second, third = (money.purses[run].account for run in (1, 2, 3))
    assert (third.granted, third.payable) == (0, 0)
    assert (second.granted, second.waiting) == (0, 100)
    assert (first.granted, first.open_claims, first.received) == (50, 50, 100)
    assert list(money.purses) == [1, 2, 3]


def test_what_was_granted_last_falls_first():
    money = granted((1, 100), (2, 100))

    money.grant(3, YUEYANG, 2023, -30)

    assert [money.payable(run) for run in (1, 2, 3)] == [100, 70, 0]


def test_no_more_is_taken_than_was_granted():
    money = granted((1, 100))

    with pytest.raises(ValueError, match="101"):
        money.grant(2, YUEYANG, 2023, -101)


def test_a_month_that_is_due_again_mends_what_is_claimed_where_it_is_booked():
    """100 were received and claimed; 130 are due again: the claim falls in its purse, 30 are new in theirs."""
    money = granted((1, 100))
    paid(money.purses[1], 100)
    money.grant(2, YUEYANG, 2023, -100)

    money.grant(3, FANGSONG, 2024, 130)

    assert money.purses[1].account.open_claims == 0
    new = money.purses[3]
    assert (new.town, new.year, new.account.granted, money.payable(3)) == (
        FANGSONG,
        2024,
        30,
        30,
    )
    money.grant(4, FANGSONG, 2024, 5)
    assert money.payable(4) == 5


def test_a_month_that_is_due_again_no_further_than_its_claim_opens_no_purse():
    money = granted((1, 100))
    money.purses[1].step("send", 100, 1)
    money.grant(2, YUEYANG, 2023, -100)

    money.grant(3, FANGSONG, 2023, 100)

    assert list(money.purses) == [1]
    assert (money.purses[1].account.waiting, money.payable(3)) == (0, 0)


def told(when: int, run: int, fen: int, *moves: str, rank: int = 0, month: int = 7) -> Told:
    return Told(
        when, rank, 1, run, ((month, fen),), moves, town=YUEYANG, year=2023, sending=run
    )


def test_everything_happens_in_its_order_whatever_the_order_of_telling():
    """On one day what is granted comes before what is sent, that before what the bank answers."""
    events = [
        told(2, 1, 100, "credit", rank=2),
        told(2, 1, 100, "send", rank=1),
        told(2, 1, 100),
        told(3, 2, -100),
    ]
    money: defaultdict[tuple[int, int], Money] = defaultdict(Money)

    happened = list(replayed(events, money))

    assert happened == [events[2], events[1], events[0], events[3]]
    assert money[1, 7].purses[1].account.open_claims == 100


def test_only_the_months_that_are_asked_for_are_replayed_and_every_event_is_told():
    events = [told(1, 1, 100), told(1, 1, 200, month=8)]
    money: defaultdict[tuple[int, int], Money] = defaultdict(Money)

    happened = list(replayed(events, money, months={8}))

    assert happened == events
    assert {key: month.payable(1) for key, month in money.items()} == {(1, 8): 200}


def line(day: int, outcome: Outcome) -> BankLine:
    return BankLine(DAY.replace(day=day), outcome, "A", 100)


@pytest.mark.parametrize(
    ("lines", "steps"),
    [
        ([(1, Outcome.CREDITED)], [("credit",)]),
        ([(1, Outcome.FAILED)], [("fail",)]),
        ([(1, Outcome.RETURNED)], [("credit", "give_back")]),
        ([(1, Outcome.PENDING), (2, Outcome.CREDITED)], [("credit",)]),
        ([(1, Outcome.FAILED), (2, Outcome.CREDITED)], [("fail",), ("send", "credit")]),
        ([(1, Outcome.CREDITED), (2, Outcome.RETURNED)], [("credit",), ("give_back",)]),
        ([(1, Outcome.CREDITED), (2, Outcome.CREDITED)], [("credit",)]),
        (
            [(1, Outcome.CREDITED), (2, Outcome.RETURNED), (3, Outcome.CREDITED)],
            [("credit",), ("give_back",), ("send", "credit")],
        ),
    ],
)
def test_each_file_does_to_the_money_what_it_changes_of_what_is_known(lines, steps):
    files = [(number, line(day, outcome)) for number, (day, outcome) in enumerate(lines)]

    found = list(answered(reversed(files)))

    assert [each for _, each in found] == steps


def test_an_older_day_told_later_makes_of_the_failure_a_payment_that_came_back():
    """Failed by the first file; the second says: credited a day before, so the bank took it back."""
    files = [(1, line(5, Outcome.FAILED)), (2, line(4, Outcome.CREDITED))]

    assert list(answered(files)) == [(1, ("fail",)), (2, ("send", "credit", "give_back"))]


# ---- what the bank pays on its own word, and what comes back of money that came back already


def test_what_the_bank_paid_on_its_word_stands_in_for_a_payment_that_comes_back():
    purse = granted((1, 100)).purses[1]
    paid(purse, 100)
    purse.step("pay_besides", 120, -7)

    purse.step("give_back", 100, 1)

    assert at(purse) == (0, 0, 100, {-7: 20})


def test_it_stands_in_whichever_of_the_two_is_told_first():
    purse = granted((1, 100)).purses[1]
    paid(purse, 100)
    purse.step("give_back", 100, 1)

    purse.step("pay_besides", 120, -7)

    assert at(purse) == (0, 0, 100, {-7: 20})


def test_where_the_bank_takes_back_what_is_the_payment_now_that_is_to_be_paid_again():
    purse = granted((1, 100)).purses[1]
    paid(purse, 100)
    purse.step("pay_besides", 100, -7)
    purse.step("give_back", 100, 1)

    purse.step("reverse", 100, -7)

    assert at(purse) == (100, 0, 0, {})


def test_who_gave_back_what_the_bank_takes_back_is_owed_it():
    """100 were cancelled and credited late; the person gave 60 of them back, and then the bank took all 100."""
    money = granted((1, 100))
    money.grant(2, YUEYANG, 2023, -100)
    purse = money.purses[1]
    paid(purse, 100)
    assert at(purse) == (0, 0, 0, {1: 100})
    purse.step("recover", 60, 1)

    purse.step("give_back", 100, 1)

    assert at(purse) == (60, 0, -60, {})
    assert purse.account.balance == 0
    with pytest.raises(ValueError, match="1"):
        purse.step("give_back", 1, 1)  # the bank takes back no more than it paid


def test_of_a_refused_line_in_process_says_nothing_and_failed_nothing_new():
    told = [
        (1, BankLine(DAY, Outcome.PENDING, "", 100)),
        (2, BankLine(DAY, Outcome.FAILED, "", 100)),
    ]

    assert list(answered(told, state=TryState.FAILED)) == []


def test_of_a_refused_line_in_process_and_then_credited_sends_and_credits():
    told = [
        (1, BankLine(DAY, Outcome.PENDING, "", 100)),
        (2, BankLine(DAY, Outcome.CREDITED, "", 100)),
    ]

    assert list(answered(told, state=TryState.FAILED)) == [(2, ("send", "credit"))]
