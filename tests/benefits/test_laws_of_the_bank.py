"""What must hold of the bank's answers and of the rates, whatever comes back and when."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

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
from kaoji.benefits.rates import ItemResult, Rate, covered, right_items, right_money, timely

fast = settings(max_examples=80)
DAY = date(2023, 7, 10)
bank_lines = st.lists(
    st.builds(
        lambda n, outcome, reference: BankLine(DAY + timedelta(n), outcome, reference, 7_500),
        st.integers(0, 4),
        st.sampled_from(list(Outcome)),
        st.sampled_from(["A", "B"]),
    ),
    max_size=8,
)
TRIES = [Try("A", "p", 7_500), Try("B", "p", 7_500)]


@fast
@given(bank_lines, st.randoms(), st.integers(0, 8))
def test_i6_files_may_come_in_any_order_in_pieces_and_twice(lines, chance: Random, cut):
    other = lines + lines[:cut]
    chance.shuffle(other)

    for reference in ("A", "B"):
        assert state_of_try(x for x in lines if x.reference == reference) == state_of_try(
            x for x in other if x.reference == reference
        )


@fast
@given(bank_lines, st.randoms())
def test_i6_a_line_answers_at_most_one_try_and_once(lines, chance: Random):
    half = chance.randint(0, len(lines))
    first = judge(lines[:half], TRIES)
    second = judge(lines[half:], TRIES, seen=lines[:half])

    matched = [j.line for j in (*first, *second) if j.verdict is Verdict.MATCHED]
    assert len(matched) == len(set(matched)) == len(set(lines))
    for judged in (*first, *second):
        assert judged.answers is not None
        assert judged.answers.reference == judged.line.reference


@fast
@given(bank_lines)
def test_i16_more_than_the_payment_credited_is_a_double_credit(lines):
    by_try = {t.reference: [x for x in lines if x.reference == t.reference] for t in TRIES}
    state = state_of_payment(state_of_try(found) for found in by_try.values())

    assert (credited_fen(TRIES, by_try) > 7_500) is (state is PaymentState.DOUBLE_CREDIT)


def test_a_credit_told_late_after_a_failure_is_seen_as_a_second_one():
    """Failed on the 2nd, credited on the 3rd but told late, resend credited on the 5th."""
    first = [
        BankLine(date(2023, 7, 2), Outcome.FAILED, "A", 7_500),
        BankLine(date(2023, 7, 3), Outcome.CREDITED, "A", 7_500),
    ]
    second = [BankLine(date(2023, 7, 5), Outcome.CREDITED, "B", 7_500)]

    states = [state_of_try(first), state_of_try(second)]

    assert state_of_payment(states) is PaymentState.DOUBLE_CREDIT
    assert state_of_try([]) is TryState.SENT
    returned = [*second, BankLine(date(2023, 7, 6), Outcome.RETURNED, "B", 7_500)]
    assert state_of_try(returned) is TryState.RETURNED


def test_lines_that_answer_nothing_are_kept_apart():
    tries = [Try("A", "p", 7_500, file_line=1)]
    lines = [
        BankLine(DAY, Outcome.CREDITED, "Z", 7_500),
        BankLine(DAY, Outcome.CREDITED, "A", 7_400),
        BankLine(DAY, Outcome.CREDITED, "", 7_500, file_line=1),
        BankLine(DAY, Outcome.CREDITED, "A", 7_500),
        BankLine(DAY, Outcome.CREDITED, "", 7_500, file_line=2),
    ]

    verdicts = [judged.verdict for judged in judge(lines, tries)]

    assert verdicts == [
        Verdict.UNKNOWN, Verdict.AMOUNT, Verdict.MATCHED, Verdict.REPEATED, Verdict.UNKNOWN,
    ]  # fmt: skip


results = st.lists(
    st.builds(
        ItemResult,
        st.integers(-5_000, 5_000),
        st.just(DAY),
        st.none() | st.integers(-3, 3).map(lambda n: DAY + timedelta(n)),
        st.integers(0, 6_000),
        st.booleans(),
    ),
    max_size=20,
)
RATES = (timely, right_items, right_money)


@fast
@given(results)
def test_i10_rates_lie_between_nothing_and_all(found):
    for rate in RATES:
        percent = rate(found).percent
        assert percent is None or 0 <= percent <= 100


@fast
@given(results, st.integers(1, 5_000))
def test_i10_a_failure_never_raises_a_rate(found, should):
    late = ItemResult(should, DAY, DAY + timedelta(1), should)
    never = ItemResult(should, DAY)
    wrong = ItemResult(should, DAY, DAY, should, right=False)

    for rate, failure in [(timely, late), (timely, never), (right_items, wrong)]:
        before, after = rate(found).percent, rate([*found, failure]).percent
        assert before is None or after <= before
    before, after = right_money(found), right_money([*found, never])
    assert before.numerator * after.denominator >= after.numerator * before.denominator


@fast
@given(st.sets(st.text("甲乙丙丁", max_size=1)), st.sets(st.text("甲乙丙丁戊", max_size=1)))
def test_i10_who_is_missed_stays_in_the_denominator(entitled, paid):
    assert covered(entitled, paid).denominator == len(entitled)
    assert covered([*entitled, "庚"], paid).numerator == covered(entitled, paid).numerator


def test_failed_and_late_items_stay_among_those_due_and_reductions_are_none():
    good, late, never = (ItemResult(75, DAY, on, 75) for on in (DAY, DAY + timedelta(1), None))
    reduction = ItemResult(-75, DAY)

    assert timely([good, late, never, reduction]) == Rate(1, 3)


def test_one_miss_among_a_million_is_not_a_hundred_per_cent():
    assert str(Rate(999_999, 1_000_000).percent) == "99.99"
    assert Rate(0, 0).percent is None
    assert Rate(1, 2) + Rate(1, 2) == Rate(2, 4)


def test_over_and_under_payments_do_not_cancel():
    paid = [ItemResult(100, DAY, DAY, 150), ItemResult(100, DAY, DAY, 50)]

    assert right_money(paid) == Rate(100, 200)
