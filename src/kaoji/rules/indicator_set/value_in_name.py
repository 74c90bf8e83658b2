"""The name of the indicator already holds the target.

## Why

预算执行率90%以上: ≥90% says it twice; when one of the two is changed, they contradict each other.

## 为什么

名称写“90%以上”，值再写一遍；改了一处忘了另一处，就互相矛盾。名称只写量的名字。

## Not seen yet

Targets in words inside a name (在春节前, 全覆盖, 一个). Numbers that say who or where
(80至89岁, 6个月以上, 24小时自助) are no targets.

## 尚未覆盖

名称里用文字写的目标（在春节前、全覆盖、一个）看不出来；说明对象和范围的数（80至89岁、6个月以上）不算。

```form bad
项目: 农村道路养护
产出指标 / 质量指标 / 验收合格率95%以上: ≥ 95 %
```

```form good
项目: 农村道路养护
产出指标 / 质量指标 / 验收合格率: ≥ 95 %
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
from kaoji.rules.naming import own_name
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation
from kaoji.standards.lexicons import words

_UNITS = (
    "[%％]|[万亿]?(?:个|次|场|人次|人|户|家|期|元|天|名|项|篇|套|份|本|台|件|辆|座|所|处|条|只|头|株|棵|盏|块|公里|千米|"
    "平方公里|平方米|平米|米|亩|公顷|吨|公斤|小时|部|间|栋|册|批|组|村|班|立方米|千瓦|幢|孔|眼|口|羽|尾|宗|例|床|支|幅|片|学时|课时)"
)
_VALUE = re.compile(
    rf"(?<![\dA-Za-z第〔\[])\d++(?:\.\d++)?+\s*+[余多]?(?:{_UNITS})(?!月|门|以上[\u4e00-\u9fff]|自助|值班|马拉松|指标|制|服务热线|以上老|及以上|级|内|人间|期间|期工程|(?<=\d米)[\u4e00-\u9fff])"
)
# 80至89岁, 1-6年级 and 3公里内 say who or where, not how much.
_WHO = re.compile(r"(?<!\d)\d++(?:[-—~～至到]\d++)?(?:周?岁|年级)")
_DONE = re.compile(
    r"(?:(?:19|20)\d\d年|[上下]半年|\d{1,2}月).{0,12}(?:完工|完成|投入使用|竣工)$"
    r"|[上下]半年(?:完成|建成)|^\d{1,2}年$"
)

# 验收合格率（95%以上）: the bracket holds the target, not a unit or a mark of the template.
_IN_BRACKET = re.compile(
    rf"[(（][≥≤]?\d++(?:\.\d++)?+(?:[%％][^()（）*]{{0,4}}|(?:{_UNITS}))[)）]\s*$"
)


@rule(
    "KJ404",
    "名称里写了目标值",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2021-101", "指标名称"),),
    since=date(2015, 5, 21),
)
def value_in_name(form: Declaration) -> Iterator[Finding]:
    """Report numbers with a unit inside names."""
    for row in form.indicators:
        name = own_name(row.level3)
        found = (
            _VALUE.search(_WHO.sub("", name))
            or _DONE.search(name)
            or _IN_BRACKET.search(row.level3 or "")
            or _told_in_words(name)
        )
        if found and not _says_which(row, name, found):
            message = say("名称里的“{value}”应写在指标值", value=found[0])
            yield Finding(row, message, column="level3")


def _told_in_words(name: str) -> re.Match[str] | None:
    """90%以上群众满意, 购置三套设备, 10月底完成验收; 一次验收合格率 and 24小时内报告率 are measures."""
    if name.endswith(words("names", "measure_endings")):
        return None
    return _SHARE.search(name) or _NUMERAL.search(name) or _BY_WHEN.search(name)


_SHARE = re.compile(r"\d[%％](?:及?以上|以下)")
_NUMERAL = re.compile(
    r"(?<![第其每同统单万千百十一二三四五六七八九])(?:两|[一二三四五六七八九十]{1,3})"
    r"(?:场|套|台|辆|座|条(?!龙|线)|名|部|间|份|本(?!账)|所|个(?=[一-鿿]{1,6}(?:器|机|仪|村|点|站|馆|系统|平台)))"
)
_BY_WHEN = re.compile(
    r"^(?:\d{1,2}月|第?[一二三四1-4]季度)[底初末前]?.{0,4}完成|^\d{1,3}(?:个?工作)?(?:日|天|小时)内(?:办|完|答|处|拨|发|响)"
)


def _says_which(row: Indicator, name: str, found: re.Match[str]) -> bool:
    """24小时预报准确率 ≥ 88 %, 产妇7天访视数 = 214人: the number tells which, the target how much."""
    rest = name[found.end() :] if found.string == _WHO.sub("", name) else ""
    other = row.target.unit is not None and not found[0].endswith(row.target.unit)
    return (
        len(rest) > 1
        and other
        and _OF_TIME.search(found[0]) is not None
        and rest.endswith(words("names", "measure_endings"))
    )


_OF_TIME = re.compile(r"(?:小时|天)$")
