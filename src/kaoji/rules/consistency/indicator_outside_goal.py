"""An indicator of something that only another project's goal speaks of.

## Why

It was probably copied from another project; what it measures is not what the money is for.

## 为什么

多半是从别的项目抄来的；它量的不是这笔钱要办的事。

## Not seen yet

Compared are pairs of characters, with the goals of the unit's other projects of the year: an
indicator that fits no project of the unit is not seen.

## 尚未覆盖

只比较相邻两字，并与同单位同年度其他项目的目标对照；哪个项目都不沾边的指标看不出来。

```form bad
项目: 农村道路养护
年度目标: 养护农村道路 35 公里。
产出指标 / 数量指标 / 养护里程: ≥ 35 公里
效益指标 / 社会效益指标 / 桥梁险情: = 0 起
--- 同单位
项目: 桥梁检测
年度目标: 消除桥梁险情。
```

```form good
项目: 农村道路养护
年度目标: 养护农村道路 35 公里。
产出指标 / 数量指标 / 道路养护里程: ≥ 35 公里
--- 同单位
项目: 桥梁检测
年度目标: 消除桥梁险情。
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.speech import say
from kaoji.rules.naming import content_of, pairs_of
from kaoji.rules.rule import rule
from kaoji.rules.siblings import Siblings
from kaoji.standards.citations import Citation

# Shorter words are too common to tell whose they are.
_TELLING = 4


@rule(
    "KJ703",
    "指标属于别的项目",
    severity=Severity.HINT,
    basis=(Citation("caiyu-2015-88", "相关性审核"),),
    since=date(2015, 5, 21),
    needs=("siblings",),
)
def indicator_outside_goal(form: Declaration, *, siblings: Siblings) -> Iterator[Finding]:
    """Report names that share no pair of characters with the goals here, but with another's."""
    own = _said_by(form)
    others: list[tuple[str, Declaration]] | None = None
    for row in form.indicators if form.goals else ():
        content = content_of(row.level3 or "")
        pairs = pairs_of(content)
        telling = any(len(part) >= _TELLING and part.isalpha() for part in content.split())
        if not telling or any(pair in own for pair in pairs):
            continue
        if others is None:
            others = [(_said_by(other), other) for other in siblings.nearby()]
        owner = next((other for said, other in others if _half_said(pairs, said)), None)
        if owner:
            message = say(
                "“{name}”在本项目目标里没有提到，却见于“{other}”",
                name=row.name,
                other=owner.project_name or "—",
            )
            yield Finding(row, message, column="level3")


def _half_said(pairs: frozenset[str], said: str) -> bool:
    return 2 * sum(pair in said for pair in pairs) >= len(pairs)


def _said_by(form: Declaration) -> str:
    return "".join([form.project_name or "", *form.goals.values()])
