"""Exactly so much: all points when it is reached, in proportion below; a target of 0 allows nothing.

    T = 0: A ≤ 0: W, else 0        T > 0: A ≥ T: W        A < T: A ÷ T × W

```score
= 0 次 → 1 次 (10分) = 0
= 0 次 → 0 次 (10分) = 10
= 5 个 → 4 个 (10分) = 8
= 5 个 → 6 个 (10分) = 10
```

Going over the number is not punished here; that it was far exceeded has to be explained.
"""

from __future__ import annotations

from kaoji.core.speech import say
from kaoji.scoring.explained_score import Score, ScoringInput, full, none, share
from kaoji.scoring.formula import formula
from kaoji.standards.citations import Citation


@formula(
    "SF2",
    "定值指标按完成比例",
    "T=0：A≤0 得 W，否则 0；T>0：A≥T 得 W，A<T 得 A÷T×W",
    basis=(Citation("caiyu-2020-10", "定量指标得分"), Citation("production-scoring")),
)
def equal(measure: ScoringInput) -> Score:
    """Score a fixed number."""
    target, actual = measure.numbers
    if target == 0:
        if actual > 0:
            return none(
                measure, say("目标值为 0，完成值 {actual}，不得分", actual=f"{actual:f}")
            )
        return full(measure, say("目标值为 0，完成值也是 0，得满分"))
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
