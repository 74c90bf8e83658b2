"""When a month is to be paid: its pay day, and the day by which a payment still counts as timely.

A month is due on the pay day of its own run; when the paper came later, on the pay day of the first
run after it was in hand. Of a month stopped by mistake the original day stays: mending one's own
error is late.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from kaoji.benefits.law import Law
from kaoji.benefits.months import Month, first_day, month_of, quarter_of

Workday = Callable[[date], bool]
_SATURDAY = 5


def on_workdays(day: date) -> bool:
    """Monday to Friday; an office that knows its holidays names the pay day itself."""
    return day.weekday() < _SATURDAY


def pay_day(law: Law, period: Month, *, known_at: date, workday: Workday) -> date:
    """The day on which the run of a period pays, moved off holidays as the law says."""
    held = law.at(period, known_at=known_at)
    day = first_day(period).replace(day=held.setting("pay_day"))
    roll = held.word("pay_roll", "none")
    step = {"earlier_workday": -1, "later_workday": 1}.get(roll, 0)
    while step and not workday(day):
        day += timedelta(step)
    return day


def due_on(
    law: Law, of: Month, *, received_on: date | None, known_at: date, workday: Workday
) -> date:
    """By when a month must be credited. *received_on* None: nothing new, or our own error."""
    held = law.at(of, known_at=known_at)
    quarterly = held.word("pay_every") == "quarter"
    period = quarter_of(of)[0] if quarterly else of
    regular = pay_day(law, period, known_at=known_at, workday=workday)
    if received_on is None or received_on < regular:
        return regular
    period = month_of(received_on)
    after = pay_day(law, period, known_at=known_at, workday=workday)
    if received_on < after:
        return after
    return pay_day(law, Month(period + 1), known_at=known_at, workday=workday)
