"""Markup such as `<p>` or control characters in a text.

## Why

Markup comes from copying out of a web editor. It is printed in the approved form and in the
public one, and it counts towards the length of a goal.

## 为什么

从网页编辑器粘贴会带入 `<p>` 之类的标记，批复和公开时会原样印出，也会让字数虚高。

```form bad
项目: 农村道路养护
年度目标: <p>养护农村道路 35 公里。</p>
```

```form good
项目: 农村道路养护
年度目标: 养护农村道路 35 公里。
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.markup import MARKUP_REMOVED, has_markup
from kaoji.core.provenance import Repair
from kaoji.core.speech import say
from kaoji.rules.goal_names import GOAL_NAMES
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@rule(
    "KJ108",
    "文字带有网页标记",
    severity=Severity.WARNING,
    basis=(Citation("checker-practice", "数据规范"),),
    since=date(2015, 5, 21),
    needs=("repairs",),
)
def markup_in_text(form: Declaration, *, repairs: tuple[Repair, ...]) -> Iterator[Finding]:
    """Report markup that stands in a text, and markup that reading took out of one."""
    for repair in repairs:
        if repair.what.template == MARKUP_REMOVED:
            message = say(
                "{goal}原文带有 {tags} 标记，读取时已去除；请在原表中删去",
                goal=GOAL_NAMES.get(repair.field, ""),
                **repair.what.values,
            )
            yield Finding(repair.field, message)
    for name, text in form.goals.items():
        if has_markup(text) or _CONTROL.search(text):
            yield Finding(name, say("文字中带有网页标记或控制字符，请删去"))
