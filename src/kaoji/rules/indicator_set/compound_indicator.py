"""One indicator holds several measures.

## Why

规范性、及时性满意度 = 90 %: when one is met and the other is not, nobody can score it.

## 为什么

“规范性、及时性”合在一项里，一个做到一个没做到，就没法打分。一项指标只写一个量。

## Not seen yet

Whether two activities are one piece of work is judged by a few words: two clauses are two measures,
three listed devices are; one work on two things (道路、桥梁养护) is one.

## 尚未覆盖

两件事算不算一件，只凭几个字词判断：两个分句、并列的三样设备算几个量；一项工作做在两样东西上（道路、桥梁养护）算一个。

```form bad
项目: 农村道路养护
产出指标 / 质量指标 / 养护规范性、及时性: ≥ 90 %
```

```form good
项目: 农村道路养护
产出指标 / 质量指标 / 养护规范率: ≥ 90 %
产出指标 / 时效指标 / 养护及时率: ≥ 90 %
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.speech import say
from kaoji.rules.naming import own_name
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation
from kaoji.standards.lexicons import first_in, words

_MEASURE = r"(?:[\u4e00-\u9fff]{1,8}(?:性|率|度))"
_SEVERAL_MEASURES = re.compile(rf"{_MEASURE}(?:[、和及与]{_MEASURE})+")
# 经济、环境等方面可持续发展: one name for several sides.
_SIDES = re.compile(r"等(?:各?方面|各?领域|各方)")
_AMOUNT = re.compile(r"(?<!\d)\d++\s*+[\u4e00-\u9fff]")
_SPAN = re.compile(
    r"(?<!\d)\d++(?:周岁|岁|年级|年|月|日|人)?[-—~～至到]\d++(?:周岁|岁|年级|年|月|日|人)?"
)
_DATE = re.compile(r"(?:19|20)\d\d年(?:度|\d{1,2}月(?:\d{1,2}[日号])?)?")
_CLAUSES = re.compile(r"[，,；;。]")
_LISTED = re.compile(r"[、/]")
_TWO_TARGETS = re.compile(
    r"(?<![\d.])\.*+\d[\d.]*+\s*+[万亿]?[\u4e00-\u9fff]{1,3}[、,，]\s*+[约不≥≤]*+\d"
)
_PARTS = re.compile(r"[、，,]|以及|及|和")
_ENDS_IN_ONE_MEASURE = ("率", "性", "度", "数", "人次", "次数")


@rule(
    "KJ406",
    "一项指标写了几个量",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2021-101", "指标名称"),),
    since=date(2015, 5, 21),
)
def compound_indicator(form: Declaration) -> Iterator[Finding]:
    """Report names that join measures, amounts or activities."""
    for row in form.indicators:
        joined = _joined_in(row.level3 or "")
        if joined:
            message = say("“{joined}”含有几个量，建议分设指标", joined=joined)
            yield Finding(row, message, column="level3")
        elif _TWO_TARGETS.search(row.target.text) or _lists_amounts(row.target.text):
            message = say("“{text}”含有几个目标值，建议分设指标", text=row.target.text)
            yield Finding(row, message)


def _lists_amounts(text: str) -> bool:
    """建筑面积2.6万平方米,展示面积1万平方米: two things, each with a number of its own."""
    parts = _LIST_OF_AMOUNTS.split(text)
    named = [found for part in parts if (found := _NAMED_AMOUNT.match(part.strip()))]
    return len(named) == len(parts) > 1 and len({found["what"] for found in named}) > 1


_LIST_OF_AMOUNTS = re.compile(r"[,，;；、]")
_NAMED_AMOUNT = re.compile(
    r"(?P<what>(?!第|每|其中|约|达|不|至少|超过)[\u4e00-\u9fff]{2,12})[≥≤>=<]*\d[\d.]*[万亿]?[\u4e00-\u9fff%]{1,4}$"
)


def _joined_in(full: str) -> str | None:
    name = own_name(full)
    measures = _SEVERAL_MEASURES.search(name)
    if measures:
        return measures[0]
    if "、" in name and _SIDES.search(name):
        return full
    if len(_AMOUNT.findall(_SPAN.sub("", _DATE.sub("", name)))) > 1:
        return full
    clauses = [part for part in _CLAUSES.split(name) if len(part) >= _SHORTEST_CLAUSE]
    if len(clauses) > 1 and not (_only_limits(clauses[0]) or clauses[1].startswith(_RESULT)):
        return full
    parts = [part for part in _PARTS.split(name) if part]
    if sum(map(_is_work, parts)) > 1 and not name.endswith(_OF_ALL):
        return full
    active = [part for part in parts if first_in(part, words("names", "activities"))]
    if name.endswith(("次数", "场次")) and len(active) > 1:
        return full  # 调研、检查次数: nobody knows how many of which
    if name.endswith(_ENDS_IN_ONE_MEASURE):
        return None
    return full if len(active) > 1 or _lists_things(name) else None


def _is_work(part: str) -> bool:
    """维修改造 and 设备购置 are two works; what they cost, or what people think of both, is one thing."""
    return bool(first_in(part, _WORKS))


_WORKS = (
    "建设",
    "购置",
    "采购",
    "安装",
    "改造",
    "维修",
    "修缮",
    "修建",
    "抚育",
    "清淤",
    "绿化养护",
    "管护",
)
_OF_ALL = (
    "满意度",
    "满意率",
    "费",
    "费用",
    "成本",
    "经费",
    "投资",
    "资金",
    "人员",
    "单位",
    "企业",
    "制度",
)


def _only_limits(clause: str) -> bool:
    """服务周期内，市民满意程度: the first part only says when, where or by what."""
    return clause.endswith(_LIMITS_END) or clause.startswith(_LIMITS_BEGIN)


def _lists_things(name: str) -> bool:
    """声光报警、紧急按钮、指示灯; not 孤儿、困境儿童生活费审批, whose list only says for whom."""
    things = [part for part in _LISTED.split(name) if part]
    if len(things) < 2 or "的" in name or name.endswith(words("names", "measure_endings")):
        return False
    *first, last = map(len, things)
    alike = min(first) > 1 and last <= max(first) + _MUCH_LONGER
    return alike and not (len(things) == _TWO and name.endswith(_ONE_WORK))


_SHORTEST_CLAUSE = 4
_MUCH_LONGER, _TWO = 2, 2
# 道路、桥梁养护 is one work on two things.
_ONE_WORK = (
    "养护",
    "采购",
    "购置",
    "检测",
    "维修",
    "维护",
    "管护",
    "建设",
    "改造",
    "清扫",
    "安装",
    "运维",
    "整治",
)
_RESULT = ("让", "使群", "使居", "使服", "使农", "确保")
_LIMITS_END = ("内", "中", "后", "前", "时", "期间", "下", "上")
_LIMITS_BEGIN = ("按", "根据", "通过", "对", "结合", "依据", "以")
