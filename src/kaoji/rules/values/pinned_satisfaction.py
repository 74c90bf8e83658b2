"""A satisfaction target that asks for exactly this much.

## Why

Satisfaction is a floor: 93 % is better than 90 %. Written `=90%`, more than promised is either
a miss or undefined, depending on who scores.

## 为什么

满意度是底线，93% 比 90% 好；写成“=90%”，超过了算完成还是没完成，各有各的算法。应写“≥”。

## Not seen yet

Coverage, attendance and accuracy are floors as well; they follow with the lexicon of measures.

## 尚未覆盖

覆盖率、出勤率、准确率同样是底线，待收录词表后一并检查。

```form bad
项目: 农村道路养护
满意度指标 / 服务对象满意度指标 / 村民满意度: = 90 %
```

```form good
项目: 农村道路养护
满意度指标 / 服务对象满意度指标 / 村民满意度: ≥ 90 %
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Correction, Finding, Severity
from kaoji.core.indicator import Indicator
from kaoji.core.polarity import Direction
from kaoji.core.speech import say
from kaoji.core.target import Op
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation
from kaoji.standards.direction import polarity_of

_ALL = Decimal(100)
_SIGN = re.compile(r"^[\s=＝]+")


@rule(
    "KJ310",
    "满意度用了等号",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2021-101", "赋分规则"),),
    since=date(2015, 5, 21),
)
def pinned_satisfaction(form: Declaration) -> Iterator[Finding]:
    """Report satisfaction targets with an equals sign."""
    for row in form.under("满意度指标"):
        if row.target.op is Op.EQUAL and _is_floor(row):
            message = say("“{text}”使超额完成无法界定", text=row.target.text)
            if row.target.value == _ALL:  # the figure itself is the trouble; KJ311 says so
                yield Finding(row, message)
                continue
            better = f"≥{_SIGN.sub('', row.target.text)}"
            mended = Correction(row.at("target_raw"), better, safe=not row.target.notes)
            suggestion = say("改为“{better}”", better=better)
            yield Finding(row, message, suggestion, corrections=(mended,))


def _is_floor(row: Indicator) -> bool:
    """Is more better, as with satisfaction itself? Complaints are the other way round."""
    return row.target.is_percentage and polarity_of(row).direction is not Direction.LOWER
