"""Too few indicators to tell anything, or too many to tell what matters.

## Why

Indicators should be few and telling. Below five a class of results is usually missing; above
twenty nobody follows them, and important ones drown. No national rule fixes the numbers: they
are dated values that an administrator may change.

## 为什么

指标要少而精。少于五项多半缺维度，多于二十项没人跟得过来，重点也被淹没。国家没有统一数值，上下限可由管理员修改。

```form bad
项目: 农村道路养护
产出指标 / 数量指标 / 养护里程: ≥ 35 公里
满意度指标 / 服务对象满意度指标 / 村民满意度: ≥ 90 %
```

```form good
项目: 农村道路养护
产出指标 / 数量指标 / 养护里程: ≥ 35 公里
产出指标 / 质量指标 / 验收合格率: ≥ 95 %
产出指标 / 时效指标 / 完工日期: 2023年10月底前
效益指标 / 社会效益指标 / 通行时间缩短比例: ≥ 10 %
满意度指标 / 服务对象满意度指标 / 村民满意度: ≥ 90 %
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
    "KJ401",
    "指标过少或过多",
    severity=Severity.WARNING,
    basis=(Citation("audit-chifeng-2023"), Citation("caiyu-2021-101", "重点突出")),
    since=date(2015, 5, 21),
    needs=("indicators_min", "indicators_max"),
)
def unfit_number_of_indicators(
    form: Declaration, *, indicators_min: Decimal, indicators_max: Decimal
) -> Iterator[Finding]:
    """Count the third-level indicators."""
    count = len(form.indicators)
    if count < indicators_min:
        message = say(
            "只有 {count} 项三级指标，少于 {limit} 项", count=count, limit=indicators_min
        )
        yield Finding("indicators", message)
    elif count > indicators_max:
        message = say(
            "有 {count} 项三级指标，多于 {limit} 项，请突出重点",
            count=count,
            limit=indicators_max,
        )
        yield Finding("indicators", message)
