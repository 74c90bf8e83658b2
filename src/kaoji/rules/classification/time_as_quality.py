"""In time stands among how good.

## Why

按时完成率 belongs to 时效指标, which then does not stay empty.

## 为什么

“按时完成率”属于时效指标；放错了类，时效那一栏就空着。

```form bad
项目: 农村道路养护
产出指标 / 质量指标 / 养护按时完成率: ≥ 95 %
```

```form good
项目: 农村道路养护
产出指标 / 时效指标 / 养护按时完成率: ≥ 95 %
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Correction, Finding, Severity
from kaoji.core.speech import say
from kaoji.core.target import Kind
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation
from kaoji.standards.lexicons import first_in, words

# 服务周期内空气质量 says when something is good, not how soon.
_WHEN = re.compile(r"(?:周期|期限|工期)[内中]")

_OF_MACHINES = {"秒", "毫秒"}


@rule(
    "KJ605",
    "质量指标写成时效",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2021-101", "时效指标"),),
    since=date(2015, 5, 21),
)
def time_as_quality(form: Declaration) -> Iterator[Finding]:
    """Report quality indicators whose name or value speaks of time."""
    for row in form.under("质量指标"):
        if row.target.unit in _OF_MACHINES:
            continue  # 系统响应时间 ≤ 2 秒 tells how good a system is
        said = _WHEN.sub("", f"{row.level3}{row.target.text}").replace("响应率", "")
        word = first_in(said, words("classes", "time"))
        if not word and row.target.kind is Kind.DEADLINE:
            word = row.target.text
        if word:
            message = say("“{word}”讲的是时效", word=word)
            move = Correction(row.at("level2"), "时效指标")
            suggestion = say("移到时效指标")
            yield Finding(row, message, suggestion, column="level2", corrections=(move,))
