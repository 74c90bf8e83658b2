"""Not one benefit can be measured.

## Why

The benefits carry thirty points. If none of them has a number, a third of the score rests on
opinion.

## 为什么

效益占 30 分；一个数都没有，近三分之一的得分就只凭印象。

```form bad
项目: 农村道路养护
效益指标 / 社会效益指标 / 改善出行条件: 改善
效益指标 / 可持续影响指标 / 养护机制: 健全
```

```form good
项目: 农村道路养护
效益指标 / 社会效益指标 / 通行时间缩短比例: ≥ 10 %
效益指标 / 可持续影响指标 / 养护机制: 健全
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
    "KJ305",
    "效益没有可衡量的指标",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2020-10", "效益分值"),),
    since=date(2015, 5, 21),
)
def benefit_without_number(form: Declaration) -> Iterator[Finding]:
    """Report a form whose benefits are words only."""
    benefits = list(form.under("效益指标"))
    if benefits and not any(row.target.measurable for row in benefits):
        message = say("{count} 项效益指标都没有数值，请至少量化一项", count=len(benefits))
        yield Finding("indicators", message)
