"""Ten million yuan or more, and no count of what it buys or no price.

## Why

Whether money and targets match can only be judged from quantity times price.

## 为什么

资金与目标是否匹配，要看数量乘单价；大额项目两样缺一不可。

```form bad
项目: 农村道路养护
年度资金: 20,000,000 元
产出指标 / 数量指标 / 养护完成率: = 100 %
```

```form good
项目: 农村道路养护
年度资金: 20,000,000 元
产出指标 / 数量指标 / 养护里程: ≥ 350 公里
产出指标 / 成本指标 / 每公里养护成本: ≤ 5 万元
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.speech import joined, say
from kaoji.core.target import Kind
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation


@rule(
    "KJ705",
    "大额项目没有数量或成本",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2015-88", "适当性审核"),),
    since=date(2015, 5, 21),
    needs=("large_project",),
)
def large_without_quantity(form: Declaration, *, large_project: Decimal) -> Iterator[Finding]:
    """Ask large projects for a count among the quantities and for a cost."""
    money = form.funds.annual_total or form.funds.total
    if money is None or money.yuan < large_project or not form.indicators:
        return
    counted = any(
        row.target.kind is Kind.QUANTITATIVE and not row.target.is_percentage
        for row in form.under("数量指标")
    )
    priced = any(
        ("成本" in f"{row.level1}{row.level2}" and row.target.measurable)
        or "元/" in (row.target.unit or "")
        for row in form.indicators
    )
    missing = [
        name
        for name, there in ((say("绝对数量"), counted), (say("成本或标准"), priced))
        if not there
    ]
    if missing:
        message = say(
            "{money} 元的项目没有{missing}指标",
            money=money.written(),
            missing=joined(missing),
        )
        yield Finding("indicators", message)
