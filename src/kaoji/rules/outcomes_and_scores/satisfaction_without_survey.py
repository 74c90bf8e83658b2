"""Satisfaction of 100 %, and no word about who was asked.

## Why

Nobody who asked a hundred people ever got a hundred answers of that kind. The size of the
survey makes the number worth something.

## 为什么

问过一百个人，就不会一百个都满意。写明调查了多少人，这个数才有分量。

```form bad
项目: 农村道路养护
全年预算: 1,000,000 元
全年执行: 990,000 元
执行分值: 10
执行率: 99%
执行得分: 9.9
满意度指标 / 服务对象满意度指标 / 村民满意度 (10分): ≥ 90 % → 100 % (10分)
```

```form good
项目: 农村道路养护
全年预算: 1,000,000 元
全年执行: 990,000 元
执行分值: 10
执行率: 99%
执行得分: 9.9
满意度指标 / 服务对象满意度指标 / 村民满意度 (10分): ≥ 90 % → 100 % (10分) | 原因: 发放问卷 120 份，回收 118 份
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.outcome import Outcome
from kaoji.core.speech import say
from kaoji.rules.outcomes import pairs
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation
from kaoji.standards.lexicons import first_in

_EVIDENCE = ("问卷", "样本", "调查", "访谈", "回收", "份")
_ALL = Decimal(100)


@rule(
    "KJ809",
    "满意度没有调查依据",
    severity=Severity.WARNING,
    basis=(Citation("audit-practice-samples"),),
    since=date(2020, 2, 25),
    needs=("outcome",),
)
def satisfaction_without_survey(form: Declaration, *, outcome: Outcome) -> Iterator[Finding]:
    """Report full satisfaction without a word of a survey."""
    for row in pairs(form, outcome):
        full = row.actual.is_percentage and row.actual.value == _ALL
        asked = first_in(row.said.reason, _EVIDENCE)
        if full and "满意" in row.indicator.name and not asked:
            message = say("满意度 100%，请写明调查方式和人数")
            yield Finding(row.indicator, message, column="actual_raw")
