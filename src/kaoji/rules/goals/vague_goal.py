"""A goal made of 进一步, 加强 and 提升, without one figure.

## Why

Such a goal is met by whatever happens. It is the commonest reason for a return.

## 为什么

“进一步加强”“不断提升”而没有一个数，怎么做都算完成，是最常见的退回理由。

## Not seen yet

Vague goals that name concrete objects between the verbs.

## 尚未覆盖

动词之间夹着具体对象的空话看不出来。

```form bad
项目: 农村道路养护
年度目标: 进一步加强道路养护，不断提升养护水平，促进农村发展。
```

```form good
项目: 农村道路养护
年度目标: 进一步加强道路养护，养护 35 公里，好路率达到 90%。
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
from kaoji.rules.naming import figures_in
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation
from kaoji.standards.lexicons import words

_HUNDRED = 100
# 保障学校正常运行: in a goal of one short sentence such words are all there is.
_SHORT = 60


@rule(
    "KJ507",
    "目标未细化量化",
    severity=Severity.HINT,
    basis=(Citation("audit-chifeng-2023"),),
    since=date(2015, 5, 21),
    needs=("vague_verbs_max",),
)
def vague_goal(form: Declaration, *, vague_verbs_max: Decimal) -> Iterator[Finding]:
    """Count vague verbs in a hundred characters of goals without figures."""
    for name, text in form.goals.items():
        if next(figures_in(text), None) is not None:
            continue
        empty = words("goals", "empty_words") if len(text) <= _SHORT else ()
        found = [word for word in (*words("goals", "vague_verbs"), *empty) if word in text]
        count = sum(text.count(word) for word in found)
        if Decimal(count * _HUNDRED) / len(text) > vague_verbs_max:
            message = say(
                "{goal}以“{words}”等表述为主，未细化量化",
                goal=GOAL_NAMES[name],
                words="”“".join(sorted(found, key=text.index)[:2]),
            )
            yield Finding(name, message, say("写出要达到的状态和数量"))
