"""A timeliness indicator names the span of the project instead of a last day.

## Why

"2023年1月—12月" is when the work goes on. Whether it is on time only shows against a day by which
something must be done, or a number of days it may take.

## 为什么

“2023年1月—12月”只说明工作在哪一段时间做。是否及时，要看哪一天前完成，或者几天内办结。

```form bad
项目: 农村道路养护
产出指标 / 时效指标 / 项目实施时间: 2023年1月-12月
```

```form good
项目: 农村道路养护
产出指标 / 时效指标 / 养护完成时间: 2023年11月30日前
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.indicator import Indicator
from kaoji.core.speech import say
from kaoji.core.target import Op
from kaoji.core.width import squeeze
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation

_WHOLE_TIME = re.compile(
    r"(?:[1一]年|12个月|十二个月|36[56]天|全年|全天候?|常年|长期|年度内?|(?:19|20)\d\d年?全年|(?:19|20)\d\d年度?)$"
)


# 补贴期限: 2020.1.1-2020.12.31 tells for which time is paid.
_ASKS_FOR_A_PERIOD = (
    "补贴期限",
    "补助期限",
    "受益期限",
    "享受期限",
    "服务期限",
    "租赁期限",
    "发放期限",
)


@rule(
    "KJ321",
    "时效只写了起止",
    severity=Severity.HINT,
    basis=(Citation("caiyu-2021-101", "时效指标"),),
    since=date(2015, 5, 21),
    yields_to=("KJ301", "KJ302"),
)
def period_as_deadline(form: Declaration) -> Iterator[Finding]:
    """Report timeliness targets that are a span of time or the whole year."""
    for row in form.under("时效指标"):
        asked = (row.level3 or "").endswith(_ASKS_FOR_A_PERIOD)
        if asked and row.target.is_period:
            continue
        if row.target.is_period or _WHOLE_TIME.match(squeeze(row.target.text)):
            message = say("“{text}”是起止时间，未明确完成时限", text=row.target.text)
            yield Finding(row, message, say("写完成日期或办理天数，例如 ≤ 5 个工作日"))
        elif row.name.endswith("时效") and _lasts(row):
            message = say("“{text}”是持续时间，未明确完成时限", text=row.target.text)
            yield Finding(row, message, say("写完成日期或办理天数，例如 ≤ 5 个工作日"))


def _lasts(row: Indicator) -> bool:
    """维持时效 ≥ 1年 tells how long something lasts, not by when it is done."""
    return row.target.op in {Op.AT_LEAST, Op.ABOVE} and row.target.unit in _LONG


_LONG = {"年", "个月", "月", "天"}
