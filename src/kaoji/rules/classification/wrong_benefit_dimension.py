"""A benefit under the economy that has nothing to do with money, or under ecology without nature.

## Why

Classes that are filled for the sake of being filled make the table complete and the promise
empty.

## 为什么

为了凑齐维度把社会效益写进经济、生态，表是满了，承诺是空的。

## Not seen yet

Of sustainable effects only heads are judged: how many benefit tells nothing that lasts. Economic and
ecological ones are reported only where their name speaks of people or of something else.

## 尚未覆盖

可持续影响只看是不是写成了受益人数；经济、生态效益只在名称讲的是人或别的事时才报告。

```form bad
项目: 农村道路养护
效益指标 / 生态效益指标 / 社区融合度: ≥ 90 %
```

```form good
项目: 农村道路养护
效益指标 / 社会效益指标 / 社区融合度: ≥ 90 %
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

_DIMENSIONS = {"经济效益指标": "economic", "生态效益指标": "ecological"}


_HEADS = {"人", "户", "名", "人次", "户次", "家"}


@rule(
    "KJ608",
    "效益放错了维度",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2021-101", "效益指标"),),
    since=date(2015, 5, 21),
    yields_to=("KJ607",),
)
def wrong_benefit_dimension(form: Declaration) -> Iterator[Finding]:
    """Report economic and ecological benefits without a word of their kind, and satisfaction."""
    for row in form.under("效益指标"):
        if "满意" in (row.level2 or ""):
            continue  # older forms have it there
        if "满意" in (row.level3 or ""):
            message = say("“{name}”是满意度", name=row.name)
            yield Finding(row, message, say("移到满意度指标"), column="level2")
            continue
        group = _DIMENSIONS.get(row.level2 or "")
        known = words("classes", group) if group else ()
        said = f"{row.level3}{row.target.text}"
        for other in words("classes", "other_environments") if group == "ecological" else ():
            said = said.replace(other, "")
        growing = "新增" in row.name or "增长" in row.name
        if (
            row.level2 == "可持续影响指标"
            and not growing
            and (row.target.unit in _HEADS or (row.target.unit == "个" and "受益" in row.name))
        ):
            message = say("“{text}”是受益数量，未体现可持续影响", text=row.target.text)
            yield Finding(row, message, say("移到社会效益指标，或换一项"), column="level2")
        if (
            group
            and not first_in(said, known)
            and first_in(row.level3, words("classes", "social"))
        ):
            message = say("“{name}”未体现{kind}的内容", name=row.name, kind=row.level2)
            yield Finding(row, message, say("移到社会效益指标，或换一项"), column="level2")
