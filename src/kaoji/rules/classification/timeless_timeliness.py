"""An indicator of timeliness that says nothing about time.

## Why

Four inspections or a sound system are no matter of when. Hours that are added up are a
quantity.

## 为什么

“巡检 4 次”“制度健全”与时间无关；累计多少小时是数量。

```form bad
项目: 农村道路养护
产出指标 / 时效指标 / 道路巡检: = 4 次
```

```form good
项目: 农村道路养护
产出指标 / 时效指标 / 病害修补时限: ≤ 3 天
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.speech import say
from kaoji.core.target import Kind, Op
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation
from kaoji.standards.lexicons import first_in, words

_SPANS = {"天", "日", "工作日", "个工作日", "小时", "分钟", "周", "个月", "月", "年"}


@rule(
    "KJ606",
    "时效指标不讲时间",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2021-101", "时效指标"),),
    since=date(2015, 5, 21),
)
def timeless_timeliness(form: Declaration) -> Iterator[Finding]:
    """Report timeliness indicators with no word, unit or date of time."""
    for row in form.under("时效指标"):
        target = row.target
        said = f"{row.level3}{target.text}"
        is_span = target.unit in _SPANS and target.op not in {Op.AT_LEAST, Op.ABOVE}
        is_span = is_span and not first_in(row.level3, _OF_THINGS)
        timely = (
            target.kind in {Kind.DEADLINE, Kind.BLANK, Kind.PLACEHOLDER}
            or is_span
            or first_in(said, (*words("classes", "time"), *words("classes", "timely")))
            or re.search(r"(?:时间|日期|之前|前)$", row.level3 or "")
        )
        if not timely and _CALENDAR.search(said) is None:
            message = say("“{name}：{text}”没有讲时间", name=row.name, text=target.text)
            yield Finding(
                row, message, say("写完成日期、天数或及时率，或移到别的类"), column="level2"
            )


_CALENDAR = re.compile(
    r"[日天月年限期时季]内.{0,8}率|前.{0,8}率|[1-9]\d?月|季度|年[底末]|月[底末]|年内|当年|工作计划|半年|[年月日天]前|(?<!\d)\d++(?:小[时時]|分钟)"
)

# How long a right or a thing holds is no time in which work is done.
_OF_THINGS = ("资格", "有效期", "质保", "保质期", "使用年限", "使用寿命", "证书")
