"""A deviation is explained, and none of the causes is ticked.

## Why

A department counts causes to know where help is needed: money, rules, staff, equipment. A sentence alone is in
no count.

## 为什么

主管部门和财政部门按原因汇总，才知道该补经费、补制度、补人还是补设备；只写一段话、没有勾选的，汇总不进去。

```form bad
项目: 农村道路养护
截至: 7月
产出指标 / 数量指标 / 养护里程: ≥ 35 公里 → 10 公里 | 预计: 30 公里 | 原因: 三名养护工长期病假，9月起外聘两个班组补做
```

```form good
项目: 农村道路养护
截至: 7月
产出指标 / 数量指标 / 养护里程: ≥ 35 公里 → 10 公里 | 预计: 30 公里 | 原因: 三名养护工长期病假，9月起外聘两个班组补做 | 原因类别: 人员保障
```

## Not seen yet

Whether the cause that is ticked is the one that the text speaks of.

## 尚未覆盖

勾选的原因与原因说明写的是不是一回事。
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.outcome import Outcome
from kaoji.core.speech import say
from kaoji.rules.outcomes import pairs, words_for
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation


@rule(
    "KJ814",
    "有偏差没有勾选原因",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2019-136", "附件：偏差原因分析"),),
    since=date(2019, 7, 26),
    needs=("outcome", "absent"),
)
def deviation_without_cause(
    form: Declaration, *, outcome: Outcome, absent: Collection[str]
) -> Iterator[Finding]:
    """Look for explained deviations without a cause; a form that prints no causes is not asked."""
    if outcome.kind != "monitoring" or "causes" in absent:
        return
    words = words_for(form)
    for row in pairs(form, outcome):
        if row.forebodes_a_miss(words) and row.said.reason and not row.said.causes:
            message = say(
                "预计完不成“{text}”，写了原因但没有勾选，请在{causes}中勾选",
                text=row.indicator.target.text,
                causes="、".join(words.causes),
            )
            yield Finding(row.indicator, message, column="causes")
