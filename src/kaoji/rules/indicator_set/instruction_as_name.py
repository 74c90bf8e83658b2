"""The name tells somebody to do something instead of naming a measure.

## Why

提升居民满意度 is an order; 居民满意度 is a measure. An order cannot be compared with anything at the end
of the year.

## 为什么

“提升居民满意度”是要求，“居民满意度”才是可以测的量；要求到年底没有东西可比。

## Not seen yet

Sentences with their verb in the middle (社会组织提供更好服务).

## 尚未覆盖

动词在中间的陈述句（社会组织提供更好服务）看不出来。

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

import re
from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Correction, Finding, Severity
from kaoji.core.indicator import Indicator
from kaoji.core.speech import say
from kaoji.core.target import Kind
from kaoji.rules.naming import own_name
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
    """Report names that begin like a task, or end like a sentence, and end in no measure."""
    for row in form.indicators:
        name = own_name(row.level3)
        verb = _leading(name) or _ordered(row, name)
        if verb:
            message = say("“{name}”是工作要求，未体现计量内容", name=row.name)
            choices = tuple(_measures(row, name, verb))
            suggestion = (
                say("建议调整为：{name}", name=choices[0].text)
                if choices
                else say("改为可以测的量的名称")
            )
            yield Finding(row, message, suggestion, column="level3", corrections=choices)
        elif _is_statement(row, name):
            message = say("“{name}”是一句陈述，未体现计量内容", name=row.name)
            suggestion = say("改为可以测的量的名称")
            yield Finding(row, message, suggestion, column="level3")


def _measures(row: Indicator, name: str, verb: str) -> Iterator[Correction]:
    """What may be measured instead: 提升居民满意度 → 居民满意度, 改造实验室（2间）→ 改造实验室间数."""
    rest = name.removeprefix(verb)
    if _CLAUSE.search(name):
        return  # several things are told: no single name says them
    of_change = verb in _CHANGES and row.target.unit not in {None, "%"}
    says_how = verb in words(
        "names", "manner_words"
    )  # 根据资金到位时间执行进度 names no measure
    if (
        verb != _QUESTION
        and not says_how
        and not of_change
        and rest.endswith(words("names", "measure_endings"))
    ):
        yield Correction(row.at("level3"), rest)
    counted = _COUNTS.get(row.target.unit or "")
    if (
        counted
        and len(name) <= _LONGEST_COUNTED
        and not verb.startswith(_PAYING)
        and verb in words("names", "activity_verbs")
    ):
        yield Correction(row.at("level3"), f"{name}{counted}")


# 增加农民收入 ≥ 200 元 is not 农民收入 ≥ 200 元.
_CHANGES = ("增加", "提高", "提升", "减轻", "减少", "降低", "增强")
# How a thing done is named by what is counted.
_COUNTS = {
    "人": "人数", "名": "人数", "户": "户数", "人次": "人次", "次": "次数", "场": "场次", "期": "期数", "个": "数量", "家": "数量",
    "台": "数量", "套": "数量", "座": "数量", "件": "数量", "份": "份数", "篇": "篇数", "条": "条数", "间": "间数", "公里": "里程",
    "米": "长度", "亩": "面积", "万亩": "面积", "平方米": "面积", "公顷": "面积",
}  # fmt: skip
_LONGEST_COUNTED = 14
_PAYING = ("下拨", "拨付", "发放", "支付")


def _leading(name: str) -> str | None:
    """The word of command at the beginning of the name, or of its first clause."""
    if _QUESTION in name:
        return _QUESTION
    plain = _without_adverb(_DATE_BEFORE.sub("", name))
    return _order_in(plain) or _order_in(_CLAUSE.split(plain)[0])


# 上半年完成宣传片制作 is an order as 完成宣传片制作 is.
_DATE_BEFORE = re.compile(
    r"^(?:(?:19|20)\d\d年(?:度)?|当年|本年度?|全年|[上下]半年|第?[一二三四1-4]季度|\d{1,2}月(?:份|底前?|末前?|前)?|年[底末]前?)+(?=[\u4e00-\u9fff]{4})"
)


def _without_adverb(name: str) -> str:
    """扎实推进乡村振兴 begins with a verb; 有效投诉件数 does not."""
    adverb = _begins_with(name, words("names", "adverbs"))
    rest = name.removeprefix(adverb) if adverb else ""
    verbs = (*words("names", "resolve_verbs"), *words("names", "activity_verbs"))
    return rest if rest.startswith(verbs) else name


def _ordered(row: Indicator, name: str) -> str | None:
    """提升满意度：显著 is an order, 提升幅度 ≥ 5 % a measure; 数据必须合格, 为发展提供支撑 are orders."""
    found = _MUST.search(name)
    if found:
        return found[1]
    in_words = row.target.kind in {Kind.QUALITATIVE, Kind.SENTENCE}
    changing = _begins_with(name, _CHANGED) if in_words else None
    return (
        changing if changing and not name.endswith(("幅度", "情况", "程度", "期限")) else None
    )


_MUST = re.compile(r"(必须|务必|^为(?!了).{2,14}(?:提供|打下|奠定|创造|营造|贡献))")
_CHANGED = ("提高", "提升", "增加", "增强", "降低", "减少", "改善", "促进", "推动", "加强")


def _order_in(name: str) -> str | None:
    resolve = _begins_with(name, words("names", "resolve_verbs"))
    counted = name.endswith((*words("names", "count_endings"), "增加值"))
    if resolve and (not counted or name.endswith("效率")):
        return resolve
    doing = _begins_with(name, words("names", "activity_verbs"))
    if doing and (_WHO.match(name) or _is_part_of_noun(name, doing)):
        return None  # 符合条件的困难残疾人 are people, 保障性住房 are homes
    is_cost = name.startswith(_KINDS_OF_COST) and name.endswith(
        words("names", "spending_endings")
    )
    ordered = _begins_with(name, _ACCORDING_TO)
    if ordered and not name.endswith(words("names", "count_endings")):
        return ordered  # 根据资金到位时间执行项目进度
    doing = doing or _begins_with(name, words("names", "manner_words"))
    if name.endswith(("性", *words("names", "measure_endings"))):
        return None  # 稳定性, 培养人数
    if doing and not is_cost:
        return doing
    return None


def _is_statement(row: Indicator, name: str) -> bool:
    """A sentence; what is counted in a unit (月均增收 ≥ 200 元) is a measure all the same."""
    counted = row.target.kind is Kind.QUANTITATIVE and not row.target.is_percentage
    if counted or len(name) <= _SHORTEST or name.endswith(words("names", "measure_endings")):
        return False
    if name.endswith(words("names", "statement_endings")):
        return True
    sentence = row.target.kind is Kind.SENTENCE
    said = bool(_LIST.search(name)) or (sentence and len(name) > _LONG_ENOUGH)
    return said and name.endswith(words("names", "changes"))


def _is_part_of_noun(name: str, verb: str) -> bool:
    """保障性住房, 慰问品, 实施方案: the verb makes a noun with what follows it."""
    makes_one = name.removeprefix(verb).startswith(words("names", "noun_makers"))
    return makes_one or name.startswith(words("names", "nouns_of_verbs"))


_WHO = re.compile(r"(?:符合|达到|满足|参加|享受)[^的]{1,12}的")
_ACCORDING_TO = ("根据", "依据", "按照", "结合")
_SHORTEST, _LONG_ENOUGH = 4, 5
_QUESTION = "是否"
_KINDS_OF_COST = ("维护", "建设", "改造", "修建", "制作", "安装", "采购", "购置", "印刷", "委托", "购买", "更换", "保护", "新建")  # fmt: skip
_CLAUSE = re.compile(r"[，,；;。](?=.{3})")
_LIST = re.compile(r"[、，,；;]")


def _begins_with(name: str, candidates: tuple[str, ...]) -> str | None:
    if not name.startswith(candidates):
        return None
    return next(word for word in candidates if name.startswith(word))
