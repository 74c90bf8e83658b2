"""Less than nine tenths of the budget was spent and nobody says why.

## Why

Money that was asked for and not needed was missing elsewhere.

## 为什么

要来的钱没用完，别处就少了这笔钱；执行率低于 90% 必须说明。

```form bad
项目: 农村道路养护
全年预算: 1,000,000 元
全年执行: 600,000 元
产出指标 / 数量指标 / 养护里程 (50分): ≥ 35 公里 → 36 公里 (50分)
```

```form good
项目: 农村道路养护
全年预算: 1,000,000 元
全年执行: 600,000 元
执行原因: 招标结余
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
    "KJ804",
    "执行率低没有原因",
    severity=Severity.ERROR,
    basis=(Citation("sichuan-self-evaluation", "执行率低于90%须说明原因"),),
    since=date(2020, 2, 25),
    needs=(
        "outcome",
        "execution_rate_min",
    ),
)
def unexplained_low_execution(
    form: Declaration, *, outcome: Outcome, execution_rate_min: Decimal
) -> Iterator[Finding]:
    """Compute the rate of execution of the total and look for a reason."""
    total = outcome.budget.get("total")
    if outcome.kind != "self_evaluation" or total is None:
        return
    budget = total.plan
    if budget is None or total.executed is None or budget.yuan == 0 or total.reason:
        return
    rate = total.executed.yuan / budget.yuan * _HUNDRED
    if rate < execution_rate_min:
        message = say("执行率 {rate} % 没有说明原因", rate=f"{rate:.2f}")
        yield Finding("budget.total.rate", message)
