"""Spending the budget is declared as an output.

## Why

Budget execution has ten points of its own; as an output it is counted twice, and having spent
the money is no achievement.

## 为什么

预算执行率另有 10 分，作产出指标就算了两遍；把钱花掉也不是产出。

```form bad
项目: 农村道路养护
产出指标 / 质量指标 / 预算执行率: ≥ 95 %
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
from kaoji.core.finding import Finding, Severity
from kaoji.core.speech import say
from kaoji.core.target import Kind
from kaoji.rules.kinds import is_of_whole_unit
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation
from kaoji.standards.lexicons import first_in, words

# 预算执行率 ≥ 95 % costs nothing; 控制在预算内 250万 does.
_EXECUTION = ("执行", "支出", "支付", "使用率", "预算完成")
_OUTPUTS = {"数量指标", "质量指标", "时效指标"}


@rule(
    "KJ603",
    "预算执行当作产出",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2020-10", "预算执行率权重 10 分"),),
    since=date(2015, 5, 21),
)
def budget_as_output(form: Declaration) -> Iterator[Finding]:
    """Report outputs whose name or target speaks of the budget."""
    if is_of_whole_unit(form):
        return  # a whole unit has no ten points of its own for execution
    for row in form.under("产出指标"):
        said = f"{row.level3}{row.target.text}"
        word = first_in(said, words("classes", "budget"))
        funding = first_in(said, words("classes", "funding")) if not word else None
        handling = first_in(row.level3, words("classes", "handling"))
        is_cost = (
            "成本" in (row.level2 or "")
            and row.target.measurable
            and not (row.target.is_percentage and first_in(word, _EXECUTION))
        )
        if word and not is_cost:
            message = say("“{word}”另有 10 分，不作产出指标", word=word)
            yield Finding(row, message, say("删去该行，或换成反映产出的指标"), column="level3")
        elif handling and row.level2 in _OUTPUTS:
            message = say("“{word}”是资金管理要求，不是产出", word=handling)
            yield Finding(row, message, say("换成反映产出的指标"), column="level3")
        elif funding and not (row.level2 == "时效指标" and row.target.kind is Kind.DEADLINE):
            message = say("“{word}”反映资金安排，不是产出", word=funding)
            yield Finding(row, message, say("换成反映产出的指标"), column="level3")
