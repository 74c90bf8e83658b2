"""A goal names a date that lies outside the plan.

## Why

A task of last year, or of the year after next, cannot be paid by this year's plan. Often it is
a sentence carried over from an older form.

## 为什么

去年的事、后年的事，都不该由今年的计划来办；多半是从旧表照搬的句子。法规名称、文号里的年份
和讲来由的句子不算。

## Not seen yet

Whether a year tells of the past or sets a task is judged by a few words in the same sentence.

## 尚未覆盖

年份是讲来由还是定任务，只凭同一句里的几个字词判断。

```form bad
项目: 农村道路养护
开始: 2023-01-01
完成: 2023-12-31
年度目标: 2022年年底确认养护路段。
```

```form good
项目: 农村道路养护
开始: 2023-01-01
完成: 2023-12-31
年度目标: 自2012年开始养护，2023年养护 35 公里。
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.speech import say
from kaoji.rules.goal_names import GOAL_NAMES
from kaoji.rules.naming import sentences_of, without_enclosed
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation
from kaoji.standards.lexicons import first_in, words

_YEAR = re.compile(r"(?<!自)(?<!从)(?<!较)(?<!比)(?<!与)(?<!同)(?<!\d)((?:19|20)\d\d)年")
_CLOSED_BY = {"《": "》", "〔": "〕", "“": "”"}


@rule(
    "KJ211",
    "目标中的时间不在计划期内",
    severity=Severity.WARNING,
    basis=(Citation("arithmetic"),),
    since=date(2015, 5, 21),
)
def goal_outside_plan(form: Declaration) -> Iterator[Finding]:
    """Look for years before the start and after the end; history and titles aside."""
    if form.annual_goal and (later := _NEXT_YEAR.search(form.annual_goal)):
        message = say("年度目标写“{later}”，不是本年度要达到的", later=later[0])
        yield Finding("annual_goal", message)
        return
    if form.start_date is None or form.end_date is None:
        return
    for name, text in form.goals.items():
        outside = _years_outside(text, form.start_date.year, form.end_date.year)
        if outside:
            message = say(
                "{goal}提到 {years} 年，计划期是 {first}—{last} 年",
                goal=GOAL_NAMES[name],
                years="、".join(outside),
                first=form.start_date.year,
                last=form.end_date.year,
            )
            yield Finding(name, message)


_NEXT_YEAR = re.compile(r"明年|下一?年度|(?<!每)次年(?!\d{0,2}月|第|[一二三四1-4]季|初|春|底)")


def _years_outside(text: str, first: int, last: int) -> list[str]:
    found: list[str] = []
    for sentence in sentences_of(without_enclosed(text, _CLOSED_BY)):
        if first_in(sentence, words("goals", "history")):
            continue
        found += [year for year in _YEAR.findall(sentence) if not first <= int(year) <= last]
    return list(dict.fromkeys(found))
