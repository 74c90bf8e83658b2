"""An indicator that is declared void still carries points.

## Why

不涉及 or 无 with ten points: the points are given to everybody, whatever is done. The audit bureau
of Chifeng names it among the chief faults.

## 为什么

写着“不涉及”“无”却占分，等于白送。赤峰市审计局把它列为主要问题之一。

```form bad
项目: 农村道路养护
产出指标 / 数量指标 / 养护里程 (80分): ≥ 35 公里
效益指标 / 生态效益指标 / 生态效益 (10分): 不涉及
```

```form good
项目: 农村道路养护
产出指标 / 数量指标 / 养护里程 (90分): ≥ 35 公里
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
    "KJ408",
    "空设指标占分",
    severity=Severity.ERROR,
    basis=(Citation("audit-chifeng-2023", "空设指标"),),
    since=date(2015, 5, 21),
)
def weighted_void(form: Declaration) -> Iterator[Finding]:
    """Report placeholders that carry points."""
    for row in form.indicators:
        if row.weight and row.target.kind is Kind.PLACEHOLDER:
            message = say(
                "“{text}”不该占 {weight} 分", text=row.target.text, weight=f"{row.weight:f}"
            )
            yield Finding(row, message, say("删去该行，分值分给其他指标"), column="weight")
