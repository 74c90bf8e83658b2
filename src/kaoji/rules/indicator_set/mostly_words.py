"""Fewer than half of the targets can be measured.

## Why

One word among numbers may be unavoidable; when words are the rule, the form as a whole promises
nothing that can be checked.

## 为什么

个别指标难以量化可以理解；多数都是文字，整张表就没有可以检查的承诺。

```form bad
项目: 农村道路养护
产出指标 / 数量指标 / 养护里程: ≥ 35 公里
产出指标 / 质量指标 / 路面状况: 良好
产出指标 / 时效指标 / 病害修补: 及时
```

```form good
项目: 农村道路养护
产出指标 / 数量指标 / 养护里程: ≥ 35 公里
产出指标 / 质量指标 / 验收合格率: ≥ 95 %
产出指标 / 时效指标 / 病害修补: 及时
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.speech import say
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation


@rule(
    "KJ402",
    "可衡量指标不足一半",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2015-88", "细化量化"),),
    since=date(2015, 5, 21),
    needs=("numeric_share_min",),
)
def mostly_words(form: Declaration, *, numeric_share_min: Decimal) -> Iterator[Finding]:
    """Compare the share of measurable targets with the least acceptable one."""
    count = len(form.indicators)
    measurable = sum(row.target.measurable for row in form.indicators)
    if count and Decimal(measurable) / count < numeric_share_min:
        message = say(
            "{count} 项指标中只有 {measurable} 项可衡量", count=count, measurable=measurable
        )
        yield Finding("indicators", message)
