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
    """Can the two be compared: numbers in units that differ by a power of ten, or one of them without any?

    >>> comparable(Target.parse("≥ 6万人"), Target.parse("60500人次"))
    True
    """
    return in_terms_of(target, actual) is not None


def in_terms_of(target: Target, actual: Target) -> Decimal | None:
    """The number of the actual value in the unit of the target; None where they cannot be compared.

    >>> in_terms_of(Target.parse("≥ 6万人"), Target.parse("60500人"))
    Decimal('6.05')
    """
    number = number_of(actual)
    if target.kind is not Kind.QUANTITATIVE or number is None:
        return None
    if target.unit == actual.unit or target.unit is None or actual.unit is None:
        return number
    (wanted, base), (given, other) = _parts(target.unit), _parts(actual.unit)
    return number * given / wanted if base == other else None


def _parts(unit: str) -> tuple[Decimal, str]:
    """How many of the bare unit it is, and the bare unit: ten thousand 人 for 万人; 人次 count 人."""
    bare = unit.lstrip("".join(_SCALES))
    scale = Decimal(1)
    for sign in unit.removesuffix(bare):
        scale *= _SCALES[sign]
    return scale, _SAME.get(bare, bare)


_SCALES = {
    "十": Decimal(10),
    "百": Decimal(100),
    "千": Decimal(1_000),
    "万": Decimal(10_000),
    "亿": Decimal(100_000_000),
}
_SAME = {"人次": "人", "户次": "户"}


def attained(target: Target, actual: Target, *, less_is_better: bool = False) -> bool | None:
    """Does the actual value meet the target? None when that cannot be told from numbers.

    A number without an operator, or with an equals sign, is a floor, or a ceiling where
    *less_is_better*, as scoring takes it.
    """
    value, bound = in_terms_of(target, actual), target.value
    if value is None or bound is None:
        return None
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
