"""A percentage stands among the quantities.

## Why

数量指标 says how many; a percentage says how large a share, which is a matter of quality or
coverage. Without counts the amount of work, and with it the price, cannot be judged.

## 为什么

数量指标要写多少个、多少次；百分比说的是占比，属于质量或覆盖。没有数量，就无法衡量钱和事是否相称。

```form bad
项目: 农村道路养护
产出指标 / 数量指标 / 养护完成率: = 100 %
```

```form good
项目: 农村道路养护
产出指标 / 数量指标 / 养护里程: ≥ 35 公里
产出指标 / 质量指标 / 养护完成率: = 100 %
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.speech import say
from kaoji.core.target import Kind
from kaoji.rules.naming import own_name
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation


@rule(
    "KJ601",
    "数量指标写成比率",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2021-101", "数量指标"),),
    since=date(2015, 5, 21),
)
def rate_as_quantity(form: Declaration) -> Iterator[Finding]:
    """Report quantities whose target is a percentage, or whose name is a rate."""
    for row in form.under("数量指标"):
        if row.target.is_percentage:
            message = say(
                "数量指标“{name}”写成了百分比“{text}”", name=row.name, text=row.target.text
            )
        elif own_name(row.level3).endswith("率") and row.target.kind in {
            Kind.QUALITATIVE,
            Kind.BLANK,
        }:
            message = say("“{name}”是比率，不是数量", name=row.name)
        else:
            continue
        yield Finding(row, message, say("写绝对数，或移到质量指标"))
