"""The only cost indicator is the whole budget.

## Why

The budget is on the first page already. What a piece of the work costs is what can be judged:
against the market, against other towns, against last year.

## 为什么

预算总额在表头已有；照抄一遍，成本指标就等于没有。单位成本才能与市场、与同类、与上年比较。

```form bad
项目: 农村道路养护
年度资金: 1,000,000 元
产出指标 / 成本指标 / 项目总成本: ≤ 100 万元
```

```form good
项目: 农村道路养护
年度资金: 1,000,000 元
产出指标 / 成本指标 / 每公里养护成本: ≤ 3 万元/公里
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.speech import say
from kaoji.rules.money_units import in_yuan
from kaoji.rules.naming import own_name
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation

_OF_MONEY = (
    "成本",
    "费",
    "费用",
    "金额",
    "总额",
    "投入",
    "支出",
    "资金",
    "经费",
    "预算",
    "投资",
    "补助",
    "元",
)


@rule(
    "KJ715",
    "成本只抄了预算总额",
    severity=Severity.HINT,
    basis=(Citation("caiyu-2021-101", "成本指标"),),
    since=date(2015, 5, 21),
)
def cost_is_whole_budget(form: Declaration) -> Iterator[Finding]:
    """Report a form whose one cost indicator equals the year's money or the project's."""
    costs = [row for row in form.indicators if "成本" in f"{row.level1}{row.level2}"]
    money = {funds.yuan for funds in (form.funds.annual_total, form.funds.total) if funds}
    if len(costs) != 1 or costs[0].target.value is None:
        return
    [row] = costs
    amount = in_yuan(row.target.value or Decimal(0), row.target.unit)
    if amount and amount in money and own_name(row.level3).endswith(_OF_MONEY):
        message = say("“{text}”与预算总额相同，未体现单位成本", text=row.target.text)
        yield Finding(row, message, say("再写单价或标准，例如 ≤ 3 万元/公里"))
