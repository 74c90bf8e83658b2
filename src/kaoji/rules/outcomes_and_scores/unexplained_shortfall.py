"""A target was missed and no reason is given.

## Why

The form has a column for it; next year's budget depends on what it says.

## 为什么

表上有专栏；明年给多少钱，要看这一栏怎么写。

```form bad
项目: 农村道路养护
全年预算: 1,000,000 元
全年执行: 990,000 元
执行分值: 10
执行率: 99%
执行得分: 9.9
产出指标 / 数量指标 / 养护里程 (50分): ≥ 35 公里 → 28 公里 (40分)
```

```form good
项目: 农村道路养护
全年预算: 1,000,000 元
全年执行: 990,000 元
执行分值: 10
执行率: 99%
执行得分: 9.9
产出指标 / 数量指标 / 养护里程 (50分): ≥ 35 公里 → 28 公里 (40分) | 原因: 两个月连续降雨，已改在次年春季补做
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.outcome import Outcome
from kaoji.core.speech import say
from kaoji.core.target import Op
from kaoji.rules.outcomes import pairs
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation


@rule(
    "KJ802",
    "未完成没有原因",
    severity=Severity.ERROR,
    basis=(
        Citation("caiyu-2020-10", "偏差原因分析"),
        Citation("self-evaluation-audit"),
    ),
    since=date(2020, 2, 25),
    needs=("outcome",),
)
def unexplained_shortfall(form: Declaration, *, outcome: Outcome) -> Iterator[Finding]:
    """Report missed targets without a reason."""
    if outcome.kind != "self_evaluation":
        return  # in the middle of the year nothing is missed yet; KJ811 looks at the forecast
    for row in pairs(form, outcome):
        if row.attained is False and not row.said.reason:
            target = row.indicator.target
            message = say(
                "“{actual}”没有达到目标，请写原因和改进措施", actual=row.said.actual_raw
            )
            if target.op is Op.RANGE:
                message = say(
                    "“{actual}”不在目标区间“{text}”内，请写原因和改进措施",
                    actual=row.said.actual_raw,
                    text=target.text,
                )
            yield Finding(row.indicator, message, column="reason")
