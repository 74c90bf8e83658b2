"""A target that no one can later prove met or missed.

## Why

A target is a promise. Words such as “较高”, “提升” or “及时” cannot be compared with an actual
value, so the year ends with an argument instead of a score. Where a quality really cannot be
counted, the law asks for graded levels that say what each of them looks like.

## 为什么

目标值是承诺。“较高”“提升”“及时”这样的词无法与实际值比较，年底只剩争论，没有得分。
确实不能量化的，应当写成分级的表述，并说明每一级是什么样子。

## Not seen yet

The form of 2023 has no cell for graded levels, so a level described elsewhere is not known.

## 尚未覆盖

2023 年式样没有分级标准一栏；写在别处的分级看不到。

```form bad
项目: 农村道路养护
产出指标 / 质量指标 / 路面平整程度: 较高
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
from kaoji.rules.examples import example_for
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation


@rule(
    "KJ301",
    "指标值不可衡量",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2015-88", "细化量化"), Citation("audit-chifeng-2023")),
    since=date(2015, 5, 21),
    yields_to=("KJ107", "KJ303", "KJ304", "KJ307", "KJ313", "KJ611"),
)
def vague_target(form: Declaration) -> Iterator[Finding]:
    """Report every indicator whose target is a word."""
    for row in form.indicators:
        if row.target.kind is Kind.QUALITATIVE and not row.target.graded:
            message = say("“{text}”未细化量化，无法衡量", text=row.target.text)
            yield Finding(row, message, example_for(row, form.year))
        elif row.level2 == "数量指标" and row.target.unit == "批" and row.target.value == 1:
            message = say("“{text}”没有规格和数量，未细化量化", text=row.target.text)
            yield Finding(row, message, say("写件数、台套数或吨数"))
