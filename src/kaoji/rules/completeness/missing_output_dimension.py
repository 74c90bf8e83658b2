"""The outputs say nothing of quantity, of quality or of time.

## Why

How much, how good, by when: an output is promised only when all three are known. The form
that leaves out one of them cannot later be late, or poor, or too little.

## 为什么

产出要说清做多少、做多好、什么时候做完；缺了哪一项，年底就无从判断数量不足、质量不高还是拖延。

```form bad
项目: 农村道路养护
产出指标 / 数量指标 / 养护里程: ≥ 35 公里
产出指标 / 质量指标 / 验收合格率: ≥ 95 %
```

```form good
项目: 农村道路养护
产出指标 / 数量指标 / 养护里程: ≥ 35 公里
产出指标 / 质量指标 / 验收合格率: ≥ 95 %
产出指标 / 时效指标 / 完工日期: 2023年10月底前
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity, undecided
from kaoji.core.speech import say
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation

_DIMENSIONS = ("数量指标", "质量指标", "时效指标")


@rule(
    "KJ104",
    "产出缺少维度",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2015-88"), Citation("caiyu-2021-101")),
    since=date(2015, 5, 21),
)
def missing_output_dimension(form: Declaration) -> Iterator[Finding]:
    """Report each output dimension without an indicator."""
    if not any(form.under("产出指标")):
        return
    unplaced = [row for row in form.under("产出指标") if row.level2 is None]
    for level2 in _DIMENSIONS:
        if any(form.under(level2)):
            continue
        if unplaced:
            message = say(
                "有 {count} 行没有二级指标，无法判断是否缺少“{level2}”",
                count=len(unplaced),
                level2=level2,
            )
            yield undecided("indicators", message)
        else:
            yield Finding("indicators", say("产出没有“{level2}”，请补充", level2=level2))
