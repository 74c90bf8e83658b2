"""A unit cost that is more than double, or less than half, of what others pay.

## Why

The price of the same thing should not depend on who buys it.

## 为什么

同样的东西，不该换个单位价钱就差一倍。

```form bad
项目: 农村道路养护
产出指标 / 成本指标 / 每公里养护成本: ≤ 9 万元
--- 常模
每公里养护成本 (万元, 12份): 2 – 3 – 4
```

```form good
项目: 农村道路养护
产出指标 / 成本指标 / 每公里养护成本: ≤ 3.5 万元
--- 常模
每公里养护成本 (万元, 12份): 2 – 3 – 4
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
    "KJ713",
    "单位成本与同类相差很大",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2021-101", "成本指标"),),
    since=date(2018, 9, 1),
    needs=(
        "norms",
        "unit_cost_ratio_max",
    ),
    yields_to=("KJ710",),
)
def unit_cost_far_from_peers(
    form: Declaration, *, norms: Mapping[str, Norm], unit_cost_ratio_max: Decimal
) -> Iterator[Finding]:
    """Compare the cost indicators with the median under the same name and unit."""
    for row in form.indicators:
        norm = norms.get(bare_name(row.level3))
        value = row.target.value
        if "成本" not in f"{row.level1}{row.level2}" or norm is None or not value:
            continue
        ratio = value / norm.middle if norm.middle else Decimal(1)
        far = ratio > unit_cost_ratio_max or ratio < 1 / unit_cost_ratio_max
        if norm.unit == row.target.unit and far:
            message = say(
                "同类 {count} 份表的中位数是 {middle}{unit}，这里是“{text}”",
                count=norm.count,
                middle=f"{norm.middle:f}",
                unit=norm.unit or "",
                text=row.target.text,
            )
            yield Finding(row, message)
