"""An indicator is due after the project has ended.

## Why

Nobody will be there to meet it, and the self-evaluation falls before it.

## 为什么

项目结束之后才到期的指标，没有人去完成，自评时也还没到期。

```form bad
项目: 农村道路养护
开始: 2023-01-01
完成: 2023-12-31
产出指标 / 时效指标 / 完工: 2024年3月底前
```

```form good
项目: 农村道路养护
开始: 2023-01-01
完成: 2023-12-31
产出指标 / 时效指标 / 完工: 2023年10月底前
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
from kaoji.core.width import squeeze
from kaoji.rules.deadlines import deadline_in
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation


@rule(
    "KJ212",
    "完成期限晚于项目结束",
    severity=Severity.ERROR,
    basis=(Citation("checker-practice"),),
    since=date(2015, 5, 21),
)
def deadline_after_end(form: Declaration) -> Iterator[Finding]:
    """Compare every deadline among the targets with the end of the plan, else of the form's year."""
    if form.end_date is None and form.year is None:
        return
    for row in form.indicators:
        if form.end_date is None and form.year is not None:
            found = _LAST_DAY.search(squeeze(row.target.text))
            if found and int(found[1]) > form.year and row.level2 == "时效指标":
                message = say(
                    "“{text}”晚于申报年度 {year} 年", text=row.target.text, year=form.year
                )
                yield Finding(row, message, severity=Severity.WARNING)
            continue
        if form.end_date is None:
            continue
        due = deadline_in(row.target.text, year=form.end_date.year)
        if row.target.kind is Kind.DEADLINE and due and due > form.end_date:
            message = say(
                "“{text}”晚于计划完成日期 {end}", text=row.target.text, end=form.end_date
            )
            yield Finding(row, message)


# A year with its month, day or end, in a target that says when something is done.
_LAST_DAY = re.compile(r"((?:19|20)\d\d)年?(?:底|末|年底|年末|[./-]?\d{1,2}月?)[^-—~至]{0,12}$")
