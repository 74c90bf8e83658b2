"""Until when: the last day that a deadline in words allows.

>>> deadline_in("2024年3月底前", year=2023)
datetime.date(2024, 3, 31)
>>> deadline_in("10月20日前", year=2023)
datetime.date(2023, 10, 20)
>>> deadline_in("当年十月底前", year=2023)
datetime.date(2023, 10, 31)
"""

from __future__ import annotations

import calendar
import re
from datetime import date

from kaoji.core.target_words import DEADLINE_LEADS
from kaoji.core.width import narrow, squeeze

_PARTS = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)[年\-/.])?(?:(?P<month>1[0-2]|0?[1-9])(?:[月\-/.]|$)"
    r"(?:(?P<day>3[01]|[12]\d|0?[1-9])[日号]?)?)?"
)
_THIS_YEAR = re.compile(r"^(?:当年|本年度?|每年|次年)")
_CHINESE_MONTHS = {
    "十二月": "12月", "十一月": "11月", "十月": "10月", "一月": "1月", "二月": "2月", "三月": "3月",
    "四月": "4月", "五月": "5月", "六月": "6月", "七月": "7月", "八月": "8月", "九月": "9月",
}  # fmt: skip
_LAST_YEAR = 9998
_LAST_MONTHS = {
    "一季度": 3,
    "1季度": 3,
    "上半年": 6,
    "二季度": 6,
    "2季度": 6,
    "三季度": 9,
    "3季度": 9,
}
_DECADES = {"上旬": 10, "中旬": 20}


def deadline_in(text: str, *, year: int) -> date | None:
    """The last day that the text allows; *year* where it names none. None when it names no time."""
    plain = DEADLINE_LEADS.sub("", squeeze(narrow(text)), count=1).lstrip("<=≤于在")
    for chinese, digits in _CHINESE_MONTHS.items():
        plain = plain.replace(chinese, digits)
    found = _PARTS.match(_THIS_YEAR.sub("", plain))
    if not found or not (found["year"] or found["month"] or "年" in plain or "季度" in plain):
        return None
    on_year = int(found["year"] or year) + (1 if "次年" in plain else 0)
    if on_year > _LAST_YEAR:
        return None
    month = int(found["month"]) if found["month"] else _last_month(plain)
    last = calendar.monthrange(on_year, month)[1]
    day = int(found["day"]) if found["day"] else _last_day(plain, last)
    return date(on_year, month, min(day, last))


def _last_month(text: str) -> int:
    return next((month for word, month in _LAST_MONTHS.items() if word in text), 12)


def _last_day(text: str, last: int) -> int:
    return next((day for word, day in _DECADES.items() if word in text), last)


_MONTHS_OF = re.compile(
    r"^(?P<year>(?:19|20)\d\d)[年./]?(?P<first>1[0-2]|0?[1-9])月?(?:\d{1,2}[日号])?(?:[-~—]+|至|到)"
    r"(?:(?P=year)[年./]?)?(?P<last>1[0-2]|0?[1-9])月(?:\d{1,2}[日号]|底|末)?"
)


def months_in(text: str) -> int | None:
    """How many months of one year a span lasts; None for what is none.

    >>> months_in("2020年1月--2020年11月")
    11
    """
    found = _MONTHS_OF.match(squeeze(narrow(text)))
    if not found or int(found["first"]) > int(found["last"]):
        return None
    return int(found["last"]) - int(found["first"]) + 1
