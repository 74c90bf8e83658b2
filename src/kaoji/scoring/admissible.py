"""Can this be the actual value of that target? If not, why, and what to write instead.

>>> str(why_not_actual(Target.parse("≥ 90 %"), "及时"))
'“及时”不是数；目标是“≥ 90 %”，请写完成的数和单位'
>>> why_not_actual(Target.parse("≥ 90 %"), "92.5%") is None
True
"""

from __future__ import annotations

from kaoji.core.attainment import comparable, number_of
from kaoji.core.speech import Sentence, say
from kaoji.core.target import Target

TIERS = ("达成年度指标", "部分达成年度指标并具有一定效果", "未达成年度指标且效果较差")
_LONGEST = 200


def takes_number(target: Target) -> bool:
    """Is the result of this target a number, or one of the three tiers of judgement?"""
    return target.value is not None and target.value >= 0


def why_not_actual(target: Target, typed: str) -> Sentence | None:
    """The reason against a typed value; None when it can stand."""
    typed = typed.strip()
    if not typed:
        return say("请填写完成值")
    if len(typed) > _LONGEST:
        return say("完成值不超过 {most} 字", most=_LONGEST)
    if not takes_number(target):
        if typed in TIERS:
            return None
        return say(
            "“{target}”不是数，请从三档中选：{tiers}",
            target=target.text,
            tiers="、".join(TIERS),
        )
    return _why_not_number(target, typed)


def _why_not_number(target: Target, typed: str) -> Sentence | None:
    actual = Target.parse(typed)
    number = number_of(actual)
    if number is None or actual.op is not None:
        return say(
            "“{typed}”不是数；目标是“{target}”，请写完成的数和单位",
            typed=typed,
            target=target.text,
        )
    if number < 0:
        return say("“{typed}”是负数；请写实际完成的数", typed=typed)
    if target.is_percentage and actual.unit is None and 0 < number <= 1:
        return say(
            "“{typed}”是 {percent}% 吗？请写成百分数",
            typed=typed,
            percent=f"{(number * 100).normalize():f}",
        )
    if not comparable(target, actual):
        return say(
            "“{typed}”与目标“{target}”单位不同，无法比较",
            typed=typed,
            target=target.text,
        )
    return None
