"""The parts of a measure add up to more than the whole.

## Why

其中 says that the rows below are parts of the row above. Parts that exceed it show that one of
the numbers is wrong.

## 为什么

“其中”表示下面几行是上面一行的一部分；分项之和超过合计，总有一个数是错的。

## Not seen yet

Parts that are not marked by 其中.

## 尚未覆盖

没有写“其中”的分项看不出来。

```form bad
项目: 农村道路养护
产出指标 / 数量指标 / 养护里程: = 35 公里
产出指标 / 数量指标 / 其中：县道: = 20 公里
产出指标 / 数量指标 / 其中：乡道: = 18 公里
```

```form good
项目: 农村道路养护
产出指标 / 数量指标 / 养护里程: = 35 公里
产出指标 / 数量指标 / 其中：县道: = 20 公里
产出指标 / 数量指标 / 其中：乡道: = 15 公里
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.indicator import Indicator
from kaoji.core.speech import say
from kaoji.core.target import Op
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation


@rule(
    "KJ409",
    "分项大于合计",
    severity=Severity.ERROR,
    basis=(Citation("arithmetic"),),
    since=date(2015, 5, 21),
)
def parts_exceed_whole(form: Declaration) -> Iterator[Finding]:
    """Add up the rows that begin with 其中 and compare with the row above them."""
    whole: Indicator | None = None
    parts = Decimal(0)
    for row in form.indicators:
        if not (row.level3 or "").startswith("其中"):
            whole, parts = row, Decimal(0)
            continue
        if whole is None or whole.target.value is None or row.target.value is None:
            continue
        if row.target.unit == whole.target.unit and _adds_up(row) and _adds_up(whole):
            parts += row.target.value
            if parts > whole.target.value:
                message = say(
                    "分项合计 {parts}，大于“{name}”的 {whole}",
                    parts=f"{parts:f}",
                    name=whole.name,
                    whole=f"{whole.target.value:f}",
                )
                yield Finding(row, message)


def _adds_up(row: Indicator) -> bool:
    """Is it an exact amount? Shares do not add up, and floors may be exceeded."""
    return row.target.op in {Op.EQUAL, None} and not row.target.is_percentage
