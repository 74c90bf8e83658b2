"""A percentage above one hundred.

## Why

Most rates in these forms are shares of a whole and end at 100 %. Growth can exceed it, so the
reviewer decides; more often a digit slipped.

## 为什么

表中的比率多为占比，不会超过 100%；增长率可以，所以由审核人判断，多半是多打了一位。

```form bad
项目: 农村道路养护
产出指标 / 质量指标 / 验收合格率: ≥ 950 %
```

```form good
项目: 农村道路养护
产出指标 / 质量指标 / 验收合格率: ≥ 95 %
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

_ALL = Decimal(100)


@rule(
    "KJ312",
    "百分比超过100",
    severity=Severity.WARNING,
    basis=(Citation("checker-practice"),),
    since=date(2015, 5, 21),
)
def percentage_over_hundred(form: Declaration) -> Iterator[Finding]:
    """Report percentages whose value, or upper end, lies above 100."""
    for row in form.indicators:
        highest = row.target.value_high or row.target.value
        if row.target.is_percentage and highest is not None and highest > _ALL:
            yield Finding(row, say("“{text}”超过 100%，请核对", text=row.target.text))
