"""An indicator without a name or without a target.

## Why

Half a row promises nothing: a name without a value cannot be missed, a value without a name
belongs to nothing.

## 为什么

只有名称没有目标值，或只有目标值没有名称，都构不成一项承诺。

```form bad
项目: 农村道路养护
产出指标 / 数量指标 / 养护里程:
```

```form good
项目: 农村道路养护
产出指标 / 数量指标 / 养护里程: ≥ 35 公里
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
    "KJ106",
    "指标不完整",
    severity=Severity.ERROR,
    basis=(Citation("caiyu-2015-88", "完整性审核"), Citation("checker-practice")),
    since=date(2015, 5, 21),
)
def incomplete_indicator(form: Declaration) -> Iterator[Finding]:
    """Report every row that lacks its name or its target."""
    for row in form.indicators:
        if row.level3 is None:
            message = say("第 {number} 行没有三级指标名称", number=row.position + 1)
            yield Finding(row, message, column="level3")
        if row.target.kind is Kind.BLANK:
            yield Finding(row, say("“{name}”没有目标值", name=row.name))
