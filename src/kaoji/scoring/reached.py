"""Was a target reached by an actual value as it is written? None where nobody can tell.

>>> reached(Indicator("产出指标", "数量指标", "养护里程", Target.parse("≥ 35公里")), "36公里")
True
>>> reached(Indicator("效益指标", "社会效益指标", "出行环境", Target.parse("明显改善")), "未达成年度指标且效果较差")
False
>>> reached(Indicator("效益指标", "社会效益指标", "出行环境", Target.parse("明显改善")), "部分达成年度指标并具有一定效果")
"""

from __future__ import annotations

from kaoji.core.attainment import attained
from kaoji.core.indicator import Indicator
from kaoji.core.polarity import Direction
from kaoji.core.target import Target
from kaoji.standards.direction import polarity_of


def reached(row: Indicator, actual: str) -> bool | None:
    """By the number where both have one, else by the tier of judgement that the value names."""
    less = polarity_of(row).direction is Direction.LOWER
    by_number = attained(row.target, Target.parse(actual), less_is_better=less)
    if by_number is not None:
        return by_number
    if "未达成" in actual:
        return False
    return True if actual.startswith("达成") else None
