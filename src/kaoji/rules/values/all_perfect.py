"""Nearly every number of the form is =100%.

## Why

A form of nothing but perfection was not thought about: either each of these targets is trivial
or some of them will fail.

## 为什么

全是 100% 的表多半没有逐项想过：要么每一项都轻而易举，要么总有几项做不到。

```form bad
项目: 农村道路养护
产出指标 / 质量指标 / 验收合格率: = 100%
产出指标 / 质量指标 / 养护完成率: = 100%
产出指标 / 时效指标 / 按时完工率: = 100%
```

```form good
项目: 农村道路养护
产出指标 / 数量指标 / 养护里程: ≥ 35 公里
产出指标 / 质量指标 / 养护完成率: = 100%
产出指标 / 时效指标 / 按时完工率: = 100%
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.speech import say
from kaoji.core.target import Kind
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation

_FEWEST = 3
_ALL = Decimal(100)


@rule(
    "KJ317",
    "指标值几乎都是100%",
    severity=Severity.HINT,
    basis=(Citation("checker-practice"),),
    since=date(2015, 5, 21),
    needs=("perfect_share_max",),
)
def all_perfect(form: Declaration, *, perfect_share_max: Decimal) -> Iterator[Finding]:
    """Count the numeric targets and those that are 100 %."""
    numeric = [row.target for row in form.indicators if row.target.kind is Kind.QUANTITATIVE]
    perfect = sum(target.value == _ALL and target.is_percentage for target in numeric)
    if len(numeric) >= _FEWEST and Decimal(perfect) / len(numeric) >= perfect_share_max:
        message = say(
            "{count} 项数值指标中 {perfect} 项是 100%", count=len(numeric), perfect=perfect
        )
        yield Finding("indicators", message)
