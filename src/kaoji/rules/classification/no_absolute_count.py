"""The quantities contain not one absolute number.

## Why

Whether the money fits the task can only be judged when the task has a size: kilometres, people,
sessions. This is the first question of the review heading 适当性.

## 为什么

数量指标里没有一个绝对数，就不知道任务有多大，也就无法判断资金与目标是否匹配（适当性）。

```form bad
项目: 农村道路养护
产出指标 / 数量指标 / 养护完成率: = 100 %
产出指标 / 数量指标 / 巡查工作: 开展
```

```form good
项目: 农村道路养护
产出指标 / 数量指标 / 养护完成率: = 100 %
产出指标 / 数量指标 / 巡查次数: ≥ 12 次
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.speech import say
from kaoji.core.target import Kind
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation


@rule(
    "KJ602",
    "数量指标没有绝对数",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2015-88", "适当性审核"),),
    since=date(2015, 5, 21),
)
def no_absolute_count(form: Declaration) -> Iterator[Finding]:
    """Report a form whose quantities are all percentages or words."""
    rows = list(form.under("数量指标"))
    counts = [
        row
        for row in rows
        if row.target.kind is Kind.QUANTITATIVE and not row.target.is_percentage
    ]
    if rows and not counts:
        message = say("{count} 项数量指标中没有一个绝对数", count=len(rows))
        yield Finding("indicators", message, say("写工作量，例如人数、次数、里程"))
