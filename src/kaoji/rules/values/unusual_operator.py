"""A sign that had to be tidied up, or a rate or a cost without any.

## Why

`> =90%` reads well enough for people; programs of other offices may take it for a word, and a
rate without a sign is exactly so much or at least so much, depending on who scores. A count, a
whole (100 %, 0), a price of something and a standard are what they are and need no sign.

## 为什么

“> =90%”人看得懂，别家的程序未必；比率和成本只有数字没有比较符，是“正好”还是“至少”，各人理解不同。数量、100%、单价和补助标准本来就是“正好”，不必写。

```form bad
项目: 农村道路养护
产出指标 / 质量指标 / 验收合格率: > =90%
```

```form good
项目: 农村道路养护
产出指标 / 质量指标 / 验收合格率: ≥90%
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
from kaoji.core.speech import say
from kaoji.core.target import Kind, Op
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation
from kaoji.standards.lexicons import first_in, words

_UNUSUAL = re.compile(
    r"^\s*(?:[<>＜＞≥≤=＝]\s+[<>=＜＞＝]|[<>＜＞]\s*＝|[＜＞]\s*=|[≧≦⩾⩽﹥﹤═]|=[<>]|==|≥=|≤=)"
)

_SIGN = re.compile(r"^[\s<>＜＞≥≤=＝≧≦⩾⩽﹥﹤═]+")
_USUAL = {Op.AT_LEAST: "≥", Op.AT_MOST: "≤", Op.ABOVE: ">", Op.BELOW: "<", Op.EQUAL: "="}


@rule(
    "KJ315",
    "比较符写法不规范",
    severity=Severity.HINT,
    basis=(Citation("checker-practice"),),
    since=date(2015, 5, 21),
)
def unusual_operator(form: Declaration) -> Iterator[Finding]:
    """Report signs in unusual writing, and rates and costs without a sign."""
    for row in form.indicators:
        target = row.target
        if target.kind is not Kind.QUANTITATIVE:
            continue
        if target.op is None and not _sign_matters(row):
            continue
        if target.op is None:
            message = say("“{text}”没有比较符", text=target.text)
            yield Finding(row, message, say("写明 ≥、≤ 或 ="))
        elif target.op in _USUAL and _UNUSUAL.match(target.text):
            message = say("“{text}”的比较符写法不规范", text=target.text)
            rest = _SIGN.sub("", target.text)
            better = f"{_USUAL[target.op]}{rest}"
            mended = Correction(row.at("target_raw"), better, safe=True)
            suggestion = say("改为“{better}”", better=better)
            yield Finding(row, message, suggestion, corrections=(mended,))


_BOUNDS_OF_RATES = (Decimal(0), Decimal(100))


def _sign_matters(row: Indicator) -> bool:
    """95 % may be a floor or exactly that; 100 %, a count and a fixed price are what they are."""
    target = row.target
    if target.is_percentage:
        return target.value not in _BOUNDS_OF_RATES
    if first_in(row.name, words("classes", "standards")):
        return False
    return "成本" in f"{row.level1}{row.level2}" and (target.unit or "").endswith(("元", "万"))
