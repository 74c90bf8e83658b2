"""Did an actual value meet its target? And by how much?

>>> attained(Target.parse("≥ 90 %"), Target.parse("86%"))
False
>>> attained(Target.parse("≤ 5 天"), Target.parse("4天"))
True
>>> attained(Target.parse("及时"), Target.parse("及时")) is None
True
"""

from __future__ import annotations

from decimal import Decimal

from kaoji.core.target import Kind, Op, Target


def number_of(actual: Target) -> Decimal | None:
    """The number of an actual value; None for words, dates and ranges."""
    if actual.kind is Kind.QUANTITATIVE and actual.value_high is None:
        return actual.value
    return None


def comparable(target: Target, actual: Target) -> bool:
    """Can the two be compared: numbers in the same unit, or one of them without any?"""
    if target.kind is not Kind.QUANTITATIVE or number_of(actual) is None:
        return False
    return target.unit == actual.unit or None in {target.unit, actual.unit}


def attained(target: Target, actual: Target, *, less_is_better: bool = False) -> bool | None:
    """Does the actual value meet the target? None when that cannot be told from numbers.

    A number without an operator, or with an equals sign, is a floor, or a ceiling where
    *less_is_better*, as scoring takes it.
    """
    if not comparable(target, actual) or target.value is None or actual.value is None:
        return None
    value, bound = actual.value, target.value
    if target.op is Op.RANGE:
        return target.value_high is not None and bound <= value <= target.value_high
    if target.op is Op.AT_MOST:
        return value <= bound
    if target.op is Op.BELOW:
        return value < bound
    if target.op is Op.ABOVE:
        return value > bound
    if target.op is Op.EQUAL and bound == 0:
        return value == 0
    if less_is_better and target.op in {None, Op.EQUAL}:
        return value <= bound
    return value >= bound
