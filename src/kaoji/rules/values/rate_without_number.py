"""A rate or a degree without a number.

## Why

覆盖率, 及时率, 满意度 name a number; 提升 or 合格 beside them leaves the number out. Such a target
is the easiest to mend: the unit has to know the rate anyway.

## 为什么

名称叫“率”“度”，就是要一个数；写成“提升”“合格”等于没有写。这类指标最容易改好。

## Not seen yet

力度, 程度 end in 度 as well and are reported although they are no measures; the remedy (another
name) is then not the one suggested.

## 尚未覆盖

“力度”“程度”也以“度”结尾，会一并报告，但它们不是可以测的量，应换一个名称。

```form bad
项目: 农村道路养护
产出指标 / 质量指标 / 验收合格率: 合格
```

```form good
项目: 农村道路养护
产出指标 / 质量指标 / 验收合格率: ≥ 95 %
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.speech import say
from kaoji.core.target import Kind
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation


@rule(
    "KJ303",
    "率和度没有数值",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2015-88", "细化量化"),),
    since=date(2015, 5, 21),
    yields_to=("KJ304",),
)
def rate_without_number(form: Declaration) -> Iterator[Finding]:
    """Report every name in 率 or 度 whose target was written without a number."""
    for row in form.indicators:
        unmeasured = (
            not (row.target.measurable or row.target.graded)
            and row.target.kind is not Kind.BLANK
        )
        if unmeasured and (row.level3 or "").endswith(("率", "度")):
            message = say(
                "“{name}”应写百分比，不是“{text}”", name=row.name, text=row.target.text
            )
            yield Finding(row, message, say("例如 ≥ 90 %"))
