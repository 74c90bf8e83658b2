"""Coverage, attendance or accuracy that must be exactly so much.

## Why

These are floors: more is better. With an equals sign below 100 %, more than promised is either
a miss or undefined.

## 为什么

覆盖率、出勤率、准确率都是底线，多了更好；不到 100% 却写等号，超过了算不算完成说不清。

```form bad
项目: 农村道路养护
产出指标 / 质量指标 / 道路覆盖率: = 85 %
```

```form good
项目: 农村道路养护
产出指标 / 质量指标 / 道路覆盖率: ≥ 85 %
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Correction, Finding, Severity
from kaoji.core.polarity import Direction
from kaoji.core.speech import say
from kaoji.core.target import Op
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation
from kaoji.standards.direction import polarity_of
from kaoji.standards.lexicons import first_in, words

_ALL = Decimal(100)
_SIGN = re.compile(r"^[\s=＝]+")


@rule(
    "KJ319",
    "底线指标用了等号",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2021-101", "赋分规则"),),
    since=date(2015, 5, 21),
)
def pinned_rate(form: Declaration) -> Iterator[Finding]:
    """Report floors with an equals sign and less than all; satisfaction is KJ310's."""
    for row in form.indicators:
        target = row.target
        pinned = target.op is Op.EQUAL and target.is_percentage and target.value != _ALL
        wanted = polarity_of(row).direction is Direction.HIGHER
        if pinned and wanted and first_in(row.name, words("classes", "floor_measures")):
            message = say("“{text}”使超额完成无法界定", text=target.text)
            better = f"≥{_SIGN.sub('', target.text)}"
            mended = Correction(row.at("target_raw"), better, safe=not target.notes)
            suggestion = say("改为“{better}”", better=better)
            yield Finding(row, message, suggestion, corrections=(mended,))
