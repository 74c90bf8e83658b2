"""Nothing says by when: no timeliness indicator has a number or a date.

## Why

Timeliness is a day, a number of days or a rate of cases done in time. A form without any of
them cannot be late.

## 为什么

时效要写到日期、天数或及时率；一个都没有，就没有迟与不迟之分。

```form bad
项目: 农村道路养护
产出指标 / 数量指标 / 养护里程: ≥ 35 公里
产出指标 / 时效指标 / 养护完成时间: 及时
```

```form good
项目: 农村道路养护
产出指标 / 数量指标 / 养护里程: ≥ 35 公里
产出指标 / 时效指标 / 养护完成时间: 2023年10月底前
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
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation

_CALENDAR = re.compile(r"\d{1,2}月|(?:19|20)\d\d|[年月]底|季度|半年")


@rule(
    "KJ306",
    "时效没有可衡量的指标",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2021-101", "时效指标"),),
    since=date(2015, 5, 21),
)
def timeliness_without_number(form: Declaration) -> Iterator[Finding]:
    """Report a form without a numeric or dated timeliness indicator."""
    rows = list(form.under("时效指标"))
    if not rows or any(map(_tells_when, rows)):
        return  # that there is none, KJ104 says
    message = say("{count} 项时效指标都没有日期或数值", count=len(rows))
    yield Finding("indicators", message, say("写完成日期、办理天数或及时率，例如 ≤ 5 个工作日"))


def _tells_when(row: Indicator) -> bool:
    """Does it have a number or a date, if only among other words or in its name?"""
    return row.target.measurable or bool(_CALENDAR.search(f"{row.level3}{row.target.text}"))
