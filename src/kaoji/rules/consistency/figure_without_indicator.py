"""The goal promises a number that no indicator holds.

## Why

What stands only in the text is measured by nobody: at the end of the year only the table is
scored.

## 为什么

只写在文字里的数，年底没有人量；打分只看指标表。

## Not seen yet

Numbers that follow from others (17 towns, each visited six times: 102 visits).

## 尚未覆盖

由别的数推得出的数（17 个街镇各走访 6 次，共 102 次）也会报告。

```form bad
项目: 农村道路养护
年度目标: 养护道路 35 公里，修补桥梁 4 座。
产出指标 / 数量指标 / 养护里程: ≥ 35 公里
```

```form good
项目: 农村道路养护
年度目标: 养护道路 35 公里，修补桥梁 4 座。
产出指标 / 数量指标 / 养护里程: ≥ 35 公里
产出指标 / 数量指标 / 修补桥梁: = 4 座
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.speech import say
from kaoji.rules.goal_names import GOAL_NAMES
from kaoji.rules.naming import figures_in
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation


@rule(
    "KJ701",
    "目标里的数没有指标",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2015-88", "相关性审核：每个目标都有相关联的绩效指标"),),
    since=date(2015, 5, 21),
)
def figure_without_indicator(form: Declaration) -> Iterator[Finding]:
    """Look for the figures of each goal among the targets: the same number in the same unit."""
    targets = {
        (row.target.value, row.target.unit)
        for row in (*form.indicators, *form.overall_indicators)
    }
    if not form.indicators:
        return
    for name, text in form.goals.items():
        missing = [
            figure
            for figure in dict.fromkeys(figures_in(text))
            if (figure.number, figure.unit) not in targets
        ]
        if missing:
            message = say(
                "{goal}里的 {figures} 没有对应的指标",
                goal=GOAL_NAMES[name],
                figures="、".join(map(str, missing)),
            )
            yield Finding(name, message)
