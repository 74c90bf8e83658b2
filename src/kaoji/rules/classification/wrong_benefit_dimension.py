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

import re
from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.indicator import Indicator
from kaoji.core.speech import say
from kaoji.core.target import Kind
from kaoji.rules.naming import own_name
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation
from kaoji.standards.lexicons import first_in, words

_DIMENSIONS = {"经济效益指标": "economic", "生态效益指标": "ecological"}


_HEADS = {"人", "户", "名", "人次", "户次", "家", "个"}
_GAINING = ("受益", "惠及", "受惠", "服务人", "租户", "受助", "受众")


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
        if _only_reaches(row):
            message = say("“{text}”是受益数量，未体现可持续影响", text=row.target.text)
            yield Finding(row, message, say("移到社会效益指标，或换一项"), column="level2")
        if _said_of_another(row):
            message = say("“{name}”讲的是经济效益", name=row.name)
            yield Finding(row, message, say("移到经济效益指标"), column="level2")
        elif row.level2 == "社会效益指标" and _speaks_of_nature(row.level3 or ""):
            message = say("“{name}”讲的是生态效益", name=row.name)
            yield Finding(row, message, say("移到生态效益指标"), column="level2")
        elif _lacks_its_kind(row) and _is_of_people(row):
            message = say("“{name}”未体现{kind}的内容", name=row.name, kind=row.level2)
            yield Finding(row, message, say("移到社会效益指标，或换一项"), column="level2")


def _only_reaches(row: Indicator) -> bool:
    """受益租户数 ≥ 800 among the lasting effects tells whom it reaches, not what lasts."""
    gained = first_in(row.name, _GAINING) and "新增" not in row.name
    return row.level2 == "可持续影响指标" and bool(gained) and row.target.unit in _HEADS


def _lacks_its_kind(row: Indicator) -> bool:
    """No word of money in an economic benefit, none of nature in an ecological one."""
    group = _DIMENSIONS.get(row.level2 or "")
    said = f"{row.level3}{row.target.text}"
    for other in words("classes", "other_environments") if group == "ecological" else ():
        said = said.replace(other, "")
    return group is not None and not first_in(said, words("classes", group))


def _said_of_another(row: Indicator) -> bool:
    """Income among social benefits, cost among ecological ones."""
    said = f"{row.level3}{row.target.text}"
    if row.level2 == "社会效益指标":
        return bool(_INCOME.search(said) or _RUNNING_COSTS.search(row.level3 or ""))
    return (
        row.level2 == "生态效益指标"
        and bool(first_in(row.level3, _COSTS))
        and not first_in(said, words("classes", "ecological"))
    )


def _is_of_people(row: Indicator) -> bool:
    """A word of society, or only words about an office's affairs: 保障机构正常运行的影响程度：效果明显.

    What is measured under a name that the lexicons do not know may be of its kind all the same.
    """
    in_words = not row.target.measurable and row.target.kind is not Kind.BLANK
    of_state = in_words or own_name(row.level3).endswith("情况")
    return bool(
        first_in(row.level3, words("classes", "social"))
        or (of_state and first_in(row.level3, words("classes", "affairs")))
    )


def _speaks_of_nature(name: str) -> bool:
    """环境治理率, 污染物减排量; 人居环境 and what people do with it is social."""
    return bool(first_in(name, words("classes", "nature_alone"))) and not first_in(
        name, words("classes", "nature_of_people")
    )


# 农民增收 is money; 低收入群众就业人数 is not.
_INCOME = re.compile(
    r"(?:增加|提高|促进|带动|实现)?(?:村民|农民|农户|群众|居民|企业|集体|贫困户|脱贫户)?(?:增收|收入(?:增加|提高|增长|水平))|(?:增加|提高)[\u4e00-\u9fff]{2,6}收入|产值|利润|税收"
)
# What it costs to run things, and that it falls; 减轻患者费用负担 is felt by people.
_RUNNING_COSTS = re.compile(
    r"(?:维修|维护|运行|运营|运维|管理|采购|生产|人工|能源|用电|用水)[\u4e00-\u9fff]{0,3}(?:费用?|成本|支出)"
    r"(?:支出|减少率?|降低率?|下降率?|节约率?|节省)?$"
)
_COSTS = ("成本", "费用", "收入", "投资", "产值", "利润")
