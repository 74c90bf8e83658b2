"""The report measures against another target than the one that was approved.

## Why

Moving the goalposts after the match.

## 为什么

比赛完了再挪球门：自评、监控都以批复的指标值为准。

```form bad
项目: 农村道路养护
全年预算: 1,000,000 元
全年执行: 990,000 元
执行分值: 10
执行率: 99%
执行得分: 9.9
产出指标 / 数量指标 / 养护里程 (50分): ≥ 30 公里 → 31 公里 (50分)
--- 批复
项目: 农村道路养护
产出指标 / 数量指标 / 养护里程 (50分): ≥ 35 公里
```

```form good
项目: 农村道路养护
全年预算: 1,000,000 元
全年执行: 990,000 元
执行分值: 10
执行率: 99%
执行得分: 9.9
产出指标 / 数量指标 / 养护里程 (50分): ≥ 35 公里 → 36 公里 (50分)
--- 批复
项目: 农村道路养护
产出指标 / 数量指标 / 养护里程 (50分): ≥ 35 公里
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.outcome import Outcome
from kaoji.core.speech import say
from kaoji.core.target import Kind, Target
from kaoji.core.width import narrow, squeeze
from kaoji.rules.naming import bare_name
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation


@rule(
    "KJ807",
    "目标值与批复不同",
    severity=Severity.ERROR,
    basis=(Citation("caiyu-2020-10", "以批复的指标为准"),),
    since=date(2015, 5, 21),
    needs=(
        "outcome",
        "approved",
    ),
)
def target_not_as_approved(
    form: Declaration, *, outcome: Outcome, approved: Declaration
) -> Iterator[Finding]:
    """Compare the targets with the approved version, name by name; typography aside."""
    del outcome  # only a report answers to an approved version
    known = {bare_name(row.level3): row for row in approved.indicators if row.level3}
    for row in form.indicators:
        other = known.get(bare_name(row.level3))
        if other is None:
            message = say("批复中没有“{name}”", name=row.name)
            yield Finding(row, message, column="level3")
        elif _promise(other.target) != _promise(row.target):
            message = say(
                "批复的目标值是“{old}”，这里是“{new}”",
                old=other.target.text,
                new=row.target.text,
            )
            yield Finding(row, message)


def _promise(target: Target) -> tuple[object, ...]:
    """What a target says, however its sign is written."""
    if target.kind is Kind.QUANTITATIVE:
        return target.op, target.value, target.value_high, target.unit
    return (squeeze(narrow(target.text)),)
