"""Words: the tier bounds what judgement may give.

    达成年度指标: 80 % … 100 %        部分达成并有一定效果: 60 % … under 80 %
    未达成且效果较差: 0 … under 60 %

```score
良好 → 达成年度指标 (30分) = 24 ≤ 得分 ≤ 30
良好 → 部分达成年度指标并具有一定效果 (30分) = 18 ≤ 得分 < 24
良好 → 未达成年度指标且效果较差 (30分) = 0 ≤ 得分 < 18
```

The score itself is a person's; a score outside the tier is refused. Where a region's data names other
bounds, they hold: with 95 and 60, 部分达成 lies between 60 % and 95 %, and no tier begins with a leap.

>>> partly = ScoringInput(Decimal(10), tier="部分达成", bounds=(Decimal(95), Decimal(60)))
>>> qualitative.compute(partly).low, qualitative.compute(partly).high
(Decimal('6.0'), Decimal('9.50'))
"""

from __future__ import annotations

import re
from decimal import Decimal

from kaoji.core.speech import say
from kaoji.scoring.explained_score import Score, ScoringInput
from kaoji.scoring.formula import formula
from kaoji.standards.citations import Citation

# The least shares of the points, in percent, for 达成 and for 部分达成 (财预〔2020〕10号).
_USUAL = (Decimal(80), Decimal(60))
_WHOLE = Decimal(100)

_DENIED = re.compile(r"[没未不]\w{0,2}达成")


@formula(
    "SF5",
    "定性指标按等级区间",
    "达成 [80%,100%]W；部分达成 [60%,80%)W；未达成 [0,60%)W",
    basis=(Citation("caiyu-2020-10", "定性指标得分"),),
)
def qualitative(measure: ScoringInput) -> Score:
    """Bound the score of a result in words; take the stated one when it lies within."""
    low, high, top = _bounds(measure.tier or "", measure.bounds or _USUAL)
    low, high = low * measure.points, high * measure.points
    stated = measure.stated
    within = stated is not None and low <= stated and (stated <= high if top else stated < high)
    if within:
        step = say(
            "自评 {stated} 分，在 {low}—{high} 之间",
            stated=f"{stated:f}",
            low=f"{low:f}",
            high=f"{high:f}",
        )
        return Score(measure.points, stated, (step,), low, high)
    if stated is None:
        step = say("由评分人在 {low}—{high} 之间评定", low=f"{low:f}", high=f"{high:f}")
    else:
        step = say(
            "自评 {stated} 分，不在 {low}—{high} 之间，须重新评定",
            stated=f"{stated:f}",
            low=f"{low:f}",
            high=f"{high:f}",
        )
    return Score(measure.points, None, (step,), low, high)


def _bounds(tier: str, least: tuple[Decimal, Decimal]) -> tuple[Decimal, Decimal, bool]:
    """The tier's shares; a word that is no tier leaves all open."""
    full, partly = (share / _WHOLE for share in least)
    tiers = (
        ("未达成", Decimal(0), partly),
        ("部分达成", partly, full),
        ("达成", full, Decimal(1)),
    )
    for word, low, high in tiers:
        if word in tier and not (word == "达成" and _DENIED.search(tier)):
            return low, high, high == 1
    return Decimal(0), Decimal(1), True
