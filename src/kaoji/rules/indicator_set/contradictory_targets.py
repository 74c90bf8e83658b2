"""The same indicator in another project of the unit has another target.

## Why

The same people cannot be promised at least 90 % here and 100 % there: one of the two was not
meant. Counts may differ from project to project, unless they exclude each other.

## 为什么

同一单位对同一件事，这里一个标准、那里一个标准，总有一个没想过。数量可以不同，除非互相排斥。

```form bad
项目: 农村道路养护
产出指标 / 质量指标 / 路面完好率: ≥ 95 %
--- 同单位
项目: 桥梁检测
产出指标 / 质量指标 / 路面完好率: = 80 %
```

```form good
项目: 农村道路养护
产出指标 / 质量指标 / 路面完好率: ≥ 95 %
--- 同单位
项目: 桥梁检测
产出指标 / 质量指标 / 路面完好率: ≥ 95 %
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.indicator import Indicator
from kaoji.core.speech import say
from kaoji.core.target import Op
from kaoji.rules.naming import bare_name
from kaoji.rules.rule import rule
from kaoji.rules.siblings import Siblings
from kaoji.standards.citations import Citation

_FLOORS, _CEILINGS = {Op.AT_LEAST, Op.ABOVE}, {Op.AT_MOST, Op.BELOW}


@rule(
    "KJ411",
    "同一指标在别处另有标准",
    severity=Severity.WARNING,
    basis=(Citation("checker-practice"),),
    since=date(2015, 5, 21),
    needs=("siblings",),
)
def contradictory_targets(form: Declaration, *, siblings: Siblings) -> Iterator[Finding]:
    """Compare the numeric targets of equal names."""
    for row in form.indicators:
        name = bare_name(row.level3)
        match = siblings.quantity_named(name) if name else None
        if match and row.target.unit == match[0].target.unit and _differ(row, match[0]):
            message = say(
                "在“{project}”中是“{text}”，请统一标准",
                project=match[1].project_name,
                text=match[0].target.text,
            )
            yield Finding(row, message)


def _differ(left: Indicator, right: Indicator) -> bool:
    """Are they two standards: other percentages, or amounts that no actual value can both meet?"""
    if left.target.is_percentage:
        return left.target.value != right.target.value
    (low, high), (other_low, other_high) = _bounds(left), _bounds(right)
    return low > other_high or other_low > high


def _bounds(row: Indicator) -> tuple[Decimal, Decimal]:
    target = row.target
    value = target.value or Decimal(0)
    if target.value_high is not None:
        return value, target.value_high
    low = Decimal("-Infinity") if target.op in _CEILINGS else value
    high = Decimal("Infinity") if target.op in _FLOORS or target.op is None else value
    return low, high
