"""One form bundles more sub-projects than anybody can follow.

## Why

Eighteen programmes with eighteen indicators: each has one, and none can be judged. They should
be separate projects or a few main ones.

## 为什么

十几个子项目合在一张表里，每个顶多一项指标，哪一个都评不了；应分开申报或突出重点。

## Not seen yet

Only sub-projects on the list of the field (so far: civil affairs) are counted.

## 尚未覆盖

只数得出词表里有的子项目（目前是民政领域）。

```form bad
项目: 农村道路养护
年度目标: 做好助餐、适老化改造、老伙伴、助浴、居家养老、认知障碍友好社区建设，惠及 100 人。
```

```form good
项目: 农村道路养护
年度目标: 做好助餐和适老化改造，惠及 100 人。
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.speech import say
from kaoji.rules.goal_names import GOAL_NAMES
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation
from kaoji.standards.lexicons import first_in, programmes


@rule(
    "KJ506",
    "一张表装了太多子项目",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2021-101", "重点突出"),),
    since=date(2015, 5, 21),
    needs=("programmes_max",),
)
def many_programmes(form: Declaration, *, programmes_max: Decimal) -> Iterator[Finding]:
    """Count the known sub-projects that each goal names."""
    for name, text in form.goals.items():
        named = [forms[0] for forms in programmes("civil_affairs") if first_in(text, forms)]
        if len(named) > programmes_max:
            message = say(
                "{goal}包含 {count} 个子项目：{named}",
                goal=GOAL_NAMES[name],
                count=len(named),
                named="、".join(named[:6]),
            )
            yield Finding(name, message)
