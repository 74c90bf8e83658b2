"""A unit cost times its quantity does not give the money asked for.

## Why

780 元 a pupil for 6,962 pupils are 5.43 million. A form that asks for 4.39 million has a wrong
price, a wrong number or a wrong amount, and only one of them will be paid.

## 为什么

“780元/人”乘“6962人”是 543 万元；申请 438.8 万元，单价、数量、资金里总有一个不对。

A price by the month counts for every month of the plan, or of the span that the form names.

## Not seen yet

A price whose unit names nothing that is counted (元), and prices of which nobody can tell to which of
several quantities they belong, are not multiplied. Ceilings (最高, 单户限额) are no prices of each.

## 尚未覆盖

单位没有写明对什么计价的（只写“元”），或者几个数量共用一个单位、看不出对应哪一个的，不相乘。最高限额不是单价。

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
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.indicator import Indicator
from kaoji.core.money import Money
from kaoji.core.speech import say
from kaoji.rules.deadlines import months_in
from kaoji.rules.money_units import in_yuan
from kaoji.rules.naming import content_of, pairs_of
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation
from kaoji.standards.lexicons import first_in

# 780元/生·年 is paid for each 人 of the quantities.
_COUNTED_AS = {"人": {"人", "名"}, "生": {"人", "名"}, "名": {"人", "名"}}
_CEILINGS = ("单家", "单户", "单个企业", "最高", "上限", "封顶", "限额")
_TIMES = {"月", "个月", "每月", "年", "每年"}
_MORE_THAN_ANY = Decimal(10) ** 12
_NEAR = Decimal("1.01")


@dataclass(frozen=True)
class _Product:
    """A price, what it is multiplied by, and what that makes in 元."""

    price: Indicator
    count: Indicator | None
    months: int | None
    yuan: Decimal


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
    products = list(_products(form))
    alone = [product for product in products if product.yuan > most]
    for product in alone:
        message = say(
            "“{price}”乘“{count}”为 {cost} 元，大于资金 {funds} 元",
            price=product.price.target.text,
            count=_multiplied_by(product),
            cost=Money(product.yuan).written(),
            funds=funds.written(),
        )
        yield Finding(product.price, message, say("核对单价、数量和资金，三者要对得上"))
    apart = list(_least(products))
    together = sum((product.yuan for product in apart), Decimal(0))
    if not alone and len(apart) > 1 and together > most:
        message = say(
            "{count} 项单价乘数量合计 {cost} 元，大于资金 {funds} 元",
            count=len(apart),
            cost=Money(together).written(),
            funds=funds.written(),
        )
        yield Finding(apart[-1].price, message, say("核对单价、数量和资金，三者要对得上"))


def _least(products: Iterable[_Product]) -> Iterable[_Product]:
    """Of prices of one quantity the lowest: who gets which, or how much of one the other is, is not told."""
    least: dict[int, _Product] = {}
    for product in products:
        key = product.count.position if product.count else ~product.price.position
        if key not in least or product.yuan < least[key].yuan:
            least[key] = product
    return least.values()


def _multiplied_by(product: _Product) -> str:
    """How the price was multiplied: 6962人, 11个月, 250人×12个月."""
    count = product.count.target.text if product.count else ""
    months = f"{product.months}个月" if product.months else ""
    return "×".join(part for part in (count, months) if part)


def _whole_money(form: Declaration) -> Money | None:
    """The year's money; of a project over several years, all of it: what is built is paid in parts."""
    year, whole = form.funds.annual_total, form.funds.total
    several = form.start_date and form.end_date and form.start_date.year != form.end_date.year
    if several and year is not None and whole is not None:
        return max(year, whole, key=lambda money: money.yuan)
    return year or whole


def _products(form: Declaration) -> Iterator[_Product]:
    counts: defaultdict[str, list[Indicator]] = defaultdict(list)
    for row in form.under("数量指标"):
        if row.target.value is not None and row.target.unit:
            counts[row.target.unit].append(row)
    months = _months_of(form)
    for row in form.indicators:
        product = _product(row, counts, months)
        if product is not None:
            yield product


def _product(
    price: Indicator, counts: Mapping[str, list[Indicator]], months: int | None
) -> _Product | None:
    """The price times what it is paid for; None where that is not told, or nobody pays it."""
    money, _, rest = (price.target.unit or "").partition("/")
    each = [part for part in re.split(r"[/·.、]", rest) if part]
    one = in_yuan(price.target.value or Decimal(0), money)
    if price.level1 == "效益指标" or not each or not one or first_in(price.level3, _CEILINGS):
        return None
    by_month = any("月" in part for part in each)
    things = [part for part in each if part not in _TIMES]
    if by_month and months is None and not things:
        return None
    count = _counted_by(price, things[0], counts) if things else None
    if things and count is None:
        return None
    many = count.target.value if count and count.target.value is not None else Decimal(1)
    if max(one, many) > _MORE_THAN_ANY:
        return None
    times = months if by_month and months else None
    return _Product(price, count, times, one * many * (times or 1))


def _months_of(form: Declaration) -> int | None:
    """How many months of the year the plan lasts, or the span that one of the rows names."""
    if form.start_date and form.end_date and form.start_date.year == form.end_date.year:
        return form.end_date.month - form.start_date.month + 1
    spans = {months_in(row.target.text) for row in form.indicators if row.target.is_period}
    return spans.pop() if len(spans) == 1 else None


def _counted_by(
    price: Indicator, each: str, counts: Mapping[str, list[Indicator]]
) -> Indicator | None:
    """The quantity in the unit that the price is for: the only one, or the one whose name is nearest."""
    found = [item for unit in _COUNTED_AS.get(each, {each}) for item in counts.get(unit, ())]
    by_likeness = sorted(found, key=lambda item: _likeness(price, item), reverse=True)
    near = [item for item in by_likeness[:2] if _likeness(price, item)]
    if len(near) == len(by_likeness[:2]) > 1 and _likeness(price, near[0]) == _likeness(
        price, near[1]
    ):
        return None  # it may be the one or the other
    return near[0] if near else None


def _likeness(price: Indicator, count: Indicator) -> int:
    """How many pairs of signs two names share: 酒精检测仪单价 says nothing of 执法记录仪数量."""
    return len(
        pairs_of(content_of(price.level3 or "")) & pairs_of(content_of(count.level3 or ""))
    )
