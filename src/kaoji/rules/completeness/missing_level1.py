"""A whole first-level class is missing: no output, no benefit or no satisfaction indicator.

## Why

A promise without outputs says nothing of what will be done, one without benefits nothing of
what it is good for, one without satisfaction leaves out the people it serves. The
self-evaluation gives each of them points.

## 为什么

没有产出就不知道做什么，没有效益就不知道有什么用，没有满意度就不知道服务对象怎么看；自评时三者都要计分。

## Not seen yet

Satisfaction is demanded only where the public is served directly (财预〔2021〕101号); whether a
project serves the public cannot be read from the form, so its absence is reported as a warning
that a reviewer decides upon; the absence of the other two is an error.

## 尚未覆盖

只有直接服务公众的项目才必须设满意度（财预〔2021〕101号）；表上看不出是否服务公众，所以缺了只作提醒，由审核人定；缺产出、效益是错误。

```form bad
项目: 农村道路养护
产出指标 / 数量指标 / 养护里程: ≥ 35 公里
效益指标 / 社会效益指标 / 通行时间缩短比例: ≥ 10 %
```

```form good
项目: 农村道路养护
产出指标 / 数量指标 / 养护里程: ≥ 35 公里
效益指标 / 社会效益指标 / 通行时间缩短比例: ≥ 10 %
满意度指标 / 服务对象满意度指标 / 村民满意度: ≥ 90 %
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

_REQUIRED = ("产出指标", "效益指标", "满意度指标")


@rule(
    "KJ103",
    "缺少一级指标",
    severity=Severity.ERROR,
    basis=(Citation("zhongfa-2018-34"), Citation("caiyu-2021-101")),
    since=date(2015, 5, 21),
)
def missing_level1(form: Declaration) -> Iterator[Finding]:
    """Report each required first-level class without an indicator."""
    unplaced = [row for row in form.indicators if row.level1 is None]
    missing = [level1 for level1 in _REQUIRED if not any(form.under(level1))]
    for level1 in missing:
        if len(unplaced) >= len(missing):
            message = say(
                "有 {count} 行没有一级指标，无法判断是否缺少“{level1}”",
                count=len(unplaced),
                level1=level1,
            )
            yield undecided("indicators", message)
        elif unplaced:
            message = say(
                "没有“{levels}”；未写一级指标的 {count} 行补不齐",
                levels="”“".join(missing),
                count=len(unplaced),
            )
            yield Finding("indicators", message)
            return
        else:
            message = say("没有“{level1}”，请至少设置一项", level1=level1)
            yield Finding("indicators", message, severity=_severity(level1))


def _severity(level1: str) -> Severity | None:
    """Whoever serves nobody directly needs no 满意度 (财预〔2021〕101号): a reviewer decides."""
    return Severity.WARNING if level1 == "满意度指标" else None
