"""Everybody is to be satisfied.

## Why

A target of 100 % satisfaction is either never asked about or never reached. It is a sign that
the figure was not thought of as something to be measured.

## 为什么

满意度 100% 要么没有调查，要么做不到；说明填报时没有打算真的去测。

```form bad
项目: 农村道路养护
满意度指标 / 服务对象满意度指标 / 村民满意度: = 100 %
```

```form good
项目: 农村道路养护
满意度指标 / 服务对象满意度指标 / 村民满意度: ≥ 95 %
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.speech import say
from kaoji.core.target import Op
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation

_ALL = Decimal(100)


@rule(
    "KJ311",
    "满意度定为100%",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2015-88", "合理可行"),),
    since=date(2015, 5, 21),
)
def full_satisfaction(form: Declaration) -> Iterator[Finding]:
    """Report satisfaction targets of 100 %."""
    for row in form.under("满意度指标"):
        target = row.target
        if (
            target.is_percentage
            and target.value == _ALL
            and target.op in {Op.EQUAL, Op.AT_LEAST, None}
        ):
            message = say("“{text}”要求人人满意，请按往年调查结果填写", text=target.text)
            yield Finding(row, message)
