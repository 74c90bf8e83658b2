"""More was spent than the budget allows.

## Why

Nobody may pay what was not budgeted (预算法第十三条). A rate above 100 % is an error in the figures,
or money whose budget is missing; either way it cannot earn all points.

## 为什么

没有预算不得支出（预算法第十三条）。执行率超过 100%，不是数填错了，就是有支出没有预算；都不能照样得满分。

```form bad
项目: 农村道路养护
全年预算: 1,000,000 元
全年执行: 1,200,000 元
产出指标 / 数量指标 / 养护里程 (50分): ≥ 35 公里 → 36 公里 (50分)
```

```form good
项目: 农村道路养护
全年预算: 1,000,000 元
全年执行: 1,000,000 元
产出指标 / 数量指标 / 养护里程 (50分): ≥ 35 公里 → 36 公里 (50分)
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.outcome import Outcome
from kaoji.core.speech import say
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation


@rule(
    "KJ813",
    "支出超过预算",
    severity=Severity.ERROR,
    basis=(Citation("yusuanfa", "第十三条"),),
    since=date(2015, 1, 1),
    needs=("outcome", "funds_tolerance"),
)
def spent_beyond_budget(
    form: Declaration, *, outcome: Outcome, funds_tolerance: Decimal
) -> Iterator[Finding]:
    """Compare what was spent with the adjusted budget, else the initial one, source by source."""
    for source, line in outcome.budget.items():
        budget = line.plan
        if budget is None or line.executed is None:
            continue
        if (line.executed - budget).yuan > funds_tolerance:
            message = say(
                "执行数 {executed} 元大于预算数 {budget} 元，请核对",
                executed=line.executed.written(),
                budget=budget.written(),
            )
            yield Finding(f"budget.{source}.executed", message)
