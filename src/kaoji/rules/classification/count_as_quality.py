"""How many stands among how good.

## Why

Thirty inspections are a quantity; how many of them were passed is quality. 授课完成率 beside 授课人次
tells once more how much was done.

## 为什么

检查 30 家是数量，合格几家才是质量。数量里已有“授课人次”，质量里再写“授课完成率”，说的还是做了多少。

```form bad
项目: 农村道路养护
产出指标 / 质量指标 / 养护检查: = 30 次
```

```form good
项目: 农村道路养护
产出指标 / 质量指标 / 验收合格率: ≥ 95 %
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Correction, Finding, Severity
from kaoji.core.indicator import Indicator
from kaoji.core.speech import say
from kaoji.core.target import Kind
from kaoji.rules.money_units import is_money
from kaoji.rules.naming import content_of, own_name, pairs_of
from kaoji.rules.rewrites import as_accepted_work
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation
from kaoji.standards.lexicons import first_in, words


@rule(
    "KJ604",
    "质量指标写成数量",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2021-101", "质量指标"),),
    since=date(2015, 5, 21),
)
def count_as_quality(form: Declaration) -> Iterator[Finding]:
    """Report quality indicators that are counted in pieces or hours, or tell how much was done."""
    quantities = "".join(own_name(row.level3) for row in form.under("数量指标"))
    for row in form.under("质量指标"):
        counted = row.target.kind is Kind.QUANTITATIVE and row.target.unit in words(
            "classes", "count_units"
        )
        if counted and not _of_faults(row):
            message = say("“{text}”是数量，不是质量", text=row.target.text)
            move = Correction(row.at("level2"), "数量指标")
            suggestion = say("移到数量指标")
            yield Finding(row, message, suggestion, column="level2", corrections=(move,))
        elif "/" in (row.target.unit or "") and is_money(row.target.unit):
            message = say("“{text}”是标准或价格，不是质量", text=row.target.text)
            move = Correction(row.at("level2"), "成本指标")
            suggestion = say("移到成本指标")
            yield Finding(row, message, suggestion, column="level2", corrections=(move,))
        elif _tells_of_amounts(own_name(row.level3), quantities):
            message = say("“{name}”反映完成数量，未体现质量", name=row.name)
            usual = say("换成合格率一类的指标，完成的数量写在数量指标")
            yield Finding(row, message, as_accepted_work(row) or usual, column="level2")


def _of_faults(row: Indicator) -> bool:
    """差错人数 = 0, 返工次数 ≤ 2: the fewer faults, the better the work."""
    return row.target.value == 0 or bool(first_in(row.name, words("classes", "faults")))


def _tells_of_amounts(name: str, quantities: str) -> bool:
    """完成率 of a work, or of what is counted already: 工程完工率, 授课完成率 beside 授课人次."""
    measure = next(
        (word for word in words("classes", "completion") if name.endswith(word)), None
    )
    if measure is None or first_in(name, words("classes", "time")):
        return False
    pairs = pairs_of(content_of(name.removesuffix(measure)))
    of_work = first_in(name, words("classes", "work_wholes"))
    return bool(of_work) or any(pair in quantities for pair in pairs)
