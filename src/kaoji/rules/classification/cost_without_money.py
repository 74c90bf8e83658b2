"""A cost indicator with no amount of money.

## Why

成本控制率 ≤ 100 % says that the budget is kept, and that has ten points of its own. What a unit of
work may cost can be compared with others and with last year.

## 为什么

“成本控制率100%”只是不超预算，预算执行另有 10 分。成本要写单价、标准或总额，才能与同类、与上年相比。

```form bad
项目: 农村道路养护
产出指标 / 成本指标 / 成本控制率: = 100 %
```

```form good
项目: 农村道路养护
产出指标 / 成本指标 / 每公里养护成本: ≤ 3 万元
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.speech import say
from kaoji.core.target import Kind
from kaoji.rules.kinds import is_of_whole_unit
from kaoji.rules.rewrites import as_unit_cost
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation
from kaoji.standards.lexicons import first_in, words

# Costs to society and nature are not counted in money, and saving may be a share.
_NOT_OF_MONEY = ("社会成本", "生态环境成本", "生态成本", "环境成本")


@rule(
    "KJ611",
    "成本指标没有金额",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2021-101", "成本指标"),),
    since=date(2015, 5, 21),
    yields_to=("KJ302", "KJ303"),
)
def cost_without_money(form: Declaration) -> Iterator[Finding]:
    """Report cost indicators whose target is a percentage or words."""
    if is_of_whole_unit(form):
        return  # 公用经费控制率 is what the whole of a unit is measured by
    for row in form.indicators:
        level2 = row.level2 or ""
        of_costs = "成本" in f"{row.level1}{level2}" and not level2.startswith(_NOT_OF_MONEY)
        target = row.target
        if not of_costs or target.kind in {Kind.BLANK, Kind.PLACEHOLDER}:
            continue
        in_words = target.kind in {Kind.QUALITATIVE, Kind.SENTENCE} and not _AMOUNT.search(
            target.text
        )
        if in_words or (
            target.is_percentage
            and not first_in(row.name, words("classes", "savings"))
            and not row.name.endswith(("比例", "占比"))
        ):
            message = say("“{text}”不是金额，成本指标未细化量化", text=target.text)
            usual = say("写单价、标准或总额，例如 ≤ 3 万元/公里")
            yield Finding(row, message, as_unit_cost(form) or usual)


_AMOUNT = re.compile(r"\d[\d.,]*\s*[万亿]?元?")
