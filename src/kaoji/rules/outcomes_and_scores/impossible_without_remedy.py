"""A target that cannot be reached at all, and neither a rectification nor an adjustment is proposed.

## Why

Who knows in summer that a target is lost owes a decision: put it right, change target and budget together, or stop.
The remark of the form is the place for it; waiting for the year's end wastes money and months.

## 为什么

年中就知道完全不可能完成的，要当时纠偏：整改，或者随预算一并调整目标，或者暂停项目、停止拨款。表上的“备注”就是写这个的；
拖到年底，钱花了，时间也过了。

```form bad
项目: 农村道路养护
截至: 7月
产出指标 / 数量指标 / 养护里程: ≥ 35 公里 → 3 公里 | 预计: 5 公里 | 原因类别: 经费保障 | 原因: 资金没有到位 | 可能性: 完全不可能
```

```form good
项目: 农村道路养护
截至: 7月
产出指标 / 数量指标 / 养护里程: ≥ 35 公里 → 3 公里 | 预计: 5 公里 | 原因类别: 经费保障 | 原因: 资金没有到位 | 可能性: 完全不可能 | 措施: 已申请随预算调减到20公里
```

## Not seen yet

Whether what is proposed was decided, and carried out.

## 尚未覆盖

提出的整改、调整后来有没有批准、有没有做。
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
from kaoji.standards.lexicons import first_in, words


@rule(
    "KJ815",
    "完全不可能完成没有整改或调整",
    severity=Severity.ERROR,
    basis=(Citation("caiyu-2019-136", "及时纠偏；附件：完成目标可能性、备注"),),
    since=date(2019, 7, 26),
    needs=("outcome",),
)
def impossible_without_remedy(form: Declaration, *, outcome: Outcome) -> Iterator[Finding]:
    """Look for a remedy in the remark, else in the reason; without either, KJ811 asks for both."""
    if outcome.kind != "monitoring":
        return
    impossible = words_for(form).impossible
    for row in pairs(form, outcome):
        said = row.said
        lost = said.likelihood == impossible and said.reason and not said.remedy
        if lost and first_in(said.reason, words("remedies", "proposed")) is None:
            message = say(
                "“{likelihood}”完成“{text}”，请在备注里写整改措施，或提出调整目标、预算",
                likelihood=say(impossible),
                text=row.indicator.target.text,
            )
            yield Finding(row.indicator, message, column="remedy")
