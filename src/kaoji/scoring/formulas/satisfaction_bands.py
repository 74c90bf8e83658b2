"""Satisfaction by bands, where a region scores it so.

    A ≥ 90 %: W        80–90 %: 80 % of W        60–80 %: half of W        under 60 %: 0

```score
≥ 90 % → 92 % (10分) = 10
≥ 90 % → 85 % (10分) = 8
≥ 90 % → 60 % (10分) = 5
≥ 90 % → 59.9 % (10分) = 0
```
"""

from __future__ import annotations

from decimal import Decimal

from kaoji.core.speech import say
from kaoji.scoring.explained_score import Score, ScoringInput, none, share
from kaoji.scoring.formula import formula
from kaoji.standards.citations import Citation

_BANDS = ((90, Decimal(1)), (80, Decimal("0.8")), (60, Decimal("0.5")))


@formula(
    "SF6",
    "满意度按区间赋分",
    "A≥90%：W；80%≤A<90%：0.8W；60%≤A<80%：0.5W；A<60%：0",
    basis=(Citation("caiyu-2021-101", "按满意度赋分"),),
)
def satisfaction_bands(measure: ScoringInput) -> Score:
    """Score satisfaction by its band."""
    _, actual = measure.numbers
    for least, fraction in _BANDS:
        if actual >= least:
            return share(measure, fraction, f"满意度 {actual:f}% ≥ {least}%：{fraction:.0%}")
    return none(measure, say("满意度 {actual}% 低于 60%，不得分", actual=f"{actual:f}"))
