"""A name so general that other projects of the unit use it as well.

## Why

项目及时性 stands in three unrelated projects: it was copied, and nobody can tell what has to be in
time.

## 为什么

“项目及时性”同时出现在几个不相干的项目里，是抄来的；什么要及时，看不出来。

```form bad
项目: 农村道路养护
产出指标 / 时效指标 / 项目及时性: 及时
--- 同单位
项目: 桥梁检测
产出指标 / 时效指标 / 项目及时性: 及时
```

```form good
项目: 农村道路养护
产出指标 / 时效指标 / 病害修补天数: ≤ 3 天
--- 同单位
项目: 桥梁检测
产出指标 / 时效指标 / 检测报告提交: 10月底前
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.speech import say
from kaoji.rules.naming import bare_name, content_of
from kaoji.rules.rule import rule
from kaoji.rules.siblings import Siblings
from kaoji.standards.citations import Citation

_MOST_NAMED = 3


@rule(
    "KJ410",
    "名称放在哪个项目都行",
    severity=Severity.HINT,
    basis=(Citation("caiyu-2021-101", "高度关联"),),
    since=date(2015, 5, 21),
    needs=("siblings",),
)
def generic_name(form: Declaration, *, siblings: Siblings) -> Iterator[Finding]:
    """Report names without content of their own that stand in another project too."""
    for row in form.indicators:
        name = bare_name(row.level3)
        if not name:
            continue
        others = siblings.projects_named(name, _MOST_NAMED)
        if others and not _speaks_of(form, name):
            message = say("“{name}”也用在“{others}”", name=row.name, others="”“".join(others))
            yield Finding(row, message, say("在名称里写明对象"), column="level3")


def _speaks_of(form: Declaration, name: str) -> bool:
    """Does what is particular in the name stand in the project's name?"""
    return any(part in (form.project_name or "") for part in content_of(name).split())
