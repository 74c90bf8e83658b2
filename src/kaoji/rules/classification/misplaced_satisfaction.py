"""Satisfaction of those who pay or are audited, or no satisfaction at all.

## Why

The indicator asks those whom the project serves. The manager's contentment with himself is no
evidence.

## 为什么

满意度问的是服务对象；管理方、被审计单位满意不满意，说明不了服务好不好。

```form bad
项目: 农村道路养护
满意度指标 / 服务对象满意度指标 / 管理方满意度: = 100 %
```

```form good
项目: 农村道路养护
满意度指标 / 服务对象满意度指标 / 村民满意度: ≥ 90 %
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.speech import say
from kaoji.rules.naming import own_name
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation
from kaoji.standards.lexicons import first_in, words


@rule(
    "KJ610",
    "满意度问错了人或问错了事",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2021-101", "满意度指标"),),
    since=date(2015, 5, 21),
)
def misplaced_satisfaction(form: Declaration) -> Iterator[Finding]:
    """Report satisfaction without the word, and that of people who are not served."""
    for row in form.under("满意度指标"):
        name = row.level3 or ""
        group = _not_served(name)
        if group:
            message = say("“{group}”不是服务对象", group=group)
            yield Finding(row, message, column="level3")
        elif name and not first_in(name, words("classes", "satisfaction")):
            message = say("“{name}”不是满意度", name=row.name)
            yield Finding(row, message, column="level3")
        elif own_name(name) in _OF_NOBODY:
            message = say("“{name}”没有写明谁对什么的满意度", name=row.name)
            yield Finding(
                row, message, say("建议调整为：受益群众对本项目的满意度"), column="level3"
            )
        elif row.target.unit in words("classes", "count_units") and not first_in(
            name, words("classes", "counted_opinions")
        ):
            message = say("“{text}”是次数或个数，不是满意的程度", text=row.target.text)
            yield Finding(row, message, say("写满意的人占被调查人数的比例，例如 ≥ 90 %"))


def _not_served(name: str) -> str | None:
    """被审计单位满意度 asks the wrong people; 使用单位工作人员满意度 may ask the right ones."""
    alone = words("classes", "not_served_alone")
    own = own_name(name)
    return first_in(name, words("classes", "not_served")) or next(
        (word for word in alone if own.startswith(word)), None
    )


_OF_NOBODY = {
    "满意度",
    "满意率",
    "满意程度",
    "是否满意",
    "服务满意度",
    "整体满意度",
    "总体满意度",
}
