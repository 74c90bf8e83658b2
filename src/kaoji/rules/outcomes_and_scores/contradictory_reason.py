"""The target was met and the reason says that it was not.

## Why

One of the two cells is wrong; often the text was copied from another row.

## 为什么

两栏总有一栏是错的，多半是从别的行抄来的。

```form bad
项目: 农村道路养护
全年预算: 1,000,000 元
全年执行: 990,000 元
执行分值: 10
执行率: 99%
执行得分: 9.9
产出指标 / 数量指标 / 养护里程 (50分): ≥ 35 公里 → 36 公里 (50分) | 原因: 因降雨未完成
```

```form good
项目: 农村道路养护
全年预算: 1,000,000 元
全年执行: 990,000 元
执行分值: 10
执行率: 99%
执行得分: 9.9
产出指标 / 数量指标 / 养护里程 (50分): ≥ 35 公里 → 36 公里 (50分)
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.outcome import Outcome
from kaoji.core.speech import say
from kaoji.rules.outcomes import pairs, words_for
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation
from kaoji.standards.lexicons import first_in

_SAYS_MISSED = ("未完成", "未达到", "没有完成", "未能完成", "尚未", "不足", "滞后")


@rule(
    "KJ803",
    "已完成却写了未完成的原因",
    severity=Severity.WARNING,
    basis=(Citation("self-evaluation-audit"),),
    since=date(2020, 2, 25),
    needs=("outcome",),
)
def contradictory_reason(form: Declaration, *, outcome: Outcome) -> Iterator[Finding]:
    """Report reasons that tell of a shortfall where there is none, nor any foreseen."""
    words = words_for(form)
    for row in pairs(form, outcome):
        word = first_in(row.said.reason, _SAYS_MISSED)
        if row.attained and word and not row.forebodes_a_miss(words):
            message = say(
                "完成值“{actual}”已达标，原因却写“{word}”",
                actual=row.said.actual_raw,
                word=word,
            )
            yield Finding(row.indicator, message, column="reason")
