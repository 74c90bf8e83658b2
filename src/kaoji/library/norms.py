"""What is usual: the middle nine tenths of the values that people promise under one name.

>>> norm_of("合格率", [("%", Decimal(v)) for v in (90, 95, 95, 96, 100)]).middle
Decimal('95')
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from kaoji.rules.context import Norm

_TAIL = Decimal("0.05")


def norm_of(key: str, observed: Iterable[tuple[str | None, Decimal]]) -> Norm | None:
    """The norm of a name from units and values, in its most usual unit; None without any."""
    observed = list(observed)
    if not observed:
        return None
    unit = Counter(unit for unit, _ in observed).most_common(1)[0][0]
    values = sorted(value for own, value in observed if own == unit)
    return Norm(
        key,
        unit,
        len(values),
        at(values, _TAIL),
        at(values, Decimal("0.5")),
        at(values, 1 - _TAIL),
    )


def at(values: list[Decimal], share: Decimal) -> Decimal:
    """The value below which that share of a sorted list lies (nearest rank)."""
    place = int((share * (len(values) - 1)).to_integral_value())
    return values[place]
