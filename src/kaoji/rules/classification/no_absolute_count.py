"""The quantities contain not one absolute number.

## Why

Whether the money fits the task can only be judged when the task has a size: kilometres, people,
sessions. This is the first question of the review heading 适当性.

## 为什么

数量指标里没有一个绝对数，就不知道任务有多大，也就无法判断资金与目标是否匹配（适当性）。

```form bad
项目: 农村道路养护
产出指标 / 数量指标 / 养护完成率: = 100 %
产出指标 / 数量指标 / 巡查工作: 开展
```

```form good
项目: 农村道路养护
产出指标 / 数量指标 / 养护完成率: = 100 %
产出指标 / 数量指标 / 巡查次数: ≥ 12 次
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.speech import say
from kaoji.core.target import Kind, Target
from kaoji.rules.money_units import is_money
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation


@rule(
    "KJ602",
    "数量指标没有绝对数",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2015-88", "适当性审核"),),
    since=date(2015, 5, 21),
)
def no_absolute_count(form: Declaration) -> Iterator[Finding]:
    """Report a form whose quantities are all percentages or words."""
    rows = list(form.under("数量指标"))
    if rows and not any(_is_count(row.target) for row in rows):
        message = say("{count} 项数量指标中没有一个绝对数", count=len(rows))
        yield Finding("indicators", message, say("写工作量，例如人数、次数、里程"))


_COUNT_IN_WORDS = re.compile(
    r"(?<!\d)\d++\s*+(?:个|次|人|家|篇|期|场|户|套|件|份|批|项|台|条|名|所|处|座|辆|部)"
)


def _is_count(target: Target) -> bool:
    """A number of things or people, if only inside a sentence; money and shares are none."""
    if target.kind is not Kind.QUANTITATIVE:
        return bool(_COUNT_IN_WORDS.search(target.text))
    return not target.is_percentage and not is_money(target.unit)
