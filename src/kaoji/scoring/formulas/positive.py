"""More is better: all points when the target is met, else in proportion.

    A ≥ T: W        A < T: A ÷ T × W

```score
≥ 90 % → 85 % (10分) = 9.44
≥ 90 % → 90 % (10分) = 10
≥ 35 公里 → 36 公里 (20分) = 20
≥ 35 公里 → 0 公里 (20分) = 0
≥ 0 人 → 0 人 (10分) = 10
```

A negative actual value counts as 0. With a target of 0 every value meets it.
"""

from __future__ import annotations

from kaoji.core.speech import say
from kaoji.scoring.explained_score import Score, ScoringInput, full, share
from kaoji.scoring.formula import formula
from kaoji.standards.citations import Citation


@formula(
    "SF1",
    "正向指标按完成比例",
    "A≥T：W；A<T：A÷T×W",
    basis=(Citation("caiyu-2020-10", "定量指标得分"),),
)
def positive(measure: ScoringInput) -> Score:
    """Score a floor."""
    target, actual = measure.numbers
    if actual >= target:
        return full(
            measure,
            say(
                "完成值 {actual} ≥ 目标值 {target}，得满分",
                actual=f"{actual:f}",
                target=f"{target:f}",
            ),
        )
    return share(measure, actual / target, f"{actual:f} ÷ {target:f}")
