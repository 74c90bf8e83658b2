"""The second level belongs to another first level.

## Why

经济效益指标 under 产出指标: nobody knows to which the points belong, and the class it should stand in
is short of one.

## 为什么

产出指标下面列“经济效益指标”，分值算在哪一类说不清，应在的那一类又少了一项。

```form bad
项目: 农村道路养护
产出指标 / 数量指标 / 养护里程: ≥ 35 公里
产出指标 / 经济效益指标 / 运输成本下降率: ≥ 5 %
```

```form good
项目: 农村道路养护
产出指标 / 数量指标 / 养护里程: ≥ 35 公里
效益指标 / 经济效益指标 / 运输成本下降率: ≥ 5 %
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Correction, Finding, Severity
from kaoji.core.speech import say
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation

# 成本 stands under 产出 or by itself, 满意度 in older forms under 效益: both are as their year has it.
_BELONGS = {
    "数量指标": "产出指标",
    "质量指标": "产出指标",
    "时效指标": "产出指标",
    "经济效益指标": "效益指标",
    "社会效益指标": "效益指标",
    "生态效益指标": "效益指标",
    "可持续影响指标": "效益指标",
}


@rule(
    "KJ613",
    "二级指标不属于一级指标",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2021-101", "指标分类"),),
    since=date(2015, 5, 21),
)
def foreign_second_level(form: Declaration) -> Iterator[Finding]:
    """Compare the first level of each row with the one that its second level belongs to."""
    for row in form.indicators:
        due = _BELONGS.get(row.level2 or "")
        if due and row.level1 and row.level1 != due:
            message = say(
                "“{level2}”属于{due}，这里写在{level1}下",
                level2=row.level2,
                due=due,
                level1=row.level1,
            )
            move = Correction(row.at("level1"), due)
            suggestion = say("核对该行的一级、二级指标")
            yield Finding(row, message, suggestion, column="level1", corrections=(move,))
