"""Where the money of benefits stops: nought, one fen too much, the first and the last month, typed from the rules."""

from __future__ import annotations

from datetime import date

import pytest

from kaoji.benefits.accounts import MonthAccount
from kaoji.benefits.approvals import approvals_needed
from kaoji.benefits.fen import UnreadableFen, read_fen, written_fen
from kaoji.benefits.months import (
    Month,
    UnreadableMonth,
    last_day,
    month,
    month_of,
    months_between,
    quarter_of,
    read_month,
    written_month,
)
from kaoji.benefits.payments import (
    BankLine,
    Outcome,
    PaymentState,
    Try,
    TryState,
    Verdict,
    credited_fen,
    judge,
    state_of_payment,
    state_of_try,
)
from kaoji.benefits.rates import ItemResult, Rate, right_items, right_money, timely
from kaoji.benefits.reductions import Claim, Ground, OwedByOther, settle_reduction

DAY = date(2023, 7, 10)


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("0", 0), ("1", 100), ("0.05", 5), ("0.5", 50), ("-0.05", -5), ("+600.00", 60_000),
        ("1,900.00", 190_000), ("１９００．００元", 190_000), ("−2,500", -250_000), ("– 3", -300),
        ("999999999999999.99", 99_999_999_999_999_999),
    ],
)  # fmt: skip
def test_yuan_are_read_to_the_fen(text: str, fen: int):
    assert read_fen(text) == fen


@pytest.mark.parametrize("text", ["", "元", "1.005", "1,90", "1.9.0", "--1", "1 角", "1" * 16])
def test_what_is_no_amount_to_the_fen_is_not_read(text: str):
    with pytest.raises(UnreadableFen, match="最多两位小数"):
        read_fen(text)


@pytest.mark.parametrize(
    ("fen", "text"),
    [(0, "0.00"), (5, "0.05"), (-5, "-0.05"), (99, "0.99"), (100, "1.00"), (-190_000, "-1,900.00")],
)  # fmt: skip
def test_fen_are_written_as_yuan(fen: int, text: str):
    assert written_fen(fen) == text


@pytest.mark.parametrize(
    ("text", "first_day"),
    [
        ("1900-01", date(1900, 1, 1)),
        ("2199-12", date(2199, 12, 1)),
        ("2023年6月", date(2023, 6, 1)),
    ],
)
def test_a_month_is_read_from_1900_to_2199(text: str, first_day: date):
    assert read_month(text) == month_of(first_day)


@pytest.mark.parametrize("text", ["1899-12", "2200-01", "2023-00", "2023-13", "2023", "6月"])
def test_what_is_no_month_is_not_read(text: str):
    with pytest.raises(UnreadableMonth, match="不是月份"):
        read_month(text)


def test_months_follow_each_other_over_the_end_of_a_year():
    december, january = month(2023, 12), month(2024, 1)

    assert january - december == 1
    assert [written_month(of) for of in (december, january)] == ["2023-12", "2024-01"]
    assert last_day(december) == date(2023, 12, 31)
    assert last_day(month(2024, 2)) == date(2024, 2, 29)
    assert list(months_between(december, january)) == [december, january]
    assert list(months_between(january, december)) == []


@pytest.mark.parametrize(
    ("of", "quarter"),
    [(1, (1, 3)), (3, (1, 3)), (4, (4, 6)), (9, (7, 9)), (10, (10, 12)), (12, (10, 12))],
)
def test_a_quarter_begins_in_january_april_july_and_october(of: int, quarter: tuple[int, int]):
    assert quarter_of(month(2023, of)) == tuple(month(2023, n) for n in quarter)


def account(granted: int = 100, **steps: int) -> MonthAccount:
    """A month of which so much was granted, then sent, credited …"""
    made = MonthAccount()
    made.grant(granted)
    for name, fen in steps.items():
        getattr(made, name)(fen)
    return made


@pytest.mark.parametrize(
    ("step", "made", "most"),
    [
        ("send", account(), 100),
        ("take_off", account(), 100),
        ("credit", account(send=80), 80),
        ("fail", account(send=80), 80),
        ("give_back", account(send=80, credit=60), 60),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_no_step_takes_nothing_or_more_than_there_is(step: str, made: MonthAccount, most: int):
    for fen in (0, -1, most + 1):
        with pytest.raises(ValueError, match=str(fen)):
            getattr(made, step)(fen)
    getattr(made, step)(most)

    assert made.balance == 0


def test_no_more_is_taken_back_than_was_granted():
    made = account()

    for fen in (0, 101):
        with pytest.raises(ValueError, match=str(fen)):
            made.reduce(fen, ground=Ground.LAW)
    assert made.reduce(100, ground=Ground.LAW).cancelled == 100


def test_no_more_is_set_off_than_the_other_month_is_owed():
    made, other = account(send=100, credit=100), account(40)
    made.reduce(100, ground=Ground.OWN_ERROR)
    made.claims[0] = made.claims[0].decide()

    with pytest.raises(ValueError, match="41"):
        made.set_off(0, 41, other, programme="tekun", allowed=True)
    made.set_off(0, 40, other, programme="tekun", allowed=True)

    assert (made.open_claims, other.payable, other.set_off_here) == (60, 0, 40)
    assert made.balance == other.balance == 0


def test_a_step_that_moves_nothing_books_nothing():
    assert [moved.fen for moved in account(send=100, credit=100).moved] == [100, 100, 100]
    assert MonthAccount().moved == []


def test_what_waits_is_no_longer_with_the_bank_for_the_next_reduction():
    """100 are with the bank; 60 wait for its answer, so of the next 60 only 40 can wait, 20 were received."""
    made = account(160, send=160, credit=60)
    made.reduce(60, ground=Ground.LAW)
    settled = made.reduce(60, ground=Ground.LAW)

    assert (settled.waiting, settled.claimed, settled.fen) == (40, 20, 60)


def test_the_newest_claim_falls_first():
    made = account(send=100, credit=100)
    made.reduce(30, ground=Ground.OWN_ERROR)
    made.reduce(20, ground=Ground.LAW)

    made.grant(25)

    assert [claim.outstanding for claim in made.claims] == [25, 0]


def test_what_the_bank_returns_lets_claims_fall_and_brings_back_what_was_given_up():
    """100 received, all claimed, 30 waived and 20 written off; the bank returns 90: nothing is owed of those."""
    made = account(send=100, credit=100)
    made.reduce(100, ground=Ground.AFTER_DEATH)
    made.claims[0] = made.claims[0].decide()
    made.waive(0, 30)
    made.write_off(0, 20)

    made.give_back(90)

    [claim] = made.claims
    assert (claim.outstanding, claim.waived, claim.written_off) == (0, 0, 10)
    assert (made.received, made.payable, made.balance) == (10, 0, 0)


def test_a_reduction_switches_no_more_than_the_other_benefit_owes_and_only_where_the_law_names_it():
    owed = [OwedByOther("dibao", 50), OwedByOther("tekun", 30), OwedByOther("other", 99)]

    settled = settle_reduction(
        100, payable=10, in_transit=5, owed=owed, switch=["dibao", "tekun"]
    )

    assert (settled.cancelled, settled.waiting, settled.claimed) == (10, 5, 5)
    assert [(other.programme, other.fen) for other in settled.switched] == [
        ("dibao", 50),
        ("tekun", 30),
    ]
    assert settled.fen == 100
    nothing_left = settle_reduction(60, payable=60, owed=owed, switch=["dibao"])
    assert nothing_left.switched == ()


def test_every_way_that_a_claim_ends_lessens_what_is_open():
    claim = Claim(100, Ground.LAW).decide()

    claim = claim.recover(10).set_off(15, allowed=True).waive(20).write_off(25)

    assert claim.outstanding == 30
    assert (claim.recovered, claim.offset, claim.waived, claim.written_off) == (10, 15, 20, 25)
    again, arrear = claim.answer(50)
    assert (again.outstanding, again.reversed, arrear.reversed, arrear.paid) == (0, 30, 30, 20)


def lines(*told: tuple[int, Outcome]) -> list[BankLine]:
    return [BankLine(DAY.replace(day=day), outcome, "A", 75) for day, outcome in told]


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ([(1, Outcome.PENDING)], TryState.SENT),
        ([(1, Outcome.FAILED), (2, Outcome.CREDITED)], TryState.CREDITED),
        ([(1, Outcome.CREDITED), (2, Outcome.FAILED)], TryState.RETURNED),
        ([(1, Outcome.CREDITED), (1, Outcome.FAILED)], TryState.CREDITED),  # one day: failed first
        ([(1, Outcome.RETURNED)], TryState.RETURNED),
        ([(1, Outcome.RETURNED), (1, Outcome.CREDITED)], TryState.RETURNED),
        ([(1, Outcome.RETURNED), (2, Outcome.CREDITED)], TryState.CREDITED),
        ([(1, Outcome.FAILED), (2, Outcome.RETURNED)], TryState.FAILED),
        ([(1, Outcome.RETURNED), (2, Outcome.FAILED)], TryState.RETURNED),
    ],
)  # fmt: skip
def test_a_try_is_what_its_lines_say_day_by_day(told: list, state: TryState):
    assert state_of_try(lines(*told)) is state


def test_a_payment_is_paid_by_one_credit_and_doubly_by_two_or_more():
    credited, failed = TryState.CREDITED, TryState.FAILED

    assert state_of_payment([failed]) is PaymentState.OPEN
    assert state_of_payment([failed, credited]) is PaymentState.PAID
    assert state_of_payment([credited] * 3) is PaymentState.DOUBLE_CREDIT
    tries = [Try("A", "p", 75), Try("B", "p", 60)]
    assert credited_fen(tries, {"A": lines((1, Outcome.CREDITED))}) == 75


def test_a_line_with_an_unknown_reference_answers_no_line_by_its_place():
    """A bank that gives another reference speaks of another payment, though number and amount agree."""
    sent = [Try("A", "p", 75, file_line=1), Try("B", "p", 75)]

    def verdict(reference: str, line: int) -> Verdict:
        [judged] = judge([BankLine(DAY, Outcome.CREDITED, reference, 75, line)], sent)
        return judged.verdict

    assert verdict("Z", 1) is Verdict.UNKNOWN
    assert verdict("", 1) is Verdict.MATCHED
    assert verdict("", 0) is Verdict.UNKNOWN  # no number is not the number of a line


def test_what_was_heard_before_is_repeated_on_its_day_alone():
    sent, before = [Try("A", "p", 75)], lines((1, Outcome.FAILED))

    verdicts = [
        judged.verdict
        for judged in judge(
            lines((1, Outcome.FAILED), (2, Outcome.FAILED), (1, Outcome.CREDITED)),
            sent,
            seen=before,
        )
    ]

    assert verdicts == [Verdict.REPEATED, Verdict.MATCHED, Verdict.MATCHED]


@pytest.mark.parametrize(
    ("result", "in_time", "right", "money"),
    [
        (ItemResult(75, DAY, DAY, 75), Rate(1, 1), Rate(1, 1), Rate(75, 75)),
        (ItemResult(75, DAY, DAY.replace(day=11), 75), Rate(0, 1), Rate(1, 1), Rate(75, 75)),
        (ItemResult(75, DAY), Rate(0, 1), Rate(0, 0), Rate(0, 75)),
        (ItemResult(75, DAY, DAY, 74), Rate(1, 1), Rate(0, 1), Rate(74, 75)),
        (ItemResult(75, DAY, DAY, 75, right=False), Rate(1, 1), Rate(0, 1), Rate(75, 75)),
        (ItemResult(75, DAY, DAY, 200), Rate(1, 1), Rate(0, 1), Rate(0, 75)),
        (ItemResult(0, DAY, DAY, 0), Rate(0, 0), Rate(1, 1), Rate(0, 0)),
        (ItemResult(-75, DAY), Rate(0, 0), Rate(0, 0), Rate(0, 0)),
        (ItemResult(1, DAY, DAY, 1), Rate(1, 1), Rate(1, 1), Rate(1, 1)),
    ],
)
def test_an_item_counts_for_the_rates_as_it_ended(result, in_time, right, money):
    assert (timely([result]), right_items([result]), right_money([result])) == (
        in_time,
        right,
        money,
    )


def test_where_no_rule_says_how_many_must_approve_nothing_is_let_through():
    with pytest.raises(LookupError):
        approvals_needed(-1, period=month(2023, 7))
    with pytest.raises(LookupError):
        approvals_needed(1, period=Month(month(2018, 1) - 1))
    assert approvals_needed(0, period=month(2018, 1)) == 1
