"""The target lies outside what others promise under the same name.

## Why

Nine tenths of all forms on record stay within these bounds. Outside of them is no fault, but a
question.

## 为什么

在册的表九成都在这个范围内；在范围之外不一定错，但值得问一句。

```form bad
项目: 农村道路养护
产出指标 / 质量指标 / 验收合格率: ≥ 70 %
--- 常模
验收合格率 (%, 40份): 90 – 96 – 100
```

```form good
项目: 农村道路养护
产出指标 / 质量指标 / 验收合格率: ≥ 95 %
--- 常模
验收合格率 (%, 40份): 90 – 96 – 100
```
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.speech import say
from kaoji.rules.context import Norm
from kaoji.rules.naming import bare_name
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation


@rule(
    "KJ710",
    "目标值与同类相差很大",
    severity=Severity.HINT,
    basis=(Citation("caiyu-2015-88", "行业标准"),),
    since=date(2015, 5, 21),
    needs=(
        "norms",
        "norm_count_min",
    ),
)
def outside_norms(
    form: Declaration, *, norms: Mapping[str, Norm], norm_count_min: Decimal
) -> Iterator[Finding]:
    """Compare every number with the norm of its name, where enough forms make one."""
    for row in form.indicators:
        norm = norms.get(bare_name(row.level3))
        value = row.target.value
        if norm is None or value is None or norm.unit != row.target.unit:
            continue
        if norm.count >= norm_count_min and not norm.low <= value <= norm.high:
            message = say(
                "同名指标 {count} 份表多在 {low}—{high}，这里是“{text}”",
                count=norm.count,
                low=f"{norm.low:f}",
                high=f"{norm.high:f}",
                text=row.target.text,
            )
            yield Finding(row, message)
