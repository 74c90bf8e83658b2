"""Half of the goal stands in another project of the unit as well.

## Why

The same people and the same purpose twice: the money may be asked for twice.

## 为什么

同样的对象、同样的目的写在两个项目里，钱可能申请了两遍。

## Not seen yet

Goals that mean the same in other words; what stands behind the 5,000th sign of a goal.

## 尚未覆盖

意思相同而用词不同的看不出来；目标第 5,000 字以后的不比较。

```form bad
项目: 农村道路养护
年度目标: 保障节日期间困难群众的基本生活，帮助困难群众克服生活困难，维护社会和谐稳定。
--- 同单位
项目: 桥梁
年度目标: 保障节日期间困难群众的基本生活，帮助困难群众克服生活困难，维护社会和谐稳定，另修桥。
```

```form good
项目: 农村道路养护
年度目标: 养护农村道路 35 公里，使村民通行时间缩短到 20 分钟，群众满意。
--- 同单位
项目: 桥梁
年度目标: 检测桥梁 40 座，消除险情，保证车辆安全通过。
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.remembering import kept_for_names
from kaoji.core.speech import say
from kaoji.rules.naming import bare_name, pairs_of
from kaoji.rules.rule import rule
from kaoji.rules.siblings import Siblings
from kaoji.standards.citations import Citation

# So many twins of one goal are named; the next would say no more.
_MOST_TOLD = 5
_SHORTEST = 20
# A goal is compared with every neighbour's: its pairs are reckoned once, by its first signs.
_LONGEST_COMPARED = 5_000
_pairs_of_goal = kept_for_names(pairs_of, most=301, longest=_LONGEST_COMPARED)


@rule(
    "KJ708",
    "与另一个项目的目标重叠",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2015-88", "适当性审核"),),
    since=date(2015, 5, 21),
    needs=(
        "siblings",
        "goal_overlap_max",
    ),
)
def overlapping_projects(
    form: Declaration, *, siblings: Siblings, goal_overlap_max: Decimal
) -> Iterator[Finding]:
    """Compare the goals by their pairs of characters."""
    own = _goal_of(form)
    if len(own) < _SHORTEST:
        return
    told = 0
    for other in siblings.nearby():
        theirs = _goal_of(other)
        shorter, longer = sorted((_pairs_of_goal(own), _pairs_of_goal(theirs)), key=len)
        if len(theirs) < _SHORTEST or not shorter:
            continue
        share = Decimal(len(shorter & longer)) / len(shorter)
        if share >= goal_overlap_max:
            message = say("与“{other}”的目标大半相同", other=other.project_name or "—")
            yield Finding("annual_goal", message)
            told += 1
            if told == _MOST_TOLD:
                return


def _goal_of(form: Declaration) -> str:
    return bare_name((form.annual_goal or form.overall_goal or "")[:_LONGEST_COMPARED])
