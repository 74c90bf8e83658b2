"""The costs that the indicators allow add up to more than the project has.

## Why

Either the ceiling is no ceiling or money from elsewhere is spent without being declared.

## 为什么

成本控制数合计大于项目资金，要么控制数不起控制作用，要么另有资金没有申报。

## Not seen yet

Unit costs (万元/公里) are not multiplied by their quantities.

## 尚未覆盖

单位成本（万元/公里）不会与数量相乘。

```form bad
项目: 农村道路养护
年度资金: 100,000 元
产出指标 / 成本指标 / 养护总成本: ≤ 12 万元
```

```form good
项目: 农村道路养护
年度资金: 100,000 元
产出指标 / 成本指标 / 养护总成本: ≤ 10 万元
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.money import Money, total
from kaoji.core.speech import say
from kaoji.rules.money_units import in_yuan
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation


@rule(
    "KJ210",
    "成本超过资金",
    severity=Severity.WARNING,
    basis=(Citation("checker-practice"),),
    since=date(2015, 5, 21),
)
def cost_exceeds_funds(form: Declaration) -> Iterator[Finding]:
    """Add up the cost indicators in plain money and compare with the year's money."""
    funds = _most_stated(form)
    costs = [
        row
        for row in form.indicators
        if "成本" in f"{row.level1}{row.level2}" and not row.name.startswith("其中")
    ]
    costs = [row for row in costs if "总成本" in row.name] or costs
    amounts = {
        row.position: amount
        for row in costs
        if row.target.value is not None
        and (amount := in_yuan(row.target.value_high or row.target.value, row.target.unit))
    }
    if funds is None:
        return
    alone = [row for row in costs if amounts.get(row.position, 0) > funds.yuan * _ROUNDED]
    for row in alone:
        message = say(
            "“{text}”超过资金 {funds} 元", text=row.target.text, funds=funds.written()
        )
        yield Finding(row, message)
    together = sum(amounts.values(), Decimal(0))
    if not alone and together > funds.yuan * _ROUNDED:
        message = say(
            "成本指标合计 {costs} 元，超过资金 {funds} 元",
            costs=Money(together).written(),
            funds=funds.written(),
        )
        yield Finding("indicators", message)


# 90万元 beside 899,740 元 was rounded.
_ROUNDED = Decimal("1.005")


def _most_stated(form: Declaration) -> Money | None:
    """The year's money, or the project's; what the sources add up to where the total says less."""
    funds = form.funds
    stated = funds.annual_total or funds.total
    sources = total(funds.annual_fiscal, funds.annual_carryover, funds.annual_other)
    if stated is None or sources is None:
        return stated
    return max(stated, sources, key=lambda money: money.yuan)
