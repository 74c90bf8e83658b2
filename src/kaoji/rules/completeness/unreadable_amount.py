"""An amount stands in the form that is no amount.

## Why

约15万, 15O,000 or an amount in words cannot be added up. What cannot be added up cannot be
approved.

## 为什么

“约15万”“15O,000”或大写金额无法加总，也就无法批复。

```form bad
项目: 农村道路养护
未读出: funds.total
```

```form good
项目: 农村道路养护
资金总额: 150,000 元
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.speech import say
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation


@rule(
    "KJ112",
    "金额无法读取",
    severity=Severity.ERROR,
    basis=(Citation("arithmetic"),),
    since=date(2015, 5, 21),
    needs=("unread",),
)
def unreadable_amount(form: Declaration, *, unread: frozenset[str]) -> Iterator[Finding]:
    """Report every amount that stands in the document but could not be read."""
    for path in sorted(unread):
        if path.startswith("funds."):
            message = say("这一栏有内容，但不是可以计算的金额")
            yield Finding(path, message, say("写成阿拉伯数字，例如 150,000.00"))
