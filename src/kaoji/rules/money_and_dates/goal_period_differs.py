"""The goal's years are not the plan's years.

## Why

The label (2023年-2025年) above the overall goal says for how long it is meant to hold. If the
plan runs over other years, either the goal or the plan is not the one that was agreed.

## 为什么

总目标上方的年限应与计划起止年份一致，否则说不清目标管几年。

```form bad
项目: 农村道路养护
开始: 2023-01-01
完成: 2023-12-31
目标期: 2023-2025
```

```form good
项目: 农村道路养护
开始: 2023-01-01
完成: 2025-12-31
目标期: 2023-2025
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity, undecided
from kaoji.core.period import Years
from kaoji.core.speech import say
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation


@rule(
    "KJ208",
    "目标年限与计划不一致",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2015-88", "中长期目标与年度目标"),),
    since=date(2015, 5, 21),
)
def goal_period_differs(form: Declaration) -> Iterator[Finding]:
    """Compare the goal's span of years with the plan's."""
    if form.goal_period is None or form.start_date is None or form.end_date is None:
        yield undecided("goal_period", say("目标年限或起止日期不全，无法核对"))
        return
    plan = Years(form.start_date.year, form.end_date.year)
    if form.goal_period != plan:
        message = say("目标年限 {goal}，计划年份 {plan}", goal=form.goal_period, plan=plan)
        yield Finding("goal_period", message)
