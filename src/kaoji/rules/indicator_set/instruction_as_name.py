"""The name tells somebody to do something instead of naming a measure.

## Why

提升居民满意度 is an order; 居民满意度 is a measure. An order cannot be compared with anything at the end
of the year.

## 为什么

“提升居民满意度”是要求，“居民满意度”才是可以测的量；要求到年底没有东西可比。

## Not seen yet

Sentences that do not begin with a verb (社会组织提供更好服务).

## 尚未覆盖

不以动词开头的陈述句（社会组织提供更好服务）看不出来。

```form bad
项目: 农村道路养护
产出指标 / 数量指标 / 完成道路养护: = 35 公里
```

```form good
项目: 农村道路养护
产出指标 / 数量指标 / 养护里程: = 35 公里
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Correction, Finding, Severity
from kaoji.core.indicator import Indicator
from kaoji.core.speech import say
from kaoji.core.width import squeeze
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation
from kaoji.standards.lexicons import words


@rule(
    "KJ405",
    "名称是要求，不是量",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2021-101", "指标名称"),),
    since=date(2015, 5, 21),
)
def instruction_as_name(form: Declaration) -> Iterator[Finding]:
    """Report names that begin with a verb or a manner and end in no measure."""
    for row in form.indicators:
        name = squeeze(row.level3 or "")
        verb = _leading(name)
        if verb:
            message = say("“{name}”以“{verb}”开头，是要求不是量", name=row.name, verb=verb)
            choices = tuple(_measures(row, name, verb))
            suggestion = say("改为可以测的量的名称")
            yield Finding(row, message, suggestion, column="level3", corrections=choices)


def _measures(row: Indicator, name: str, verb: str) -> Iterator[Correction]:
    """The name without its verb, where a measure is left: 提升居民满意度 → 居民满意度."""
    rest = name.removeprefix(verb)
    if rest.endswith(words("names", "measure_endings")):
        yield Correction(row.at("level3"), rest)


def _leading(name: str) -> str | None:
    resolve = _begins_with(name, words("names", "resolve_verbs"))
    if resolve and not name.endswith(words("names", "count_endings")):
        return resolve
    doing = _begins_with(name, words("names", "activity_verbs"))
    doing = doing or _begins_with(name, words("names", "manner_words"))
    if doing and not name.endswith(words("names", "measure_endings")):
        return doing
    return None


def _begins_with(name: str, candidates: tuple[str, ...]) -> str | None:
    return next((word for word in candidates if name.startswith(word)), None)
