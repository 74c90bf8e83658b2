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

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.indicator import Indicator
from kaoji.core.speech import say
from kaoji.rules.money_units import in_yuan, is_money
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
    funds = form.funds
    money = {
        sum_.yuan
        for sum_ in (funds.annual_total, funds.total, funds.annual_fiscal, funds.fiscal)
        if sum_ and sum_.yuan
    }
    priced = [(row, amount) for row in costs if (amount := _amount(row)) is not None]
    if len(priced) != 1 or any(_is_price(row) for row in costs):
        return
    [(row, amount)] = priced
    if any(_is_rounded(amount, whole) for whole in money) and own_name(row.level3).endswith(
        _OF_MONEY
    ):
        message = say("“{text}”与预算总额相同，未体现单位成本", text=row.target.text)
        yield Finding(row, message, say("再写单价或标准，例如 ≤ 3 万元/公里"))


# 总投入(万元): the unit may stand behind the name, as forms of some provinces have it.
_UNIT_IN_NAME = re.compile(r"[(（](?:[≥≤<>=]?\*+)?([万亿]?元)[)）]$")


def _is_rounded(amount: Decimal, whole: Decimal) -> bool:
    """202.6万元 is 2,026,400 元 all the same."""
    return abs(amount - whole) <= whole * _ROUNDING


_ROUNDING = Decimal("0.0005")


def _is_price(row: Indicator) -> bool:
    """6 元/生·餐 beside the total tells what a piece costs."""
    return "/" in (row.target.unit or "") and is_money(row.target.unit)


def _amount(row: Indicator) -> Decimal | None:
    """The row's money in 元, or None where it has none."""
    found = _UNIT_IN_NAME.search(row.level3 or "")
    unit = row.target.unit or (found[1] if found else None)
    return None if row.target.value is None else in_yuan(row.target.value, unit)
