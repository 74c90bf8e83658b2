"""An approved indicator is missing from the report.

## Why

What would have been missed is easily left out.

## 为什么

做不到的指标，最容易被悄悄去掉。

```form bad
项目: 农村道路养护
全年预算: 1,000,000 元
全年执行: 990,000 元
执行分值: 10
执行率: 99%
执行得分: 9.9
产出指标 / 数量指标 / 养护里程 (50分): ≥ 35 公里 → 36 公里 (50分)
--- 批复
项目: 农村道路养护
产出指标 / 数量指标 / 养护里程 (50分): ≥ 35 公里
产出指标 / 质量指标 / 验收合格率 (40分): ≥ 95 %
```

```form good
项目: 农村道路养护
全年预算: 1,000,000 元
全年执行: 990,000 元
执行分值: 10
执行率: 99%
执行得分: 9.9
产出指标 / 数量指标 / 养护里程 (50分): ≥ 35 公里 → 36 公里 (50分)
--- 批复
项目: 农村道路养护
产出指标 / 数量指标 / 养护里程 (50分): ≥ 35 公里
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.outcome import Outcome
from kaoji.core.speech import say
from kaoji.rules.naming import bare_name
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation


@rule(
    "KJ808",
    "批复的指标没有了",
    severity=Severity.ERROR,
    basis=(Citation("caiyu-2020-10", "以批复的指标为准"),),
    since=date(2015, 5, 21),
    needs=(
        "outcome",
        "approved",
    ),
)
def approved_indicator_dropped(
    form: Declaration, *, outcome: Outcome, approved: Declaration
) -> Iterator[Finding]:
    """Look for every approved name in the report."""
    del outcome  # only a report answers to an approved version
    present = {bare_name(row.level3) for row in form.indicators}
    for row in approved.indicators:
        if row.level3 and bare_name(row.level3) not in present:
            message = say(
                "批复的指标“{name}：{text}”没有了", name=row.name, text=row.target.text
            )
            yield Finding("indicators", message)
