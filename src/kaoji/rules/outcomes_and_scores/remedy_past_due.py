"""A remedy was promised for a day that has passed, and the target is still missed.

## Why

A remedy that nobody follows is a sentence.

## 为什么

过了期没有人追的整改，只是一句话。

```form bad
项目: 农村道路养护
年度: 2024
截至: 2024年8月
产出指标 / 数量指标 / 养护里程: ≥ 35 公里 → 10 公里 | 预计: 30 公里 | 原因: 6月底前增派班组
```

```form good
项目: 农村道路养护
年度: 2024
截至: 2024年8月
产出指标 / 数量指标 / 养护里程: ≥ 35 公里 → 10 公里 | 预计: 30 公里 | 原因: 10月底前增派班组
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.outcome import Outcome
from kaoji.core.speech import say
from kaoji.rules.deadlines import deadline_in
from kaoji.rules.outcomes import pairs
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation

_DUE = re.compile(r"(?:20\d\d年)?\d{1,2}月(?:\d{1,2}日|[底末初]|[上中下]旬)?(?:之?前|以前)")


@rule(
    "KJ812",
    "整改已过期",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2019-136", "及时纠偏"),),
    since=date(2019, 7, 26),
    needs=("outcome",),
)
def remedy_past_due(form: Declaration, *, outcome: Outcome) -> Iterator[Finding]:
    """Compare the day of a promised remedy with the day of the report."""
    year = form.year or (form.end_date.year if form.end_date else None)
    reported = deadline_in(outcome.as_of or "", year=year) if year else None
    if year is None or reported is None:
        return
    for row in pairs(form, outcome):
        column = "remedy" if _DUE.search(row.said.remedy or "") else "reason"
        promised = _DUE.search(getattr(row.said, column) or "")
        due = deadline_in(promised[0], year=year) if promised else None
        if promised and due and due < reported and row.attained is False:
            message = say("“{promise}”已过，目标仍未达到", promise=promised[0])
            yield Finding(row.indicator, message, column=column)
