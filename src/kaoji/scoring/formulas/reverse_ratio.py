"""Less is better, second way: target over actual.

    A ≤ T: W        A > T: T ÷ A × W

```score
≤ 5 天 → 6 天 (10分) = 8.33
≤ 5 天 → 4 天 (10分) = 10
≤ 5 天 → 50 天 (10分) = 1
```
"""

from __future__ import annotations

from kaoji.core.speech import say
from kaoji.scoring.explained_score import Score, ScoringInput, full, share
from kaoji.scoring.formula import formula
from kaoji.standards.citations import Citation


@formula(
    "SF4",
    "反向指标按目标与完成之比",
    "A≤T：W；A>T：T÷A×W",
    basis=(Citation("reverse-ratio-practice"),),
)
def reverse_ratio(measure: ScoringInput) -> Score:
    """Score a ceiling by the ratio."""
    target, actual = measure.numbers
    if actual <= target:
        return full(
            measure,
            say(
                "完成值 {actual} ≤ 目标值 {target}，得满分",
                actual=f"{actual:f}",
                target=f"{target:f}",
            ),
        )
    return share(measure, target / actual, f"{target:f} ÷ {actual:f}")
