"""A project against pollution or for nature promises no ecological benefit.

## Why

Spraying water against dust, clearing refuse or planting trees is paid for because the air, the
water or the land gets better. A table that only tells of people's opinion leaves out what the
money is for.

## 为什么

降尘、治污、清运垃圾、植树造林的钱，为的是空气、水、土地变好。效益里没有生态效益，最要紧的结果就没有人量
（财预〔2015〕88号相关性审核）。

## Not seen yet

Only the project's name is looked at. Which benefit other fields owe is not on record.

## 尚未覆盖

只看项目名称；其他领域应有哪一类效益没有收录。

```form bad
项目: 城区降尘抑尘服务
产出指标 / 数量指标 / 洒水作业里程: ≥ 8000 公里
效益指标 / 社会效益指标 / 市民投诉件数: ≤ 20 件
```

```form good
项目: 城区降尘抑尘服务
产出指标 / 数量指标 / 洒水作业里程: ≥ 8000 公里
效益指标 / 生态效益指标 / PM10年均浓度: ≤ 65 微克/立方米
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
from kaoji.standards.lexicons import first_in, words


@rule(
    "KJ114",
    "环境类项目没有生态效益",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2015-88", "相关性审核"), Citation("caiyu-2021-101", "效益指标")),
    since=date(2015, 5, 21),
)
def missing_ecological_benefit(form: Declaration) -> Iterator[Finding]:
    """Look for an ecological benefit where the project's name speaks of nature or pollution."""
    word = first_in(form.project_name, words("classes", "for_nature"))
    benefits = list(form.under("效益指标"))
    if not word or not benefits or any(row.level2 is None for row in benefits):
        return  # that there is no benefit at all, KJ103 says
    told = any(
        "生态" in (row.level2 or "")
        or first_in(f"{row.level3}{row.target.text}", words("classes", "ecological"))
        for row in benefits
    )
    if not told:
        message = say("项目讲“{word}”，效益里没有生态效益", word=word)
        yield Finding(
            "indicators", message, say("补一项生态效益，例如污染物浓度、减排量、成活率")
        )
