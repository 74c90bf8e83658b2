"""When a month is due: typed from the rules of 老年综合津贴 and of the children's money."""

from __future__ import annotations

from datetime import date

import pytest

from kaoji.benefits.law_reading import law_of
from kaoji.benefits.months import month
from kaoji.benefits.pay_days import due_on, pay_day

OLD, CHILD = law_of("old_age_allowance"), law_of("child_living")
TODAY = date(2023, 12, 1)


def weekday(day: date) -> bool:
    return day.weekday() < 5


def test_a_pay_day_on_a_weekend_moves_to_the_workday_before():
    assert pay_day(OLD, month(2023, 4), known_at=TODAY, workday=weekday) == date(2023, 4, 14)
    assert pay_day(OLD, month(2023, 3), known_at=TODAY, workday=weekday) == date(2023, 3, 15)


@pytest.mark.parametrize(
    ("of", "received", "due"),
    [
        (month(2023, 8), None, date(2023, 7, 14)),  # paid ahead with its quarter
        (month(2023, 8), date(2023, 7, 10), date(2023, 7, 14)),
        (month(2023, 8), date(2023, 8, 2), date(2023, 8, 15)),  # new within the quarter
        (
            month(2023, 8),
            date(2023, 8, 15),
            date(2023, 9, 15),
        ),  # on the day itself: the next one
        (month(2023, 1), date(2023, 8, 2), date(2023, 8, 15)),  # an arrear
    ],
)
def test_a_month_of_the_allowance_is_due(of, received, due):
    assert due_on(OLD, of, received_on=received, known_at=TODAY, workday=weekday) == due


def test_a_month_stopped_by_mistake_keeps_its_original_day():
    of = month(2023, 8)

    assert due_on(CHILD, of, received_on=None, known_at=TODAY, workday=weekday) == date(
        2023, 8, 10
    )


@pytest.mark.parametrize("day", range(1, 29))
def test_nothing_is_due_before_the_paper_was_in_hand(day):
    received = date(2023, 9, day)

    due = due_on(CHILD, month(2023, 9), received_on=received, known_at=TODAY, workday=weekday)

    assert due > received
