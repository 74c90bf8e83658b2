"""Dates and spans of years, as forms write them.

>>> read_date("2023年1月5日")
datetime.date(2023, 1, 5)
>>> str(read_years("(2024 年-2026 年)"))
'2024-2026'
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from kaoji.core.speech import Sentence, say
from kaoji.core.width import narrow, squeeze

# The budget law (预算法) was passed in 1994; nobody declares money for the next century.
_FIRST_YEAR, _LAST_YEAR = 1994, 2100

_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$")
_YEARS = re.compile(r"[(\[]?(\d{4})年?(?:度)?(?:[-~至到—一]+(\d{4})年?(?:度)?)?[)\]]?$")


class UnreadableDate(ValueError):
    """The text is not a calendar day."""

    def __init__(self, text: str) -> None:
        self.sentence: Sentence = say("“{text}”不是日期；请写成 2023-01-01", text=text)
        super().__init__(str(self.sentence))


def read_date(text: str) -> date:
    """Read a day written as 2023-01-01, 2023/1/1, 2023.1.1 or 2023年1月1日.

    Raises UnreadableDate for anything else and for days that do not exist.
    """
    found = _DATE.match(squeeze(narrow(text)))
    if not found:
        raise UnreadableDate(text)
    year, month, day = map(int, found.groups())
    try:
        return date(year, month, day)
    except ValueError as no_such_day:
        raise UnreadableDate(text) from no_such_day


class UnreadableYear(ValueError):
    """The text is not a budget year."""

    def __init__(self, text: object) -> None:
        self.sentence: Sentence = say("“{text}”不是年度；请写四位数字，例如 2023", text=text)
        super().__init__(str(self.sentence))


def is_budget_year(year: int) -> bool:
    """May a form be of this year? Years before the budget law and far ones are slips of the pen."""
    return _FIRST_YEAR <= year <= _LAST_YEAR


def read_year(text: object) -> int:
    """Read a budget year; years before the budget law and far ones raise UnreadableYear."""
    digits = str(text).strip()
    if not re.fullmatch(r"[0-9]{4}", digits) or not is_budget_year(int(digits)):
        raise UnreadableYear(text)
    return int(digits)


@dataclass(frozen=True, order=True)
class Years:
    """A span of budget years, both ends included."""

    first: int
    last: int

    def __str__(self) -> str:
        return f"{self.first}-{self.last}"


def read_years(text: str) -> Years | None:
    """Read `(2023年-2025年)`, `2023-2025` or `(2023年度)`; None when *text* is no span."""
    found = _YEARS.match(squeeze(narrow(text)))
    if not found:
        return None
    first, last = int(found[1]), int(found[2] or found[1])
    return Years(first, last) if is_budget_year(first) and is_budget_year(last) else None
