"""Prices times what is counted: what the cost indicators of a form come to.

    产出指标 / 数量指标 / 慰问困难职工人数: = 300 人
    产出指标 / 成本指标 / 困难职工慰问标准: = 1000 元/人      → 300,000 元
    产出指标 / 成本指标 / 饲料库120平米: = 490 元/平米        → 58,800 元, the quantity stands in the name
    产出指标 / 成本指标 / 保洁人员补贴标准: = 1500 元/人·月   → for every month of the plan

A price of which nobody can tell what it is multiplied by makes no product.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from kaoji.core.declaration import Declaration
from kaoji.core.indicator import Indicator
from kaoji.rules.deadlines import months_in
from kaoji.rules.money_units import in_yuan
from kaoji.rules.naming import content_of, own_name, pairs_of
from kaoji.standards.lexicons import first_in, words

# 780元/生·年 is paid for each 人 of the quantities.
_COUNTED_AS = {"人": {"人", "名"}, "生": {"人", "名"}, "名": {"人", "名"}}
_NOT_PAID_IN_FULL = (*words("prices", "ceilings"), *words("prices", "topped_up"))
_OF_THE_WHOLE = words("prices", "of_the_whole")
_TIMES = {"月", "个月", "每月", "年", "每年"}
_SAME_UNITS = {"平米": "平方米", "㎡": "平方米", "m²": "平方米", "km": "公里", "m": "米"}
_MORE_THAN_ANY = Decimal(10) ** 12
# A pair of signs that so many names share tells none of them from the others.
_MOST_SHARING = 200


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
    counts = _Counts(form.under("数量指标"))
    spans = _Spans(form)
    for row in form.indicators:
        product = _product(row, counts, spans)
        if product is not None:
            yield product


def least_of(products: Iterable[Product]) -> list[Product]:
    """Of prices of one quantity the lowest: who gets which, or how much of one the other is, is not told.

    A price of a month that nothing is counted for may be made of the others, and is not added to them.
    """
    least: dict[int, Product] = {}
    for product in products:
        if not product.quantity:
            continue
        key = product.count.position if product.count else ~product.price.position
        if key not in least or product.yuan < least[key].yuan:
            least[key] = product
    return list(least.values())


def _product(price: Indicator, counts: _Counts, spans: _Spans) -> Product | None:
    """The price times what it is paid for; None where that is not told, or nobody pays it."""
    money, _, rest = (price.target.unit or "").partition("/")
    each = [part for part in re.split(r"[/·.、]", rest) if part]
    one = in_yuan(price.target.value or Decimal(0), money)
    if price.level1 == "效益指标" or first_in(price.level3, _NOT_PAID_IN_FULL):
        return None
    if not each or not one:
        return None
    by_month = any("月" in part for part in each)
    months = spans.months_of(price) if by_month else None
    things = [_plain(part) for part in each if part not in _TIMES]
    if by_month and months is None and not things:
        return None
    many, count, quantity = Decimal(1), None, ""
    if things:
        in_name = _quantity_in(price, things[0])
        count = None if in_name else counts.of(price, things[0])
        if in_name:
            many, quantity = in_name
        elif count and count.target.value is not None:
            many, quantity = count.target.value, count.target.text
        else:
            return None
    if max(one, many) > _MORE_THAN_ANY:
        return None
    return Product(price, count, quantity, months, one * many * (months or 1))


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


class _Spans:
    """For how many months a price by the month is paid: as long as its own row says, else as the plan lasts."""

    def __init__(self, form: Declaration) -> None:
        self._plan = _months_of_plan(form)
        rows = [
            (row, months_in(row.target.text)) for row in form.indicators if row.target.is_period
        ]
        self._spans = [(_content_pairs(row), months) for row, months in rows if months]
        whole = {
            months for row, months in rows if months and first_in(row.level3, _OF_THE_WHOLE)
        }
        self._whole = whole.pop() if len(whole) == 1 else None

    def months_of(self, price: Indicator) -> int | None:
        """None where nobody says. A span of another thing (招标时间) is not that of the price."""
        in_name = _MONTHS_IN_NAME.search(price.level3 or "")
        if in_name and 0 < int(in_name[1]) <= 12:
            return int(in_name[1])
        own = {
            months
            for pairs, months in self._spans[:_MOST_SHARING]
            if pairs & _content_pairs(price)
        }
        if len(own) == 1:
            return own.pop()
        return self._plan or self._whole


def _months_of_plan(form: Declaration) -> int | None:
    """How many months of its year the plan lasts."""
    if form.start_date and form.end_date and form.start_date.year == form.end_date.year:
        return form.end_date.month - form.start_date.month + 1
    return None


_MONTHS_IN_NAME = re.compile(r"(?<!\d)(\d{1,2})个月")


class _Counts:
    """The quantities of a form by their units, and by the pairs of signs of their names."""

    def __init__(self, rows: Iterable[Indicator]) -> None:
        self._by_pair: defaultdict[tuple[str, str], list[Indicator]] = defaultdict(list)
        for row in rows:
            if row.target.value is not None and row.target.unit:
                for pair in _content_pairs(row):
                    self._by_pair[_plain(row.target.unit), pair].append(row)

    def of(self, price: Indicator, each: str) -> Indicator | None:
        """The quantity in the unit that the price is for whose name is nearest.

        None where no name speaks of it (酒精检测仪单价 says nothing of 执法记录仪数量), or several do alike.
        """
        shared: Counter[int] = Counter()
        rows: dict[int, Indicator] = {}
        for unit in _COUNTED_AS.get(each, {each}):
            for pair in _content_pairs(price):
                found = self._by_pair.get((unit, pair), [])
                if len(found) <= _MOST_SHARING:
                    shared.update(row.position for row in found)
                    rows.update({row.position: row for row in found})
        near = shared.most_common(2)
        if not near or (len(near) > 1 and near[0][1] == near[1][1]):
            return None
        return rows[near[0][0]]


def _content_pairs(row: Indicator) -> frozenset[str]:
    """The pairs of signs of a name's own words."""
    return pairs_of(content_of(row.level3 or ""))
