"""The goal speaks of several years, the plan of one.

## Why

“Within the term of the agreement” or “in the five-year plan” says when the whole will be done,
not what this year's money buys.

## 为什么

“协议期内”“十四五”说的是整件事何时做完，不是今年的钱办成什么；一年期项目应写当年要达到的部
分。

```form bad
项目: 农村道路养护
开始: 2023-01-01
完成: 2023-12-31
年度目标: 力争协议期内覆盖全区 60% 的道路。
```

```form good
项目: 农村道路养护
开始: 2023-01-01
完成: 2023-12-31
年度目标: 覆盖全区 20% 的道路。
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
from kaoji.standards.lexicons import first_in, words


@rule(
    "KJ213",
    "目标期限长于计划",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2015-88", "中长期目标与年度目标"),),
    since=date(2015, 5, 21),
)
def frame_longer_than_plan(form: Declaration) -> Iterator[Finding]:
    """Look for words of several years in the goals and the name of a one-year plan."""
    start, end = form.start_date, form.end_date
    if start is None or end is None or start.year != end.year:
        return
    for name, text in {**form.goals, "project_name": form.project_name}.items():
        word = first_in(text, words("goals", "frames"))
        if word:
            yield Finding(name, say("“{word}”跨年度，计划却只有一年", word=word))
