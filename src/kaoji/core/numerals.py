"""Chinese numerals, as far as targets use them: 三, 十二, 一百零五, 两万三千, 〇.

>>> read_numeral("一百零五")
Decimal('105')
>>> read_numeral("两万三千")
Decimal('23000')
>>> read_numeral("百里挑一") is None
True
"""

from __future__ import annotations

from decimal import Decimal

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6}
_DIGITS |= {"七": 7, "八": 8, "九": 9}
_TENS = {"十": 10, "百": 100, "千": 1_000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}

# 九千九百九十九亿九千九百九十九万九千九百九十九 has twenty-three signs.
_LONGEST = 24

NUMERAL_CHARACTERS = "".join([*_DIGITS, *_TENS, *_MYRIADS])


def read_numeral(text: str) -> Decimal | None:
    """Read a Chinese numeral; None when *text* is not one in proper order."""
    if not 0 < len(text) <= _LONGEST or any(sign not in NUMERAL_CHARACTERS for sign in text):
        return None
    value = _read(text)
    return None if value is None else Decimal(value)


def _read(text: str) -> int | None:
    for sign, size in sorted(_MYRIADS.items(), key=lambda pair: -pair[1]):
        if sign in text:
            high, low = text.split(sign, 1)
            above, below = _read(high), _read(low.lstrip("零")) if low else 0
            if above is None or below is None or below >= size:
                return None
            return above * size + below
    return _read_below_myriad(text)


def _read_below_myriad(text: str) -> int | None:
    value, digit, ceiling = 0, None, 10_000
    for sign in text:
        if sign in _DIGITS:
            if digit not in (None, 0):
                return None
            digit = _DIGITS[sign]
            continue
        size = _TENS[sign]
        if size >= ceiling or (digit is None and sign != "十"):
            return None
        value, digit, ceiling = value + (1 if digit is None else digit) * size, None, size
    if not text:
        return None
    return value + (digit or 0)
