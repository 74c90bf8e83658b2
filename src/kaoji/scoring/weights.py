"""The points of each indicator: as the form prints them, else the usual points of its class.

The usual ones (产出 50, 效益 30, 满意度 10) are dated data of the region. A class that the form
lacks gives its points to the others in proportion, or to the one that the region's data names, so that
indicators and execution make 100; within a class the points are shared evenly, and the last indicator
takes what rounding leaves.

>>> rows = [Indicator("产出指标", "数量指标", "里程", Target.parse("≥ 3公里")),
...         Indicator("效益指标", "社会效益指标", "好路率", Target.parse("≥ 90%"))]
>>> points_of(rows, {"产出指标": Decimal(50), "效益指标": Decimal(30), "满意度指标": Decimal(10)})
[Decimal('56.25'), Decimal('33.75')]
>>> points_of(rows, {"产出指标": Decimal(50), "效益指标": Decimal(30), "满意度指标": Decimal(10)},
...           missing={"满意度指标": "效益指标"})
[Decimal('50.00'), Decimal('40.00')]
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

from kaoji.core.indicator import Indicator
from kaoji.core.target import Target
from kaoji.scoring.explained_score import rounded

__all__ = ["Indicator", "Target", "points_of"]


def points_of(
    indicators: Sequence[Indicator],
    usual: Mapping[str, Decimal],
    *,
    missing: Mapping[str, str] = MappingProxyType({}),
) -> list[Decimal | None]:
    """The points of every indicator; None for one whose class has no usual points.

    *missing* names, by a class, the one that gets its points where the form does not have it.
    """
    if any(row.weight is not None for row in indicators):
        return [row.weight for row in indicators]  # what the form leaves out stays open
    present = {row.level1 for row in indicators if row.level1 in usual}
    usual = dict(usual)
    for name, heir in missing.items():
        if name not in present and name in usual and heir in present:
            usual[heir] += usual.pop(name)
    classes = [name for name in usual if name in present]
    held = sum((usual[name] for name in classes), Decimal(0))
    left = whole = sum(usual.values(), Decimal(0))
    points: list[Decimal | None] = [None] * len(indicators)
    for name in classes:
        share = left if name == classes[-1] else rounded(usual[name] * whole / held)
        left -= share
        _spread(points, [n for n, row in enumerate(indicators) if row.level1 == name], share)
    return points


def _spread(points: list[Decimal | None], places: list[int], share: Decimal) -> None:
    each = rounded(share / len(places))
    for place in places[:-1]:
        points[place] = each
    points[places[-1]] = share - each * (len(places) - 1)
