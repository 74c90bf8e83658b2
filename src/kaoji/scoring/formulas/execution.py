"""Budget execution: executed over budget, of ten points.

    executed ÷ budget × W, at most W        budget 0: 0

```score
= 250000 元 → 215457.6 元 (10分) = 8.62
= 250000 元 → 250000 元 (10分) = 10
= 0 元 → 0 元 (10分) = 0
= 100 元 → 45.17 元 (10分) = 4.52
```
"""

from __future__ import annotations

from kaoji.core.speech import say
from kaoji.scoring.explained_score import Score, ScoringInput, full, none, share
from kaoji.scoring.formula import formula
from kaoji.standards.citations import Citation


@formula(
    "SF7",
    "预算执行率",
    "执行数÷全年预算数×W，最多 W；预算为 0 得 0",
    basis=(Citation("caiyu-2020-10", "预算执行率权重 10 分"), Citation("putuo-2022")),
)
def execution(measure: ScoringInput) -> Score:
    """Score budget execution; the budget is the target, what was executed the actual value."""
    budget, executed = measure.numbers
    if budget <= 0:
        return none(measure, say("全年预算数为 0，不得分"))
    if executed >= budget:
        return full(measure, say("执行数不少于预算数，得满分"))
    return share(measure, executed / budget, f"{executed:,f} ÷ {budget:,f}")
