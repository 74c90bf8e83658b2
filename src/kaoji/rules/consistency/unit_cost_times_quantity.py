"""A unit cost times its quantity does not give the money asked for.

## Why

780 元 a pupil for 6,962 pupils are 5.43 million. A form that asks for 4.39 million has a wrong
price, a wrong number or a wrong amount, and only one of them will be paid.

## 为什么

“780元/人”乘“6962人”是 543 万元；申请 438.8 万元，单价、数量、资金里总有一个不对。

A price by the month counts for the months that its own name or a row about the same thing says, else for every
month of the plan, or of the span that the form names for the whole of it. A price of a month that nothing is
counted for may be made of the others and is not added to them. Standards that are topped up (低保, 补差) are ceilings.

## Not seen yet

A price whose unit names nothing that is counted (元), and prices of which nobody can tell to which of
several quantities they belong, are not multiplied. Ceilings (最高, 单户限额) are no prices of each.

## 尚未覆盖

单位没有写明对什么计价的（只写“元”），或者几个数量共用一个单位、看不出对应哪一个的，不相乘。最高限额不是单价；
低保等补差发放的标准也只是上限。按月的单价，按名称或同一事项写明的月数计，没有写明的按计划起止月数计。

```form bad
项目: 农村道路养护
年度资金: 1,000,000 元
产出指标 / 数量指标 / 养护里程: = 35 公里
产出指标 / 成本指标 / 每公里养护成本: ≤ 4 万元/公里
```

```form good
项目: 农村道路养护
年度资金: 1,050,000 元
产出指标 / 数量指标 / 养护里程: = 35 公里
产出指标 / 成本指标 / 每公里养护成本: ≤ 3 万元/公里
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.money import Money
from kaoji.core.speech import say
from kaoji.rules.prices import least_of, products_of
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation

_NEAR = Decimal("1.01")


@rule(
    "KJ714",
    "单价乘数量大于资金",
    severity=Severity.WARNING,
    basis=(Citation("arithmetic"),),
    since=date(2015, 5, 21),
)
def unit_cost_times_quantity(form: Declaration) -> Iterator[Finding]:
    """Multiply each unit cost by its quantity and its months; compare each, and the sum, with the money."""
    funds = _whole_money(form)
    if funds is None or not funds.yuan:
        return
    most = funds.yuan * _NEAR
    products = list(products_of(form))
    alone = [product for product in products if product.yuan > most]
    for product in alone:
        message = say(
            "“{price}”乘“{count}”为 {cost} 元，大于资金 {funds} 元",
            price=product.price.target.text,
            count=product.multiplier,
            cost=Money(product.yuan).written(),
            funds=funds.written(),
        )
        yield Finding(product.price, message, say("核对单价、数量和资金，三者要对得上"))
    apart = least_of(products)
    together = sum((product.yuan for product in apart), Decimal(0))
    if not alone and len(apart) > 1 and together > most:
        message = say(
            "{count} 项单价乘数量合计 {cost} 元，大于资金 {funds} 元",
            count=len(apart),
            cost=Money(together).written(),
            funds=funds.written(),
        )
        yield Finding(apart[-1].price, message, say("核对单价、数量和资金，三者要对得上"))


def _whole_money(form: Declaration) -> Money | None:
    """The year's money; of a project over several years, all of it: what is built is paid in parts."""
    year, whole = form.funds.annual_total, form.funds.total
    several = form.start_date and form.end_date and form.start_date.year != form.end_date.year
    if several and year is not None and whole is not None:
        return max(year, whole, key=lambda money: money.yuan)
    return year or whole
