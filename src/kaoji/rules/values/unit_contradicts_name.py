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
from kaoji.core.indicator import Indicator
from kaoji.core.speech import Sentence, say
from kaoji.core.target import Kind
from kaoji.rules.naming import own_name
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation
from kaoji.standards.lexicons import first_in, units_by_ending

_PERCENTAGES = ("率", "满意度", "比例", "占比")
_UNITS_OF_RATES = {"%", "‰", "倍", "成", "每十万"}


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
                yield Finding(row, message, severity=Severity.WARNING)
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
        else:
            yield from _of_another_kind(row, own_name(row.level3), unit)


def _of_another_kind(row: Indicator, name: str, unit: str) -> Iterator[Finding]:
    """人数 in 人次, people in 个, an area in ‰, goods by the year, a standard that says of what."""
    message = _of_people(row, name, unit) or _of_amounts(row, name, unit)
    if message:
        yield Finding(row, message, severity=Severity.WARNING)


def _of_people(row: Indicator, name: str, unit: str) -> Sentence | None:
    if unit == "人次" and name.endswith("人数"):
        return say("名称是“人数”，单位是“人次”，两者不同")
    if unit in {"人", "名"} and name.endswith("人次"):
        return say("名称是“人次”，单位是“{unit}”，两者不同", unit=unit)
    if unit == "个" and (name.endswith(_PEOPLE) or _SO_MANY.search(name)):
        return say("“{name}”数的是人，单位不应是“个”", name=row.name)
    return None


def _of_amounts(row: Indicator, name: str, unit: str) -> Sentence | None:
    if unit in {"%", "‰"} and name.endswith(_AMOUNTS) and not _tells_of_change(row):
        return say("“{name}”是绝对数，单位不应是“{unit}”", name=row.name, unit=unit)
    due = _unit_due(name, unit)
    if due:
        return say("“{name}”的单位应是{due}，不是“{unit}”", name=row.name, due=due, unit=unit)
    if unit == "年" and row.level2 == "数量指标" and not _TIME.search(name):
        return say("“{name}”不以“年”计量", name=row.name)
    if unit in _PLAIN_MONEY and name.endswith("标准") and not _EACH.search(name):
        return say("“{text}”没有写明每人、每户还是每公里", text=row.target.text)
    return None


def _unit_due(name: str, unit: str) -> str | None:
    """What an area, a length, a number of people is counted in, where the unit is of another kind."""
    plain = re.split(r"[/·.、每]", unit)[0].lstrip("十百千万亿")
    plain = plain if plain == "个" else plain.removeprefix("个")
    for ending, usual in units_by_ending().items():
        if name.endswith(ending):
            known = {*usual, *(word.removeprefix("个") for word in usual)}
            return "" if plain in known | {"", "%", "‰"} else "或".join(usual[:2])
    return None


def _tells_of_change(row: Indicator) -> bool:
    """社会消费品零售额 较上年增长 5 %; a percentage among the quantities is KJ601's."""
    said = f"{row.level3}{row.target.text}"
    return row.level2 == "数量指标" or bool(first_in(said, _CHANGES))


_PEOPLE = (
    "人数",
    "人员",
    "干部",
    "学生",
    "教师",
    "职工",
    "群众",
    "村民",
    "队员",
    "志愿者",
    "护林员",
    "保洁员",
)
_SO_MANY = re.compile(r"\d[人名]$")
_AMOUNTS = (
    "人数",
    "户数",
    "面积",
    "里程",
    "长度",
    "次数",
    "数量",
    "总额",
    "零售额",
    "产量",
    "时长",
    "天数",
)
_CHANGES = (
    "增",
    "减",
    "降",
    "升",
    "提高",
    "扩大",
    "缩",
    "变化",
    "变动",
    "节",
    "较",
    "比",
    "占",
    "控制",
    "达",
)
_TIME = re.compile(r"[年期]|时间|时长|服务|租")
_PLAIN_MONEY = {"元", "万元"}
_EACH = re.compile(r"[每人均户亩/单]|总")

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
