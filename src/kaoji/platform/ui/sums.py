"""Sums of money as readers count them: in 万元 and 亿元 in Chinese, in yuan in English, which has no word for either.

The sentences carry the unit, these functions the number before it: 78.40 *万元*, 784,000 *yuan*, and in running
text 5.64 million *yuan*. The language is that of the page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from kaoji.core.money import YUAN_PER_UNIT
from kaoji.platform.ui.saying import is_english

_WAN, _YI = YUAN_PER_UNIT["万元"], YUAN_PER_UNIT["亿元"]
_MILLION = Decimal(10**6)
_LARGE = ((Decimal(10**9), "billion"), (_MILLION, "million"))
_DIGITS_THAT_COUNT = 3
_THOUSAND, _MANY = Decimal(1_000), Decimal(10_000_000)


@dataclass(frozen=True)
class Scale:
    """What a picture of sums counts in: yuan to one step, the step's name, decimals behind its numbers."""

    yuan: Decimal
    unit: str
    digits: int

    def of(self, sum_: Decimal) -> Decimal:
        """The sum in steps of this scale."""
        return sum_ / self.yuan


def ten_thousands(yuan: Decimal) -> str:
    """For a table or a heading: 万元 with two decimals; in English the yuan, with fen only where there are some."""
    if not is_english():
        return f"{yuan / _WAN:,.2f}"
    return f"{yuan:,.0f}" if yuan == yuan.to_integral_value() else f"{yuan:,.2f}"


def ten_thousands_in_text(yuan: Decimal) -> str:
    """For a sentence: 万元 with two decimals; in English yuan, from a million on in three digits and a word."""
    return _in_english_text(yuan) if is_english() else f"{yuan / _WAN:,.2f}"


def hundred_millions_in_text(yuan: Decimal) -> str:
    """For the largest sums: 亿元 with two decimals; in English as in any text."""
    return _in_english_text(yuan) if is_english() else f"{yuan / _YI:,.2f}"


def scale_of_bars() -> Scale:
    """Lying bars have room for whole sums: 万元, or yuan."""
    return Scale(Decimal(1), _("元"), 0) if is_english() else Scale(_WAN, _("万元"), 2)


def scale_of_columns(sums: Iterable[Decimal]) -> Scale:
    """Twelve columns side by side have little room: 万元; in English thousands or millions of yuan."""
    if not is_english():
        return Scale(_WAN, _("万元"), 1)
    most = max(map(abs, sums), default=Decimal(0))
    if most >= _MANY:
        return Scale(_MILLION, "million yuan", 1)
    return (
        Scale(_THOUSAND, "thousand yuan", 0)
        if most >= _MANY / 100
        else Scale(Decimal(1), "yuan", 0)
    )


def _in_english_text(yuan: Decimal) -> str:
    whole = yuan.quantize(Decimal(1), ROUND_HALF_UP)
    if abs(whole) < _MILLION:
        return f"{whole:,}"
    told = _in_three_digits(whole)
    step, word = next((step, word) for step, word in _LARGE if abs(told) >= step)
    return f"{(told / step).normalize():f} {word}"


def _in_three_digits(whole: Decimal) -> Decimal:
    """Rounded to three digits that count: 1,234,567 to 1,230,000.

    >>> int(_in_three_digits(Decimal(999_600_000)))
    1000000000
    """
    last = whole.adjusted() - (_DIGITS_THAT_COUNT - 1)
    return whole.scaleb(-last).quantize(Decimal(1), ROUND_HALF_UP).scaleb(last)
