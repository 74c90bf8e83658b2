"""A satisfaction target without a number.

## Why

Satisfaction carries ten points of the self-evaluation and is measured by asking people. “满意”
tells neither how many of them nor how satisfied.

## 为什么

满意度在自评中占 10 分，要靠问卷测出来；“满意”既没说多少人，也没说多满意。

```form bad
项目: 农村道路养护
满意度指标 / 服务对象满意度指标 / 村民满意度: 满意
```

```form good
项目: 农村道路养护
满意度指标 / 服务对象满意度指标 / 村民满意度: ≥ 90 %
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.speech import say
from kaoji.core.target import Kind
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation


@rule(
    "KJ304",
    "满意度没有数值",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2020-10", "满意度分值"), Citation("caiyu-2021-101")),
    since=date(2015, 5, 21),
)
def satisfaction_without_number(form: Declaration) -> Iterator[Finding]:
    """Report every satisfaction indicator whose target was written without a number."""
    for row in form.under("满意度指标"):
        if not row.target.measurable and row.target.kind is not Kind.BLANK:
            message = say("满意度应写百分比，不是“{text}”", text=row.target.text)
            yield Finding(row, message, say("例如 ≥ 90 %，并说明问卷样本"))
