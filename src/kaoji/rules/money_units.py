"""Is a unit one of money? 元, 万元/公里 are; 单元 and 3 万 are not."""

from __future__ import annotations

from decimal import Decimal

from kaoji.core.money import YUAN_PER_UNIT


def is_money(unit: str | None) -> bool:
    """A plain amount of money, or a price of something."""
    return (unit or "").partition("/")[0] in YUAN_PER_UNIT


def in_yuan(value: Decimal, unit: str | None) -> Decimal | None:
    """A plain amount in 元; 万 alone, as people write it of money, is 万元. None for other units."""
    per = YUAN_PER_UNIT.get({"万": "万元", "亿": "亿元"}.get(unit or "", unit or ""))
    return None if per is None else value * per
