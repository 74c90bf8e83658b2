"""A form carried into another year, or copied for another project.

>>> from datetime import date
>>> last = Declaration(project_name="甲", year=2023, start_date=date(2023, 1, 1))
>>> carried = carry_over(last, year=2024)
>>> carried.year, carried.start_date
(2024, datetime.date(2024, 1, 1))
"""

from __future__ import annotations

from calendar import isleap
from dataclasses import replace
from datetime import date

from kaoji.core.declaration import Declaration, Funds
from kaoji.core.period import Years


def carry_over(form: Declaration, *, year: int) -> Declaration:
    """The form with its dates moved to *year* and its money blank: that is asked for anew.

    Years named in texts are moved by `years_in_texts`. A form that names no year keeps its dates.
    """
    by = year - form.year if form.year else 0
    return replace(
        form,
        year=year,
        start_date=_moved(form.start_date, by),
        end_date=_moved(form.end_date, by),
        goal_period=_moved_period(form.goal_period, by),
        funds=Funds(),
    )


def _moved(day: date | None, by: int) -> date | None:
    """The same day of another year; 29 February becomes the 28th where there is none.

    None for a day that would leave the calendar.
    """
    if day is None or not date.min.year <= day.year + by <= date.max.year:
        return None
    if (day.month, day.day) == (2, 29) and not isleap(day.year + by):
        return day.replace(year=day.year + by, day=28)
    return day.replace(year=day.year + by)


def _moved_period(period: Years | None, by: int) -> Years | None:
    return None if period is None else Years(period.first + by, period.last + by)
