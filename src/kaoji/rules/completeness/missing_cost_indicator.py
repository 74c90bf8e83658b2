"""No indicator says what the result may cost.

## Why

Since 2018 targets must carry outputs *and cost*; since 2021 construction, major repair and
purchase projects must set a cost indicator, so for them it is an error. Whether a project is
one of these is judged by words in its name, listed with their source.

## 为什么

2018 年起绩效目标要包括成本；2021 年起工程基建、大型修缮、购置类项目必须设置成本指标，对这些项目按错误处理。
项目类型按名称中的字词判断，字词表注明出处。

```form bad
项目: 农村道路养护
产出指标 / 数量指标 / 养护里程: ≥ 35 公里
```

```form good
项目: 农村道路养护
产出指标 / 数量指标 / 养护里程: ≥ 35 公里
产出指标 / 成本指标 / 每公里养护成本: ≤ 3 万元
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.speech import say
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation
from kaoji.standards.lexicons import cost_bound_words


@rule(
    "KJ105",
    "缺少成本指标",
    severity=Severity.WARNING,
    basis=(Citation("zhongfa-2018-34"), Citation("caiyu-2021-101")),
    since=date(2018, 9, 1),
)
def missing_cost_indicator(form: Declaration) -> Iterator[Finding]:
    """Report a form without a cost indicator; an error where the law demands one."""
    if not form.indicators or any(
        "成本" in f"{row.level1}{row.level2}" for row in form.indicators
    ):
        return
    word = next(
        (word for word in cost_bound_words() if word in (form.project_name or "")), None
    )
    if word:
        message = say("没有成本指标；名称含“{word}”的项目必须设置", word=word)
        yield Finding("indicators", message, severity=Severity.ERROR)
    else:
        yield Finding("indicators", say("没有成本指标，请写明单位成本或总成本控制数"))
