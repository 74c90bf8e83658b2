"""An indicator is due after the project, or its year, has ended, or on a day that does not exist.

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
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.speech import say
from kaoji.core.target import Kind, Target
from kaoji.core.width import squeeze
from kaoji.rules.deadlines import deadline_in
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation
from kaoji.standards.lexicons import first_in


@rule(
    "KJ212",
    "完成期限晚于项目结束",
    severity=Severity.ERROR,
    basis=(Citation("checker-practice"),),
    since=date(2015, 5, 21),
)
def deadline_after_end(form: Declaration) -> Iterator[Finding]:
    """Compare every deadline among the targets with the end of the plan, else of the form's year."""
    for row in form.indicators:
        impossible = _impossible_day(row.target.text)
        if impossible:
            yield Finding(row, say("“{text}”不是日期，请核对", text=impossible))
        elif form.end_date is not None:
            due = deadline_in(row.target.text, year=form.end_date.year)
            if row.target.kind is Kind.DEADLINE and due and due > form.end_date:
                message = say(
                    "“{text}”晚于计划完成日期 {end}", text=row.target.text, end=form.end_date
                )
                yield Finding(row, message)
        elif form.year is not None and row.level2 == "时效指标":
            year = _last_year_in(row.target)
            if year and year > form.year:
                message = say(
                    "“{text}”晚于申报年度 {year} 年", text=row.target.text, year=form.year
                )
                yield Finding(row, message, severity=Severity.WARNING)
        later = _later_year(row.level3 or "", form)
        if later:
            message = say("名称里的 {year} 年晚于申报年度", year=later)
            yield Finding(row, message, column="level3", severity=Severity.WARNING)


def _later_year(name: str, form: Declaration) -> int | None:
    """取得2018-2022监测资料 in a form of 2020; a school year and a heating season end in the next."""
    last = form.end_date.year if form.end_date else form.year
    years = [int(found) for found in _YEAR_IN_NAME.findall(_TITLE.sub("", name))]
    seasonal = first_in(name, ("学年", "学期", "供暖", "采暖", "供热", "春节", "规划"))
    if last is None or not years or seasonal:
        return None
    return max(years) if max(years) > last else None


_YEAR_IN_NAME = re.compile(r"(?<!\d)(20\d\d)(?=年|[-—~至]|[\u4e00-\u9fff])")
_TITLE = re.compile(r"《[^《》]{1,60}》|“[^“”]{1,60}”")
# A year with its month, day or end, in a target that says when something is done.
_LAST_DAY = re.compile(r"((?:19|20)\d\d)年?(?:底|末|年底|年末|[./-]?\d{1,2}月?)[^-—~至]{0,12}$")
_DAY = re.compile(r"(?:((?:19|20)\d\d)年)?(\d{1,2})月(\d{1,2})[日号]")
_LEAP = 2024


def _last_year_in(target: Target) -> int | None:
    if target.kind is Kind.QUANTITATIVE:
        return None  # ≤ 20500 小时 names no year
    found = _LAST_DAY.search(squeeze(target.text))
    return int(found[1]) if found else None


def _impossible_day(text: str) -> str | None:
    """11月31日 and 2023年2月29日 do not exist."""
    for found in _DAY.finditer(squeeze(text)):
        year, month, day = int(found[1] or _LEAP), int(found[2]), int(found[3])
        if not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
            return found[0]
    return None
