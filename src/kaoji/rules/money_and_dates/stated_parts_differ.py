"""A goal splits its money into parts that do not add up to the whole it names.

## Why

“共申请 202.64 万元，其中 40 万元、25.2 万元、2.8 万元、96 万元、10 万元” comes to 174 万元. Where
the rest goes, or which number is wrong, nobody can tell from the form.

## 为什么

“共申请202.64万元，其中40万元、25.2万元、2.8万元、96万元、10万元”，各项加起来是 174 万元；差额用在哪里、哪个数写错了，表上看不出来。

## Not seen yet

Amounts with a unit price between them (每人500元), nested 其中 or 用于, and lists that end in 等. That 其中 names
only some of the parts is usual: then the rest is asked for, as a hint.

## 尚未覆盖

夹有单价（每人500元）、两层“其中”“用于”或以“等”结尾的列举不相加。“其中”往往只列一部分，分项少于合计时只提示写明其余的用途。

```form bad
项目: 农村道路养护
年度目标: 本年共安排资金100万元，其中县道养护40万元，乡道养护35万元，桥梁检测15万元。
```

```form good
项目: 农村道路养护
年度目标: 本年共安排资金100万元，其中县道养护40万元，乡道养护35万元，桥梁检测25万元。
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.money import YUAN_PER_UNIT, Money
from kaoji.core.speech import say
from kaoji.rules.goal_names import GOAL_NAMES
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation

# Digits are looked at once: no amount begins inside another, and none is given back.
_AMOUNT = r"(?<![\d.,])(?P<number{n}>\d[\d,]*+(?:\.\d++)?+)\s*+(?P<unit{n}>亿元|万元|元)"
_WHOLE = re.compile(
    r"(?:共|总|合计|安排|申请|下达|投资|预算)[\u4e00-\u9fff]{0,8}"
    + _AMOUNT.format(n="")
    + r"(?![/／])[^。；;其]{0,12}[，,。：:（(]?其中[:：]?(?P<parts>[^。；;]*)"
)
_PART = re.compile(_AMOUNT.format(n="") + r"(?P<each>[/／每])?")
# What a part is made of stands in brackets behind it, and is no further part.
_OF_A_PART = re.compile(r"[（(][^（）()]*[）)]")
# A price of each is no part of the whole, nor is what a part is used for, or another year's money;
# a list that is left open does not add up.
_NOT_ADDED = re.compile(
    r"每|其中|元[/／]|标准|等[，,。]?$|余元|约|用于|用作|包括|包含|含|(?:19|20)\d\d年|截至|已"
)
_LEAST_PARTS = 2
_ROUNDED = Decimal("0.01")


@rule(
    "KJ215",
    "文字里的分项与合计不符",
    severity=Severity.WARNING,
    basis=(Citation("arithmetic"),),
    since=date(2015, 5, 21),
)
def stated_parts_differ(form: Declaration) -> Iterator[Finding]:
    """Add up the amounts behind 其中 in a goal and compare with the amount before it."""
    for name, text in form.goals.items():
        for found in _WHOLE.finditer(text):
            said = _OF_A_PART.sub("", found["parts"])
            parts = [_yuan(part) for part in _PART.finditer(said)]
            if len(parts) < _LEAST_PARTS or _NOT_ADDED.search(said.strip()):
                continue
            whole, together = _yuan(found), sum(parts, Decimal(0))
            if abs(whole - together) > whole * _ROUNDED:
                yield _difference(name, whole, together)


def _difference(name: str, whole: Decimal, together: Decimal) -> Finding:
    """Parts of more than the whole contradict it; of less, 其中 may have left something out."""
    told = {
        "goal": GOAL_NAMES[name],
        "whole": Money(whole).written(),
        "parts": Money(together).written(),
    }
    if together > whole:
        message = say("{goal}写共 {whole} 元，分项合计 {parts} 元，两者不符", **told)
        return Finding(name, message, say("核对各项金额，分项不能超过合计"))
    rest = Money(whole - together).written()
    message = say(
        "{goal}写共 {whole} 元，分项合计 {parts} 元，其余 {rest} 元没有写明用途",
        rest=rest,
        **told,
    )
    return Finding(name, message, say("写明其余资金的用途"), severity=Severity.HINT)


def _yuan(found: re.Match[str]) -> Decimal:
    number = Decimal(found["number"].replace(",", ""))
    return number * YUAN_PER_UNIT[found["unit"]]
