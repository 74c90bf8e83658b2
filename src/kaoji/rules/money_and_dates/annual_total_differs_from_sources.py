"""The annual request is not the sum of its sources.

## Why

年度资金申请总额 = 当年财政拨款 + 上年结转资金 + 其他资金. This is the number that enters the
budget; a difference here moves real money.

## 为什么

年度资金申请总额应等于当年财政拨款、上年结转资金与其他资金之和；这是进入预算的数。

```form bad
项目: 农村道路养护
年度资金: 1,000,000 元
当年财政拨款: 800,000 元
```

```form good
项目: 农村道路养护
年度资金: 1,000,000 元
当年财政拨款: 800,000 元
上年结转资金: 200,000 元
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
    "KJ202",
    "年度资金与来源不符",
    severity=Severity.ERROR,
    basis=(Citation("arithmetic"), Citation("checker-practice")),
    since=date(2015, 5, 21),
    needs=("funds_tolerance", "unread"),
)
def annual_total_differs_from_sources(
    form: Declaration, *, funds_tolerance: Decimal, unread: frozenset[str]
) -> Iterator[Finding]:
    """Compare the annual total with the year's grant, the carry-over and other money."""
    funds = form.funds
    yield from differs_from_sum(
        "funds.annual_total",
        "年度资金申请总额",
        funds.annual_total,
        {
            "当年财政拨款": funds.annual_fiscal,
            "上年结转资金": funds.annual_carryover,
            "其他资金": funds.annual_other,
        },
        funds_tolerance,
        unread_funds(unread),
    )
