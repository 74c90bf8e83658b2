"""Awareness, complaints or contentment stand among the quantities.

## Why

They say how people took it, not how much was done.

## 为什么

知晓度、投诉、满意说的是人怎么看，不是做了多少。

```form bad
项目: 农村道路养护
产出指标 / 数量指标 / 政策知晓度: ≥ 80 %
```

```form good
项目: 农村道路养护
效益指标 / 社会效益指标 / 政策知晓度: ≥ 80 %
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
    "KJ609",
    "效果当作产出",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2021-101", "数量指标"),),
    since=date(2015, 5, 21),
)
def effect_as_quantity(form: Declaration) -> Iterator[Finding]:
    """Report quantities whose name speaks of an effect, and satisfaction among the qualities."""
    for row in form.under("数量指标"):
        word = first_in(row.level3, words("classes", "effects"))
        if word:
            message = say("“{word}”是效果，不是数量", word=word)
            yield Finding(row, message, say("移到效益指标或满意度指标"), column="level2")
    for row in form.under("质量指标"):
        felt = first_in(row.level3, words("classes", "felt_effects"))
        if "满意" in (row.level3 or ""):
            message = say("“{name}”是满意度，不是质量", name=row.name)
            yield Finding(row, message, say("移到满意度指标"), column="level2")
        elif felt:
            message = say("“{word}”是效果，不是质量", word=felt)
            yield Finding(row, message, say("移到社会效益指标"), column="level2")
