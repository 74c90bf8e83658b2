"""Prices times what is counted: what the cost indicators of a form come to.

    产出指标 / 数量指标 / 慰问困难职工人数: = 300 人
    产出指标 / 成本指标 / 困难职工慰问标准: = 1000 元/人      → 300,000 元
    产出指标 / 成本指标 / 饲料库120平米: = 490 元/平米        → 58,800 元, the quantity stands in the name
    产出指标 / 成本指标 / 保洁人员补贴标准: = 1500 元/人·月   → for every month of the plan

A price of which nobody can tell what it is multiplied by makes no product.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from kaoji.core.declaration import Declaration
from kaoji.core.indicator import Indicator
from kaoji.rules.deadlines import months_in
from kaoji.rules.money_units import in_yuan
from kaoji.rules.naming import content_of, own_name, pairs_of
from kaoji.standards.lexicons import first_in

# 780元/生·年 is paid for each 人 of the quantities.
_COUNTED_AS = {"人": {"人", "名"}, "生": {"人", "名"}, "名": {"人", "名"}}
_CEILINGS = ("单家", "单户", "单个企业", "最高", "上限", "封顶", "限额")
_TIMES = {"月", "个月", "每月", "年", "每年"}
_SAME_UNITS = {"平米": "平方米", "㎡": "平方米", "m²": "平方米", "km": "公里", "m": "米"}
_MORE_THAN_ANY = Decimal(10) ** 12


@dataclass(frozen=True)
class Product:
    """A price, what it is multiplied by, and what that makes in 元.

    *count* is the row that counts, or None where the quantity stands in the price's own name or
    there is none; *months* is None for a price that is not by the month.
    """

    price: Indicator
    count: Indicator | None
    quantity: str
    months: int | None
    yuan: Decimal

    @property
    def multiplier(self) -> str:
        """How the price was multiplied: 6962人, 11个月, 250人×12个月."""
        months = f"{self.months}个月" if self.months else ""
        return "×".join(part for part in (self.quantity, months) if part)


def products_of(form: Declaration) -> Iterator[Product]:
    """Every unit price of the form times its quantity and its months."""
    counts: defaultdict[str, list[Indicator]] = defaultdict(list)
    for row in form.under("数量指标"):
        if row.target.value is not None and row.target.unit:
            counts[_plain(row.target.unit)].append(row)
    months = _months_of(form)
    for row in form.indicators:
        product = _product(row, counts, months)
        if product is not None:
            yield product


def least_of(products: Iterable[Product]) -> list[Product]:
    """Of prices of one quantity the lowest: who gets which, or how much of one the other is, is not told."""
    least: dict[int, Product] = {}
    for product in products:
        key = product.count.position if product.count else ~product.price.position
        if key not in least or product.yuan < least[key].yuan:
            least[key] = product
    return list(least.values())


def _product(
    price: Indicator, counts: Mapping[str, list[Indicator]], months: int | None
) -> Product | None:
    """The price times what it is paid for; None where that is not told, or nobody pays it."""
    money, _, rest = (price.target.unit or "").partition("/")
    each = [part for part in re.split(r"[/·.、]", rest) if part]
    one = in_yuan(price.target.value or Decimal(0), money)
    if price.level1 == "效益指标" or not each or not one or first_in(price.level3, _CEILINGS):
        return None
    by_month = any("月" in part for part in each)
    things = [_plain(part) for part in each if part not in _TIMES]
    if by_month and months is None and not things:
        return None
    times = months if by_month and months else None
    many, count, quantity = Decimal(1), None, ""
    if things:
        in_name = _quantity_in(price, things[0])
        count = None if in_name else _counted_by(price, things[0], counts)
        if in_name:
            many, quantity = in_name
        elif count and count.target.value is not None:
            many, quantity = count.target.value, count.target.text
        else:
            return None
    if max(one, many) > _MORE_THAN_ANY:
        return None
    return Product(price, count, quantity, times, one * many * (times or 1))


def _plain(unit: str) -> str:
    return _SAME_UNITS.get(unit, unit)


_AT_THE_END = re.compile(
    r"(?P<number>(?<![\d.,])\d[\d,]*+(?:\.\d++)?+)\s*+(?P<unit>[\u4e00-\u9fff㎡²a-z]{1,3})$"
)


def _quantity_in(price: Indicator, each: str) -> tuple[Decimal, str] | None:
    """饲料库120平米 at 490 元/平米 names its own quantity."""
    found = _AT_THE_END.search(own_name(price.level3))
    if not found or _plain(found["unit"]) != each:
        return None
    return Decimal(found["number"].replace(",", "")), found[0]


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
    near = [(item, _likeness(price, item)) for item in by_likeness[:2]]
    if not near or not near[0][1] or (len(near) > 1 and near[0][1] == near[1][1]):
        return None  # none speaks of it, or it may be the one or the other
    return near[0][0]


def _likeness(price: Indicator, count: Indicator) -> int:
    """How many pairs of signs two names share: 酒精检测仪单价 says nothing of 执法记录仪数量."""
    return len(
        pairs_of(content_of(price.level3 or "")) & pairs_of(content_of(count.level3 or ""))
    )
