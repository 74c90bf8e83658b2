"""A one-off project that pays running costs, or a standing one that builds something.

## Why

The category decides whether the money comes again next year.

## 为什么

类别决定明年还给不给钱：一次性项目里装着年年都有的支出，或者经常性项目里装着工程，都要说清
。

## Not seen yet

Contents are judged by a few words.

## 尚未覆盖

内容只凭几个字词判断。

```form bad
项目: 农村道路养护
类别: 一次性项目
年度目标: 支付道路管理站水电费用。
```

```form good
项目: 农村道路养护
类别: 经常性项目
年度目标: 支付道路管理站水电费用。
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
    "KJ706",
    "项目类别与内容不符",
    severity=Severity.HINT,
    basis=(Citation("checker-practice"),),
    since=date(2015, 5, 21),
)
def category_misfit(form: Declaration) -> Iterator[Finding]:
    """Compare the category with words of running costs and of construction."""
    said = "".join([form.project_name or "", *form.goals.values()])
    names = "".join(row.level3 or "" for row in form.indicators)
    category = form.project_category or form.project_nature or ""
    if "一次性" in category:
        word = first_in(f"{said}{names}", words("funding", "running"))
        reason = say("一次性项目里有年年都有的“{word}”", word=word)
    else:
        standing = "经常性" in category
        word = first_in(form.project_name, words("funding", "construction"))
        word = word if standing else None
        reason = say("经常性项目里有建成就结束的“{word}”", word=word)
    if word:
        yield Finding("project_category", reason)
