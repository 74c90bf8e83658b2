"""The plan does not touch the year for which money is asked.

## Why

Money for 2023 cannot buy what was finished in 2022 or begins in 2024. Usually last year's
form was copied and its dates were left.

## 为什么

计划起止不在申报年度内，多半是沿用了上一年的表而没有改日期。

```form bad
项目: 农村道路养护
年度: 2023
开始: 2022-01-01
完成: 2022-12-31
```

```form good
项目: 农村道路养护
年度: 2023
开始: 2022-06-01
完成: 2024-12-31
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
    "KJ207",
    "计划日期不在申报年度",
    severity=Severity.ERROR,
    basis=(Citation("yusuanfa", "预算年度"), Citation("checker-practice")),
    since=date(2015, 5, 21),
)
def plan_outside_year(form: Declaration) -> Iterator[Finding]:
    """Report a plan without a single day in the declared year."""
    start, end, year = form.start_date, form.end_date, form.year
    if start is None or end is None or year is None:
        yield undecided("start_date", say("年度或起止日期不全，无法核对"))
    elif not start.year <= year <= end.year and start <= end:
        message = say(
            "计划 {start} 至 {end} 与申报年度 {year} 没有交集", start=start, end=end, year=year
        )
        yield Finding("start_date", message)
