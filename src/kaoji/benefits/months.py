"""Months as numbers: benefits are due by the month, and months must be counted.

>>> june = month(2023, 6)
>>> written_month(Month(june + 7))
'2024-01'
>>> read_month("2023-06") == june
True
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NewType

from kaoji.core.speech import Sentence, say
from kaoji.core.width import narrow

Month = NewType("Month", int)
"""Months since the year 0: year × 12 + (1 … 12) − 1."""

_MONTH = re.compile(r"(\d{4})(?:-|年)(\d{1,2})月?$")


class UnreadableMonth(ValueError):
    """The text is not a calendar month."""

    def __init__(self, text: object) -> None:
        self.sentence: Sentence = say("“{text}”不是月份；请写成 2023-06", text=str(text))
        super().__init__(str(self.sentence))


def month(year: int, number: int) -> Month:
    """The month of that *number* (1 … 12) in a year."""
    return Month(year * 12 + number - 1)


def month_of(day: date) -> Month:
    """The month in which a day lies."""
    return Month(day.year * 12 + day.month - 1)


def read_month(text: object) -> Month:
    """Read `2023-06` or `2023年6月`. Raises UnreadableMonth."""
    found = _MONTH.match(narrow(str(text)).strip())
    if not found or not 1 <= int(found[2]) <= 12 or not 1900 <= int(found[1]) <= 2199:
        raise UnreadableMonth(text)
    return month(int(found[1]), int(found[2]))


def written_month(of: Month) -> str:
    """The way people write it: `2023-06`."""
    return f"{of // 12:04d}-{of % 12 + 1:02d}"


def first_day(of: Month) -> date:
    """The first day of a month."""
    return date(of // 12, of % 12 + 1, 1)


def last_day(of: Month) -> date:
    """The last day of a month."""
    return date.fromordinal(first_day(Month(of + 1)).toordinal() - 1)


def months_between(first: Month, last: Month) -> Iterator[Month]:
    """Every month from *first* to *last*, both included."""
    return map(Month, range(first, last + 1))


def quarter_of(of: Month) -> tuple[Month, Month]:
    """The first and the last month of the quarter in which a month lies."""
    first = Month(of - of % 3)
    return first, Month(first + 2)
