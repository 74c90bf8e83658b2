"""The project ends before it begins.

## Why

A span that runs backwards contains no day on which the work could be done.

## 为什么

完成日期早于开始日期，没有一天可以做事。

```form bad
项目: 农村道路养护
开始: 2023-12-31
完成: 2023-01-01
```

```form good
项目: 农村道路养护
开始: 2023-01-01
完成: 2023-12-31
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity, undecided
from kaoji.core.speech import say
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation


@rule(
    "KJ206",
    "完成日期早于开始日期",
    severity=Severity.ERROR,
    basis=(Citation("arithmetic"), Citation("checker-practice")),
    since=date(2015, 5, 21),
)
def end_before_start(form: Declaration) -> Iterator[Finding]:
    """Compare the plan's two dates."""
    start, end = form.start_date, form.end_date
    if start is None or end is None:
        yield undecided("end_date", say("起止日期不全，无法比较先后"))
    elif end < start:
        yield Finding(
            "end_date", say("完成日期 {end} 早于开始日期 {start}", end=end, start=start)
        )
