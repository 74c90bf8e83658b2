"""A number without a unit, or with one that its name contradicts.

## Why

投诉率 = 0 个: a rate is not counted in pieces. 投诉数 = 0 without a unit can only be guessed.
What is compared at the end of the year must be of the same kind.

## 为什么

“投诉率 = 0个”，率不论个；“投诉数 = 0”没有单位只能猜。年底要拿同样单位的数来比。

## Not seen yet

Names that end in 度 other than 满意度 may be measured in anything (看护强度 in hours), so their
units are not judged; neither are names that say two measures at once.

## 尚未覆盖

除“满意度”外，以“度”结尾的名称可以用任何单位（看护强度用小时），不作判断；一个名称里写了两个量的也不判断。

```form bad
项目: 农村道路养护
产出指标 / 质量指标 / 验收合格率: ≥ 95 个
产出指标 / 数量指标 / 修补桥梁: = 3
```

```form good
项目: 农村道路养护
产出指标 / 质量指标 / 验收合格率: ≥ 95 %
产出指标 / 数量指标 / 修补桥梁: = 3 座
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.speech import say
from kaoji.core.target import Kind
from kaoji.rules.naming import own_name
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation
from kaoji.standards.lexicons import first_in

_PERCENTAGES = ("率", "满意度", "比例", "占比")
_UNITS_OF_RATES = {"%", "‰", "倍", "成"}


@rule(
    "KJ309",
    "计量单位缺失或矛盾",
    severity=Severity.ERROR,
    basis=(Citation("checker-practice"),),
    since=date(2015, 5, 21),
)
def unit_contradicts_name(form: Declaration) -> Iterator[Finding]:
    """Report bare numbers, rates that are counted in pieces, and money without 元."""
    for row in form.indicators:
        unit = row.target.unit
        if row.target.kind is not Kind.QUANTITATIVE:
            continue
        if unit is None:
            if not _UNIT_IN_NAME.search(row.name):
                message = say("“{text}”没有计量单位", text=row.target.text)
                yield Finding(row, message)
        elif _is_share(own_name(row.level3)) and unit not in _UNITS_OF_RATES:
            message = say("“{name}”的单位应是 %，不是“{unit}”", name=row.name, unit=unit)
            yield Finding(row, message)
        elif unit.split("/")[0] in _MULTIPLES:
            of_money = "成本" in f"{row.level1}{row.level2}" or first_in(row.name, _OF_MONEY)
            message = (
                say("“{text}”的单位缺“元”", text=row.target.text)
                if of_money
                else say("“{text}”没有写完计量单位", text=row.target.text)
            )
            yield Finding(row, message, severity=Severity.HINT)
        elif unit == "人次" and row.name.endswith("人数"):
            message = say("名称是“人数”，单位是“人次”，两者不同")
            yield Finding(row, message, severity=Severity.WARNING)


# The unit may stand behind the name: 修建作业道长度(公里).
_UNIT_IN_NAME = re.compile(
    r"[(（][^()（）\d*]{1,6}[)）]\s*$|[(（][≥≤=<>＝＞＜]?\*+[^()（）]{1,4}[)）]$"
)
_OF_MONEY = ("资金", "经费", "金额", "费", "收入", "产值", "投资", "成本", "额")
_MULTIPLES = {"万", "亿", "千", "百万", "千万"}

# These end in 率 and are no shares.
_NO_SHARES = ("分辨率", "频率", "功率", "汇率", "速率", "容积率", "利率", "倍率", "效率")


def _is_share(name: str) -> bool:
    return name.endswith(_PERCENTAGES) and not name.endswith(_NO_SHARES)
