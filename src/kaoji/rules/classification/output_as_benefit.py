"""What is done stands where what it brings should stand.

## Why

Publishing, paying and setting up a team are work. The benefit is what changes for somebody
because of it.

## 为什么

公示、发放、组建队伍是做的事；效益是因此发生的变化。

## Not seen yet

Whether 宣传力度 or 建设 is an effect is left to the reader.

## 尚未覆盖

“宣传力度”“建设”算不算效益，留给人判断。

```form bad
项目: 农村道路养护
效益指标 / 社会效益指标 / 养护信息公示及时率: = 100 %
```

```form good
项目: 农村道路养护
效益指标 / 社会效益指标 / 受益村民人数: ≥ 2000 人
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.speech import say
from kaoji.rules.naming import own_name
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation
from kaoji.standards.lexicons import first_in, words

# How much of the work is done: 合同完成率, 补贴发放率.
_RATES_OF_WORK = (
    "完成率",
    "发放率",
    "应发尽发率",
    "结算率",
    "采购率",
    "支付率",
    "竣工率",
    "履约率",
    "发放及时率",
    "拨付及时率",
    "资金到位率",
    "完工率",
    "培训率",
    "抽检率",
    "检测率",
    "巡查率",
    "编制率",
    "开展率",
)


@rule(
    "KJ607",
    "产出当作效益",
    severity=Severity.WARNING,
    basis=(Citation("audit-chifeng-2023", "产出与效益混淆"),),
    since=date(2015, 5, 21),
)
def output_as_benefit(form: Declaration) -> Iterator[Finding]:
    """Report benefits that are counted in pieces or speak of a process."""
    for row in form.under("效益指标"):
        name = row.level3 or ""
        effect = row.target.value == 0 or first_in(name, words("classes", "benefit_counts"))
        counted = row.target.unit in words("classes", "count_units") and first_in(
            name, words("classes", "work_counts")
        )
        word = (
            first_in(name, words("classes", "process"))
            or (own_name(name) if own_name(name).endswith(_RATES_OF_WORK) else None)
            or (row.target.text if counted else None)
        )
        if word and not effect:
            message = say("“{word}”是产出或过程，不是效益", word=word)
            yield Finding(row, message, say("移到产出指标，另写带来的变化"), column="level2")
