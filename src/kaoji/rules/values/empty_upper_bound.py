"""An upper bound that is always kept: a rate of at most 100 %.

## Why

No attendance can exceed 100 %, so `≤100%` is met by every result, nobody coming included. The
operator was most likely turned round.

A cost may exceed its plan, so `≤100%` beside 成本 or 费用 is a real bound and not reported; “below
100 %” can be missed by a perfect result and is only a warning.

## 为什么

出勤率不会超过 100%，“≤100%”无论如何都能完成，多半是比较符写反了。
成本、费用可以超出计划，“成本控制率 ≤100%”是真正的上限，不报告；“<100%”在全部完成时会算未完成，只作提醒。

```form bad
项目: 业务培训
产出指标 / 质量指标 / 参训人员出勤率: ≤ 100 %
```

```form good
项目: 业务培训
产出指标 / 质量指标 / 参训人员出勤率: ≥ 90 %
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
from kaoji.standards.lexicons import first_in, polarity_words

_ALL = Decimal(100)


@rule(
    "KJ308",
    "上限永远满足",
    severity=Severity.ERROR,
    basis=(Citation("arithmetic"), Citation("checker-practice")),
    since=date(2015, 5, 21),
)
def empty_upper_bound(form: Declaration) -> Iterator[Finding]:
    """Report percentages that are bounded above by 100 or more."""
    words = polarity_words()["lower_is_better"]
    for row in form.indicators:
        target = row.target
        bounded_above = target.op in {Op.AT_MOST, Op.BELOW} and target.is_percentage
        if not bounded_above or target.value is None or target.value < _ALL:
            continue
        if first_in(f"{row.level2}{row.name}", words) or "控制率" in row.name:
            continue  # a cost may exceed its plan: 100 % is a real bound
        message = say("“{text}”永远满足；请核对比较符是否写反", text=target.text)
        severity = Severity.ERROR if target.op is Op.AT_MOST else Severity.WARNING
        yield Finding(row, message, say("若越高越好，改为 ≥"), severity=severity)
