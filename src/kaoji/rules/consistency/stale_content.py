"""The form speaks of a policy that has ended.

## Why

A sentence that survived from an older form: nobody will do it, and the money is bound.

## 为什么

从旧表留下来的内容：没有人会去做，钱却占着。

## Not seen yet

Only the policies on the list are known; tasks of past years are KJ211's.

## 尚未覆盖

只认得词表里的政策；往年的任务由 KJ211 报告。

```form bad
项目: 农村道路养护
年度: 2023
开始: 2023-01-01
完成: 2023-12-31
效益指标 / 社会效益指标 / 加强集中隔离点管理: 加强
```

```form good
项目: 农村道路养护
年度: 2022
开始: 2022-01-01
完成: 2022-12-31
效益指标 / 社会效益指标 / 集中隔离点投诉: = 0 次
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.speech import Sentence, say
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation
from kaoji.standards.lexicons import ended_policies, first_in


@rule(
    "KJ707",
    "内容已经过时",
    severity=Severity.HINT,
    basis=(Citation("checker-practice"),),
    since=date(2015, 5, 21),
)
def stale_content(form: Declaration) -> Iterator[Finding]:
    """Look for words of policies that ended within the plan or before it."""
    if form.end_date is None:
        return
    for policy in ended_policies():
        if policy.ended >= form.end_date:
            continue
        for name, text in form.goals.items():
            word = first_in(text, policy.words)
            if word:
                yield Finding(name, _outdated(word, policy.ended))
        for row in form.indicators:
            word = first_in(row.level3, policy.words)
            if word:
                yield Finding(row, _outdated(word, policy.ended), column="level3")


def _outdated(word: str, ended: date) -> Sentence:
    return say("“{word}”的政策已于 {day} 结束", word=word, day=ended)
