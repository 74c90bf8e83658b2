"""A quantity indicator that is an amount of money.

## Why

The money is what is put in. What comes out is counted in things, people or work: 800 万元 spent is
no output.

## 为什么

钱是投入。产出要数做了多少事、多少人、多少工作量；“完成投资800万元”不是产出。

```form bad
项目: 农村道路养护
产出指标 / 数量指标 / 完成养护投资: = 800 万元
```

```form good
项目: 农村道路养护
产出指标 / 数量指标 / 养护里程: = 35 公里
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.indicator import Indicator
from kaoji.core.speech import say
from kaoji.core.target import Kind
from kaoji.rules.money_units import is_money
from kaoji.rules.naming import own_name
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation
from kaoji.standards.lexicons import first_in, words


@rule(
    "KJ612",
    "数量指标写成金额",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2021-101", "数量指标"),),
    since=date(2015, 5, 21),
)
def money_as_quantity(form: Declaration) -> Iterator[Finding]:
    """Report quantities that are counted in money, standards aside."""
    for row in form.under("数量指标"):
        unit = row.target.unit or ""
        standard = (
            "标准" in row.name or "/" in unit or first_in(row.name, words("classes", "volumes"))
        )
        in_words = row.target.kind is Kind.SENTENCE and _MONEY.search(
            row.target.text.rstrip("。")
        )
        if not unit and _is_invested(row, form):
            message = say("“{text}”是目标里的投资额，不是产出的数量", text=row.target.text)
            yield Finding(row, message, say("写工作量，例如台（套）数、面积、公里数"))
        elif _IS_COST.search(own_name(row.level3)) or ("成本" in row.name and is_money(unit)):
            message = say("“{name}”是成本，不是产出的数量", name=row.name)
            yield Finding(row, message, say("移到成本指标"), column="level2")
        elif not standard and (is_money(unit) or in_words):
            message = say("“{text}”是资金，不是产出的数量", text=row.target.text)
            yield Finding(row, message, say("写工作量，例如人数、面积、台套数"))


# 单位制作成本, 成本控制数; 成本核算报告 3 份 is a piece of work.
_IS_COST = re.compile(r"成本(?:费用?|价格?|[总数金]?额|标准|控制[数额]?|支出|[(（].*)?$")
# A sentence that ends in an amount: 对学校2400平米体育场馆补贴5万元.
_MONEY = re.compile(r"\d\s*[万亿]?元$")


def _is_invested(row: Indicator, form: Declaration) -> bool:
    """设备购置及安装：550 beside 设备购置及安装550万元 in the goal."""
    value = row.target.value
    if value is None or value < _LEAST:
        return False
    number = re.escape(f"{value:f}")
    return any(
        re.search(rf"(?<![\d.]){number}(?:\.0+)?\s*万元", goal) for goal in form.goals.values()
    )


_LEAST = 10
