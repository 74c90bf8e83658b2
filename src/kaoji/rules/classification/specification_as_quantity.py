"""A property of a thing where the number of things is asked.

## Why

A gauge 50 cm wide, a cannon that reaches 80 m: that is what the thing is like. How many are
built, and over which length, is the quantity; the property belongs to quality.

## 为什么

水标尺宽 50 厘米、雾炮射程 80 米，说的是东西的规格，不是做了多少；规格达不达标属于质量指标。

```form bad
项目: 农村道路养护
产出指标 / 数量指标 / 硬化路面厚度: ≥ 18 厘米
```

```form good
项目: 农村道路养护
产出指标 / 数量指标 / 硬化路面面积: ≥ 1.2 万平方米
产出指标 / 质量指标 / 硬化路面厚度: ≥ 18 厘米
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Correction, Finding, Severity
from kaoji.core.speech import say
from kaoji.rules.naming import own_name
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation
from kaoji.standards.lexicons import words


@rule(
    "KJ614",
    "规格参数当作数量",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2021-101", "数量指标"), Citation("checker-practice")),
    since=date(2015, 5, 21),
)
def specification_as_quantity(form: Declaration) -> Iterator[Finding]:
    """Report quantities whose name ends in a property of the thing."""
    for row in form.under("数量指标"):
        name = own_name(row.level3)
        ending = next(
            (word for word in words("classes", "properties") if name.endswith(word)), ""
        )
        if ending and name != ending:
            message = say("“{name}”是规格参数，不是产出的数量", name=row.name)
            move = Correction(row.at("level2"), "质量指标")
            suggestion = say("移到质量指标；数量写台（套）数、长度或面积")
            yield Finding(row, message, suggestion, column="level2", corrections=(move,))
