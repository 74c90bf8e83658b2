"""Every indicator is scored in full and a fifth of the money or more was not spent.

## Why

Either the money was not needed or the work was not done; the form has to say which.

## 为什么

要么钱要多了，要么事没做完；表上应当说清是哪一样。

```form bad
项目: 农村道路养护
全年预算: 1,000,000 元
全年执行: 600,000 元
执行原因: 结余
产出指标 / 数量指标 / 养护里程 (50分): ≥ 35 公里 → 36 公里 (50分)
```

```form good
项目: 农村道路养护
全年预算: 1,000,000 元
全年执行: 990,000 元
执行分值: 10
执行率: 99%
执行得分: 9.9
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

_HUNDRED = Decimal(100)


@rule(
    "KJ810",
    "钱没花完指标却全满分",
    severity=Severity.WARNING,
    basis=(Citation("self-evaluation-lights", "指标得分与执行率背离"),),
    since=date(2020, 2, 25),
    needs=(
        "outcome",
        "unspent_rate_min",
    ),
)
def perfect_despite_unspent(
    form: Declaration, *, outcome: Outcome, unspent_rate_min: Decimal
) -> Iterator[Finding]:
    """Compare the scores with the points and execution with the least for full marks."""
    total = outcome.budget.get("total")
    budget = total.plan if total else None
    scored = [item for item in outcome.indicators if item.score is not None]
    full = bool(scored) and all(item.score == item.points for item in scored)
    if total is None or budget is None or total.executed is None or budget.yuan == 0:
        return
    rate = total.executed.yuan / budget.yuan * _HUNDRED
    if full and form.indicators and rate < unspent_rate_min:
        message = say("执行率只有 {rate} %，各项指标却都是满分", rate=f"{rate:.2f}")
        yield Finding("budget.total.rate", message)
