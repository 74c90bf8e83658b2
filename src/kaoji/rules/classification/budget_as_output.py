"""Spending the budget is declared as an output.

## Why

Budget execution has ten points of its own; as an output it is counted twice, and having spent
the money is no achievement.

## 为什么

预算执行率另有 10 分，作产出指标就算了两遍；把钱花掉也不是产出。

```form bad
项目: 农村道路养护
产出指标 / 质量指标 / 预算执行率: ≥ 95 %
```

```form good
项目: 农村道路养护
产出指标 / 质量指标 / 验收合格率: ≥ 95 %
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.speech import say
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation
from kaoji.standards.lexicons import first_in, words


@rule(
    "KJ603",
    "预算执行当作产出",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2020-10", "预算执行率权重 10 分"),),
    since=date(2015, 5, 21),
)
def budget_as_output(form: Declaration) -> Iterator[Finding]:
    """Report outputs whose name or target speaks of the budget."""
    for row in form.under("产出指标"):
        word = first_in(f"{row.level3}{row.target.text}", words("classes", "budget"))
        is_cost = "成本" in (row.level2 or "") and row.target.measurable
        if word and (not is_cost or word in words("classes", "budget_not_cost")):
            message = say("“{word}”另有 10 分，不作产出指标", word=word)
            yield Finding(row, message, say("删去该行，或换成反映产出的指标"), column="level3")
