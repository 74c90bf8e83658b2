"""Less is better, first way: what exceeds the target is taken off in proportion.

    A ≤ T: W        T < A < 2T: (1 − (A − T) ÷ T) × W        A ≥ 2T: 0

```score
≤ 5 天 → 6 天 (10分) = 8
≤ 5 天 → 5 天 (10分) = 10
≤ 5 天 → 10 天 (10分) = 0
≤ 0 起 → 1 起 (10分) = 0
```
"""

from __future__ import annotations

from kaoji.core.speech import say
from kaoji.scoring.explained_score import Score, ScoringInput, full, none, share
from kaoji.scoring.formula import formula
from kaoji.standards.citations import Citation


@formula(
    "SF3",
    "反向指标按超出比例扣减",
    "A≤T：W；T<A<2T：(1−(A−T)÷T)×W；A≥2T：0",
    basis=(Citation("production-scoring"),),
)
def reverse_linear(measure: ScoringInput) -> Score:
    """Score a ceiling by what exceeds it."""
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
    if actual >= 2 * target:
        return none(
            measure,
            say(
                "完成值 {actual} 达到目标值 {target} 的两倍，不得分",
                actual=f"{actual:f}",
                target=f"{target:f}",
            ),
        )
    over = (actual - target) / target
    return share(measure, 1 - over, f"(1 − ({actual:f} − {target:f}) ÷ {target:f})")
