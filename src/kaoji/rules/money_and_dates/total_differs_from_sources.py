"""The project's total is not the sum of its sources.

## Why

项目资金总额 = 财政资金 + 其他资金. A form whose own numbers disagree cannot be approved, for
nobody knows which of them was meant.

## 为什么

项目资金总额应等于财政资金加其他资金；自己的数对不上，就不知道以哪个为准。

```form bad
项目: 农村道路养护
资金总额: 1,000,000 元
财政资金: 800,000 元
其他资金: 100,000 元
```

```form good
项目: 农村道路养护
资金总额: 1,000,000 元
财政资金: 800,000 元
其他资金: 200,000 元
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.rules.money_and_dates.sums import differs_from_sum, unread_funds
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation


@rule(
    "KJ201",
    "资金总额与来源不符",
    severity=Severity.ERROR,
    basis=(Citation("arithmetic"), Citation("checker-practice")),
    since=date(2015, 5, 21),
    needs=("funds_tolerance", "unread"),
)
def total_differs_from_sources(
    form: Declaration, *, funds_tolerance: Decimal, unread: frozenset[str]
) -> Iterator[Finding]:
    """Compare the project's total with fiscal and other money."""
    funds = form.funds
    yield from differs_from_sum(
        "funds.total",
        "项目资金总额",
        funds.total,
        {"财政资金": funds.fiscal, "其他资金": funds.other},
        funds_tolerance,
        unread_funds(unread),
    )
