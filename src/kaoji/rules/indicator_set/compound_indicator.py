"""One indicator holds several measures.

## Why

规范性、及时性满意度 = 90 %: when one is met and the other is not, nobody can score it.

## 为什么

“规范性、及时性”合在一项里，一个做到一个没做到，就没法打分。一项指标只写一个量。

## Not seen yet

Whether two activities are one piece of work is judged by a few words.

## 尚未覆盖

两件事算不算一件，只凭几个字词判断。

```form bad
项目: 农村道路养护
产出指标 / 质量指标 / 养护规范性、及时性: ≥ 90 %
```

```form good
项目: 农村道路养护
产出指标 / 质量指标 / 养护规范率: ≥ 90 %
产出指标 / 时效指标 / 养护及时率: ≥ 90 %
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.speech import say
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation
from kaoji.standards.lexicons import first_in, words

_MEASURE = r"(?:[\u4e00-\u9fff]{1,8}(?:性|率|度))"
_SEVERAL_MEASURES = re.compile(rf"{_MEASURE}(?:[、和及与]{_MEASURE})+")
_AMOUNT = re.compile(r"(?<!\d)\d++\s*+[\u4e00-\u9fff]")
_TWO_TARGETS = re.compile(
    r"(?<![\d.])\.*+\d[\d.]*+\s*+[万亿]?[\u4e00-\u9fff]{1,3}[、,，]\s*+[约不≥≤]*+\d"
)
_PARTS = re.compile(r"[、，,]|以及|及|和")
_ENDS_IN_ONE_MEASURE = ("率", "性", "度", "数", "人次", "次数")


@rule(
    "KJ406",
    "一项指标写了几个量",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2021-101", "指标名称"),),
    since=date(2015, 5, 21),
)
def compound_indicator(form: Declaration) -> Iterator[Finding]:
    """Report names that join measures, amounts or activities."""
    for row in form.indicators:
        joined = _joined_in(row.level3 or "")
        if joined:
            message = say("“{joined}”是几个量，请各写一项", joined=joined)
            yield Finding(row, message, column="level3")
        elif _TWO_TARGETS.search(row.target.text):
            message = say("“{text}”是几个目标值，请各写一项", text=row.target.text)
            yield Finding(row, message)


def _joined_in(name: str) -> str | None:
    measures = _SEVERAL_MEASURES.search(name)
    if measures:
        return measures[0]
    if len(_AMOUNT.findall(name)) > 1:
        return name
    parts = [part for part in _PARTS.split(name) if part]
    active = [part for part in parts if first_in(part, words("names", "activities"))]
    if len(active) > 1 and not name.endswith(_ENDS_IN_ONE_MEASURE):
        return name
    return None
