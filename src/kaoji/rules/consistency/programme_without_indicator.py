"""Half or more of the sub-projects in the goal have no indicator.

## Why

Money goes to all of them, and only some will ever be asked for.

## 为什么

钱分给每个子项目，问效却只问其中几个。

## Not seen yet

Only sub-projects on the list of the field (so far: civil affairs) are known.

## 尚未覆盖

只认得词表里的子项目（目前是民政领域）。

```form bad
项目: 农村道路养护
年度目标: 做好助餐、适老化改造、老伙伴、助浴四个项目。
产出指标 / 数量指标 / 助餐人数: ≥ 100 人
```

```form good
项目: 农村道路养护
年度目标: 做好助餐、适老化改造、老伙伴、助浴四个项目。
产出指标 / 数量指标 / 助餐人数: ≥ 100 人
产出指标 / 数量指标 / 适老化改造户数: = 100 户
产出指标 / 数量指标 / 老伙伴结对人数: ≥ 500 人
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.speech import say
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation
from kaoji.standards.lexicons import first_in, programmes

_FEWEST = 4
_HALF = Decimal("0.5")


@rule(
    "KJ702",
    "子项目没有指标",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2015-88", "相关性审核：每个目标都有相关联的绩效指标"),),
    since=date(2015, 5, 21),
)
def programme_without_indicator(form: Declaration) -> Iterator[Finding]:
    """Compare the known sub-projects of the goals with the names of the indicators."""
    said = "".join(form.goals.values())
    named = [forms for forms in programmes("civil_affairs") if first_in(said, forms)]
    measured = "".join(row.level3 or "" for row in form.indicators)
    missing = [forms[0] for forms in named if not first_in(measured, forms)]
    if len(named) >= _FEWEST and Decimal(len(missing)) / len(named) >= _HALF:
        message = say(
            "目标提到的 {count} 个子项目中，{missing} 个没有指标：{names}",
            count=len(named),
            missing=len(missing),
            names="、".join(missing[:6]),
        )
        yield Finding("annual_goal", message)
