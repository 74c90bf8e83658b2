"""The forecast misses the target and nothing says what will be done.

## Why

Monitoring exists to correct in time; a forecast alone corrects nothing.

## 为什么

监控是为了及时纠偏；只报预计完不成，什么也没有纠正。

```form bad
项目: 农村道路养护
截至: 7月
产出指标 / 数量指标 / 养护里程: ≥ 35 公里 → 10 公里 | 预计: 30 公里
```

```form good
项目: 农村道路养护
截至: 7月
产出指标 / 数量指标 / 养护里程: ≥ 35 公里 → 10 公里 | 预计: 30 公里 | 原因: 汛期停工，9月增派两个班组补做
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.outcome import Outcome
from kaoji.core.speech import say
from kaoji.rules.outcomes import pairs, words_for
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation


@rule(
    "KJ811",
    "预计完不成没有措施",
    severity=Severity.ERROR,
    basis=(Citation("caiyu-2019-136", "及时纠偏"),),
    since=date(2019, 7, 26),
    needs=("outcome",),
)
def forecast_without_remedy(form: Declaration, *, outcome: Outcome) -> Iterator[Finding]:
    """Compare the forecast of a monitoring report with the target."""
    if outcome.kind != "monitoring":
        return
    words = words_for(form)
    for row in pairs(form, outcome):
        silent = not (row.said.reason or row.said.remedy)
        if silent and row.forebodes_a_miss(words):
            message = say("预计完不成“{text}”，请写原因和措施", text=row.indicator.target.text)
            yield Finding(row.indicator, message, column="reason")
