"""Most of what the goal says will be done has no indicator that speaks of it.

## Why

The goal promises pest control, disinfection and daily removal; the indicators count swept roads. At
the end of the year the swept roads are scored, and nobody asks for the rest.

## 为什么

目标写防治、消杀、日产日清，指标只数清扫面积；年底只考核清扫，其余答应的事没有人问。每个目标都要有相关联的指标。

## Not seen yet

Parts of the goal and indicators that say the same in other words are taken for two things; so only
goals of several parts are judged, and only when most of them are in no indicator.

## 尚未覆盖

意思相同而用词完全不同的，会看作没有对应；所以只判断分成几部分的目标，并且多半没有对应时才提示。

```form bad
项目: 农村道路养护
年度目标: 修补县道路面，疏通排水边沟，更换破损护栏，清理塌方落石，路面平整度有提高。
产出指标 / 数量指标 / 修补县道路面面积: ≥ 1.2 万平方米
产出指标 / 质量指标 / 路面平整度达标率: ≥ 95 %
产出指标 / 时效指标 / 完成时间: 11月底前
产出指标 / 成本指标 / 每平方米成本: ≤ 80 元/平方米
效益指标 / 社会效益指标 / 村民出行时间缩短比例: ≥ 20 %
```

```form good
项目: 农村道路养护
年度目标: 修补县道路面，疏通排水边沟，更换破损护栏，清理塌方落石，路面平整度有提高。
产出指标 / 数量指标 / 修补县道路面面积: ≥ 1.2 万平方米
产出指标 / 数量指标 / 疏通边沟长度: ≥ 12 公里
产出指标 / 数量指标 / 更换护栏长度: ≥ 3 公里
产出指标 / 质量指标 / 路面平整度达标率: ≥ 95 %
效益指标 / 社会效益指标 / 村民出行时间缩短比例: ≥ 20 %
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.remembering import kept_for_names
from kaoji.core.speech import say
from kaoji.rules.naming import (
    bare_name,
    content_of,
    own_name,
    pairs_of,
    without_titles_and_dates,
)
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation
from kaoji.standards.lexicons import words

_CLAUSE_END = re.compile(r"[，,。；;、\n:：]")
_SHORTEST = 5
# By what law, at whose wish: nothing that will be done.
_GROUNDS = ("根据", "按照", "依据", "按《", "为了", "为贯彻", "为落实")
# A goal of one or two parts may say in other words what one indicator says.
_FEWEST_PARTS, _MOST = 4, Decimal("0.6")
# A form of fewer rows is too short to answer to a goal; other rules ask for more rows.
_FEWEST_ROWS = 5
_NAMED = 3


@rule(
    "KJ717",
    "目标任务没有对应指标",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2015-88", "相关性审核：每个目标都有相关联的绩效指标"),),
    since=date(2015, 5, 21),
    yields_to=("KJ702", "KJ508"),
)
def task_without_indicator(form: Declaration) -> Iterator[Finding]:
    """Compare the parts of the year's goal with the names and targets of the indicators."""
    name = "annual_goal" if form.annual_goal else "overall_goal"
    goal = form.goals.get(name)
    if not goal or len(form.indicators) < _FEWEST_ROWS:
        return
    said = " ".join(
        f"{bare_name(own_name(row.level3))} {bare_name(row.target.text)}"
        for row in form.indicators
    )
    measured = pairs_of(said)
    parts = [
        part
        for part in map(str.strip, _CLAUSE_END.split(without_titles_and_dates(goal)))
        if not part.startswith(_GROUNDS) and _things_in(part)
    ]
    missing = [part for part in parts if not _things_in(part) & measured]
    if len(parts) >= _FEWEST_PARTS and Decimal(len(missing)) / len(parts) >= _MOST:
        message = say(
            "年度目标里的“{parts}”等 {count} 处没有对应的指标",
            parts="”“".join(missing[:_NAMED]),
            count=len(missing),
        )
        yield Finding(name, message, say("为每项任务各设一项指标，或从目标里删去"))


def _things_in(part: str) -> frozenset[str]:
    """What a part of a goal speaks of, without the words that every goal is made of."""
    return pairs_of(_without_common_words(part)) if len(part) >= _SHORTEST else frozenset()


@kept_for_names
def _without_common_words(part: str) -> str:
    return content_of(_COMMON.sub(" ", part))


_COMMON = re.compile(
    "|".join(
        sorted(
            {
                *words("goals", "vague_verbs"),
                *words("goals", "empty_words"),
                *words("names", "activity_verbs"),
                *words("names", "resolve_verbs"),
                *words("names", "adverbs"),
            },
            key=len,
            reverse=True,
        )
    )
)
