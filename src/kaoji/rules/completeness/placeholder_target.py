"""A target that only holds the place of a target: 待定, 计划完成数量, `/`, XX.

## Why

Whoever writes 计划完成数量 promises to do what will have been planned. Audit offices list such
void indicators among the commonest faults: they look complete and still carry points.

## 为什么

“计划完成数量”“待定”“/”等于没有填写，却占着分值。赤峰市审计局 2023 年把“空设指标”列为主要问题之一。

```form bad
项目: 农村道路养护
产出指标 / 数量指标 / 养护里程: 计划完成数量
```

```form good
项目: 农村道路养护
产出指标 / 数量指标 / 养护里程: ≥ 35 公里
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.speech import say
from kaoji.core.target import Kind, Target
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation
from kaoji.standards.lexicons import words


@rule(
    "KJ107",
    "以占位代替内容",
    severity=Severity.ERROR,
    basis=(Citation("audit-chifeng-2023"), Citation("checker-practice")),
    since=date(2015, 5, 21),
)
def placeholder_target(form: Declaration) -> Iterator[Finding]:
    """Report every name or target that is a placeholder."""
    for row in form.indicators:
        if Target.parse(row.level3).kind is Kind.PLACEHOLDER:
            message = say("指标名称“{text}”只是占位", text=row.level3)
            yield Finding(row, message, column="level3")
            continue
        if _is_whole_scale(row.target.text):
            message = say("“{text}”是等级清单，没有写要达到哪一档", text=row.target.text)
            suggestion = say("写明要达到其中哪一档，并附评分标准")
            yield Finding(row, message, suggestion, severity=Severity.WARNING)
        elif row.target.text.strip() in _SAYS_NO and "效益" in f"{row.level1}{row.level2}":
            message = say("“{text}”表明没有该项效益，建议调整或删除", text=row.target.text)
            yield Finding(row, message, severity=Severity.WARNING)
        if row.target.kind is Kind.PLACEHOLDER:
            message = say(
                "“{text}”只是占位，请填写真实的目标值；没有此项工作就删去该行",
                text=row.target.text,
            )
            yield Finding(row, message)


def _is_whole_scale(text: str) -> bool:
    """The grades of a scale, one after the other, and none of them chosen: 优、良、中、差."""
    plain = text.strip()
    if len(plain) > _LONGEST_SCALE or not _scale().fullmatch(plain):
        return False
    found = _grade().findall(plain)
    return len(found) >= _FEWEST_GRADES and found[-1] == words("goals", "scale")[-1]


@cache
def _grade() -> re.Pattern[str]:
    return re.compile("|".join(sorted(words("goals", "scale"), key=len, reverse=True)))


@cache
def _scale() -> re.Pattern[str]:
    return re.compile(rf"(?:(?:{_grade().pattern})[、/,，]?)+")


_FEWEST_GRADES, _LONGEST_SCALE = 3, 20
_SAYS_NO = {"否", "没有", "不产生", "无影响", "不影响"}
