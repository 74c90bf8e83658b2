"""A goal names the project's money and it is not the money of the form.

## Why

Two amounts for one project: whoever approves does not know which one.

## 为什么

一个项目两个金额，批的人不知道按哪个批。

## Not seen yet

Amounts for a part of the project are not compared.

## 尚未覆盖

只说项目一部分的金额不作比较。

```form bad
项目: 农村道路养护
资金总额: 1,000,000 元
年度资金: 1,000,000 元
年度目标: 项目总投资120万元，养护道路 35 公里。
```

```form good
项目: 农村道路养护
资金总额: 1,000,000 元
年度资金: 1,000,000 元
年度目标: 项目总投资100万元，养护道路 35 公里。
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.money import YUAN_PER_UNIT, Money, UnreadableAmount
from kaoji.core.speech import say
from kaoji.rules.goal_names import GOAL_NAMES
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation

_STATED = re.compile(
    r"(?:总投资|项目资金|资金总额|年度预算|项目预算|总预算|申请(?:财政|项目|专项|预算)*资金)(?:为|共|计|合计|总计)*(?P<about>约)?\s*"
    r"(?P<amount>(?P<digits>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>亿元|万元|元))(?!用于)"
)


@rule(
    "KJ214",
    "文字里的金额与表不符",
    severity=Severity.ERROR,
    basis=(Citation("checker-practice", "项目经费情况说明"),),
    since=date(2015, 5, 21),
    needs=("funds_tolerance",),
)
def stated_amount_differs(form: Declaration, *, funds_tolerance: Decimal) -> Iterator[Finding]:
    """Compare the amounts that the goals name for the whole project with the form."""
    known = [amount for amount in (form.funds.total, form.funds.annual_total) if amount]
    for name, text in form.goals.items():
        for found in _STATED.finditer(text) if known else ():
            stated = _amount(found)
            if stated is not None and all(
                abs(stated - amount).yuan > max(funds_tolerance, _looseness(found))
                for amount in known
            ):
                message = say(
                    "{goal}写“{stated}”，表中资金为 {known} 元",
                    goal=GOAL_NAMES[name],
                    stated=found[0],
                    known=known[0].written(),
                )
                yield Finding(name, message)


def _amount(found: re.Match[str]) -> Money | None:
    """The amount that was written; None for one that cannot be read, such as 12,00万元."""
    try:
        return Money.parse(found["amount"])
    except UnreadableAmount:
        return None


def _looseness(found: re.Match[str]) -> Decimal:
    """Half of the last digit of an amount with 约 before it; nothing without."""
    if not found["about"]:
        return Decimal(0)
    places = len(found["digits"].partition(".")[2])
    last_digit: Decimal = YUAN_PER_UNIT[found["unit"]] / Decimal(10) ** places
    return last_digit / 2
