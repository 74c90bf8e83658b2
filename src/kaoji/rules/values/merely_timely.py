"""The target is the one word 及时.

## Why

“In time” is the commonest target of all, 25 times in the sample, and the one that can always be
turned into a number: a date, a number of days, a rate of cases done in time.

## 为什么

“及时”是最常见的目标值（示例 17 份表中出现 25 次），也总能改成数：完成日期、办理天数或及时率。

```form bad
项目: 农村道路养护
产出指标 / 时效指标 / 病害修补: 及时
```

```form good
项目: 农村道路养护
产出指标 / 时效指标 / 病害修补天数: ≤ 7 天
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Correction, Finding, Severity
from kaoji.core.indicator import Indicator
from kaoji.core.speech import say
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation


@rule(
    "KJ307",
    "只写“及时”",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2021-101", "时效指标"), Citation("audit-chifeng-2023")),
    since=date(2015, 5, 21),
)
def merely_timely(form: Declaration) -> Iterator[Finding]:
    """Report every target that says 及时 and nothing else."""
    for row in form.indicators:
        if row.target.text == "及时":
            message = say("“及时”没有界限，请写完成日期、天数或及时率")
            choices = tuple(_timely(row, form.end_date))
            suggestion = say("例如 ≤ 5 个工作日，或 及时率 ≥ 95 %")
            yield Finding(row, message, suggestion, corrections=choices)


def _timely(row: Indicator, end: date | None) -> Iterator[Correction]:
    """What 及时 might mean; which of them only the unit knows."""
    field = row.at("target_raw")
    if row.name.endswith("率"):
        yield Correction(field, "≥95%")
        return
    if end is not None:
        yield Correction(field, f"{end.month}月{end.day}日前")
    yield Correction(field, "≤5个工作日")
