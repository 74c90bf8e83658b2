"""A unit cost times its quantity does not give the money asked for.

## Why

780 元 a pupil for 6,962 pupils are 5.43 million. A form that asks for 4.39 million has a wrong
price, a wrong number or a wrong amount, and only one of them will be paid.

## 为什么

“780元/人”乘“6962人”是 543 万元；申请 438.8 万元，单价、数量、资金里总有一个不对。

## Not seen yet

Only prices whose unit names what is counted (元/人, 万元/公里) and a single quantity in that unit
are multiplied; where there are several, nobody knows which belongs to which.

## 尚未覆盖

只算单位对得上、且只有一个数量的单价；几个数量共用一个单位时不判断。

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

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.indicator import Indicator
from kaoji.core.money import Money
from kaoji.core.speech import say
from kaoji.rules.money_units import in_yuan, is_money
from kaoji.rules.naming import content_of, pairs_of
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation
from kaoji.standards.lexicons import first_in

# 780元/生·年 is paid for each 人 of the quantities.
_COUNTED_AS = {"人": {"人", "名"}, "生": {"人", "名"}}
_CEILINGS = ("单家", "单户", "单个企业", "最高", "上限", "封顶", "限额")
_MORE_THAN_ANY = Decimal(10) ** 12
_NEAR = Decimal("1.01")


@rule(
    "KJ714",
    "单价乘数量大于资金",
    severity=Severity.WARNING,
    basis=(Citation("arithmetic"),),
    since=date(2015, 5, 21),
)
def unit_cost_times_quantity(form: Declaration) -> Iterator[Finding]:
    """Multiply each unit cost by the one quantity in its unit and compare with the year's money."""
    funds = _whole_money(form)
    if funds is None or not funds.yuan:
        return
    counts: defaultdict[str, list[Indicator]] = defaultdict(list)
    for row in form.under("数量指标"):
        if row.target.value is not None and row.target.unit:
            counts[row.target.unit].append(row)
    for row in form.indicators:
        count = _counted_by(row, counts)
        cost = _cost(row, count) if count else None
        if count and cost is not None and cost > funds.yuan * _NEAR:
            message = say(
                "“{price}”乘“{count}”为 {cost} 元，大于资金 {funds} 元",
                price=row.target.text,
                count=count.target.text,
                cost=Money(cost).written(),
                funds=funds.written(),
            )
            yield Finding(row, message, say("核对单价、数量和资金，三者要对得上"))


def _whole_money(form: Declaration) -> Money | None:
    """The year's money; of a project over several years, all of it: what is built is paid in parts."""
    year, whole = form.funds.annual_total, form.funds.total
    several = form.start_date and form.end_date and form.start_date.year != form.end_date.year
    if several and year is not None and whole is not None:
        return max(year, whole, key=lambda money: money.yuan)
    return year or whole


def _counted_by(price: Indicator, counts: Mapping[str, list[Indicator]]) -> Indicator | None:
    """The only quantity in the unit that the price is for; what people gain is no price."""
    _, _, each = (price.target.unit or "").partition("/")
    each = re.split(r"[/·.]", each)[0]
    if price.level1 == "效益指标" or not each or not is_money(price.target.unit):
        return None
    if first_in(price.level3, _CEILINGS):
        return None  # what one may get at most is no price of each
    found = [item for unit in _COUNTED_AS.get(each, {each}) for item in counts.get(unit, ())]
    return found[0] if len(found) == 1 and _speak_of_one_thing(price, found[0]) else None


def _cost(price: Indicator, count: Indicator) -> Decimal | None:
    one, many = price.target.value, count.target.value
    if one is None or many is None or max(one, many) > _MORE_THAN_ANY:
        return None
    each = in_yuan(one, (price.target.unit or "").partition("/")[0])
    return None if each is None else each * many


def _speak_of_one_thing(price: Indicator, count: Indicator) -> bool:
    """Do the two names share a word? 酒精检测仪单价 says nothing of 执法记录仪数量."""
    return bool(
        pairs_of(content_of(price.level3 or "")) & pairs_of(content_of(count.level3 or ""))
    )
