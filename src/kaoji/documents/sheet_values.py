"""What a single cell of a sheet says: a number, money with its unit, a month.

Written as people write them: `(500.00)` and `500.00-` are minus 500, `1.25万元` names its own
unit, `202303` and `六月` are months.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from kaoji.core.money import YUAN_PER_UNIT
from kaoji.core.numerals import read_numeral
from kaoji.core.width import narrow, squeeze

# A cell that says no more than this marks a row that adds others up.
_SUM = re.compile(r"(?:本[页月季年])?(?:合计|总计|小计|总额)(?:金额|数)?(?:\([^()]*\))?:?")
_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][+-]?\d{1,2})?")
_LONGEST = 60
_UNITS = sorted(YUAN_PER_UNIT, key=len, reverse=True)
_NAMED_UNIT = re.compile(
    r"单位:?\(?(?:人民币)?([亿万千百十]*元)|[(\[](?:人民币)?([亿万千百十]*元)[^()\[\]]{0,20}[)\]]"
)
_MONTH = re.compile(r"(?:(\d{4})(?:年|[-/.]))?(\d{1,2})月?份?")
_RUN_TOGETHER = re.compile(r"(\d{4})(\d{2})")
_IN_WORDS = re.compile(r"(?:(\d{4})年)?([一二三四五六七八九十]{1,2})月份?")
_YEAR_AND_MONTH = re.compile(r"20\d{2}[-/.]?\d{2}")
# What a caption of a month says besides the month.
_WHOSE = re.compile(
    r"(?:当月|本月)?(?:实际)?(?:执行|支出|支付|发生|拨付|使用)?(?:数|额|金额)?(?:\([^()]*\))?$"
)
_SEVERAL = re.compile(r"\d{1,2}\s*[-~至到—]\s*\d{1,2}月|[一二三四1-4]季度|[上下]半年|全年|累计")


@dataclass(frozen=True)
class SheetMoney:
    """A number and, where the cell itself names it, its unit."""

    number: Decimal
    unit: str | None = None


def adds_others_up(text: str) -> bool:
    """Does the cell mark a row of sums?"""
    return len(text) <= _LONGEST and _SUM.fullmatch(squeeze(narrow(text))) is not None


def sheet_number(text: str) -> Decimal | None:
    """The number of a cell; None for a text that is none."""
    money = sheet_money(text)
    return money.number if money is not None and money.unit in {None, "元"} else None


def sheet_money(text: str) -> SheetMoney | None:
    """A number with the unit that the cell names; None for a text that is none."""
    plain = squeeze(narrow(text))
    if len(plain) > _LONGEST:
        return None
    negative = False
    if plain.startswith("(") and plain.endswith(")"):
        plain, negative = plain[1:-1], True
    plain = plain.removeprefix("人民币").replace("¥", "").replace("￥", "")
    unit = next((unit for unit in _UNITS if plain.endswith(unit)), None)
    plain = plain.removesuffix(unit or "")
    if plain.endswith("-"):
        plain, negative = plain[:-1], not negative
    if not _NUMBER.fullmatch(plain):
        return None
    try:
        number = Decimal(plain.replace(",", ""))
    except InvalidOperation:
        return None
    if abs(number) >= 10**15:
        return None
    return SheetMoney(-number if negative else number, unit)


def units_named(text: str) -> list[str]:
    """The units of money that a caption, a note or a sheet's name tells: `单位：万元`, `金额(元)`."""
    plain = squeeze(narrow(text))
    if len(plain) > 4 * _LONGEST:
        return []
    return [found[1] or found[2] for found in _NAMED_UNIT.finditer(plain)]


def month_in(text: str, year: int) -> date | None:
    """The first day of the month a cell names, of *year* where it names none; None for anything else."""
    plain = squeeze(narrow(text))
    if len(plain) > _LONGEST:
        return None
    for pattern in (_RUN_TOGETHER, _MONTH):
        found = pattern.fullmatch(plain)
        if found:
            return _first_day(int(found[1] or year), int(found[2]))
    words = _IN_WORDS.fullmatch(plain)
    if words:
        return _first_day(int(words[1] or year), int(read_numeral(words[2]) or 0))
    return None


def month_of_caption(text: str, year: int) -> date | None:
    """The month whose money stands under a caption: `五月`, `2023年11月支出（元）`; None for any other."""
    plain = _WHOSE.sub("", squeeze(narrow(text)))
    if "月" not in plain and not _YEAR_AND_MONTH.fullmatch(plain):
        return None
    return month_in(plain, year)


def names_several_months(text: str) -> bool:
    """Does the cell speak of a quarter, a half year or months in all (1-3月, 一季度, 累计)?"""
    return len(text) <= _LONGEST and _SEVERAL.search(squeeze(narrow(text))) is not None


def _first_day(year: int, month: int) -> date | None:
    return date(year, month, 1) if 1 <= month <= 12 and 1 <= year <= 9999 else None
