"""A mark of the template stands where a word or a number should be.

## Why

"苗木成活率（≥**%）" is the template's own line: the marks tell what is to be filled in. Left
standing, they show that nobody read the form before it was handed in.

## 为什么

“苗木成活率（≥**%）”是模板里的提示，等着人去填；原样留下，说明交表前没有人看过一遍。

```form bad
项目: 农村道路养护
产出指标 / 质量指标 / 苗木成活率(≥**%): ≥ 85 %
```

```form good
项目: 农村道路养护
产出指标 / 质量指标 / 苗木成活率: ≥ 85 %
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.speech import say
from kaoji.core.target import Kind
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation

# Stars, crosses and lines that hold a place: ≥**%, ××个, XX单位, ____. A single × or X multiplies.
_LEFT = re.compile(
    r"\*{2,}|(?<!\d)[×xX]{2,}(?=[\u4e00-\u9fff%％])|_{3,}|○{2,}(?=[\u4e00-\u9fff%％])|[（(](?:填写|请填写|目标值)[^（）()]{0,12}[）)]"
)


@rule(
    "KJ113",
    "模板的提示没有删",
    severity=Severity.WARNING,
    basis=(Citation("checker-practice"),),
    since=date(2015, 5, 21),
)
def template_leftover(form: Declaration) -> Iterator[Finding]:
    """Report marks of the template in names, targets and goals."""
    for row in form.indicators:
        for column, text in (("level3", row.level3 or ""), ("target_raw", row.target.text)):
            found = _LEFT.search(text)
            if found and row.target.kind is not Kind.PLACEHOLDER:
                message = say("“{mark}”是模板的提示，请换成内容或删去", mark=found[0])
                yield Finding(row, message, column=column)
                break
    for name, text in form.goals.items():
        found = _LEFT.search(text)
        if found:
            message = say("“{mark}”是模板的提示，请换成内容或删去", mark=found[0])
            yield Finding(name, message)
