"""The head of the form lacks the project, the department, the unit, the category or the year.

## Why

Without them nobody can tell whose promise it is, and the form cannot be matched with the
budget line that pays for it.

## 为什么

表头不全，就不知道是谁的承诺，也无法与预算项目对应。

```form bad
项目: 农村道路养护
年度: 2023
主管部门: 区交通委
类别: 经常性项目
```

```form good
项目: 农村道路养护
年度: 2023
主管部门: 区交通委
实施单位: 区公路管理署
类别: 经常性项目
```
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.speech import say
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation
from kaoji.standards.layouts import layout_named

_CAPTIONS = {
    "project_name": "项目名称",
    "department": "主管部门",
    "implementing_unit": "实施单位",
    "project_category": "项目类别",
    "year": "年度",
}


@rule(
    "KJ101",
    "表头缺项",
    severity=Severity.ERROR,
    basis=(Citation("caiyu-2015-88", "完整性审核"), Citation("checker-practice")),
    since=date(2015, 5, 21),
    needs=("absent",),
)
def missing_head_field(form: Declaration, *, absent: Collection[str]) -> Iterator[Finding]:
    """Report each field of the head that the form's layout has a cell for and that is blank."""
    asked = layout_named(form.layout).asked - set(absent)
    for name, caption in _CAPTIONS.items():
        if name in asked and getattr(form, name) is None:
            yield Finding(name, say("“{caption}”空白，请补填", caption=caption))
