"""The sign points the wrong way: attendance at most, complaints at least.

## Why

As it stands the promise is kept by doing badly, and the score follows.

## 为什么

照字面算，做得越差越达标，得分也跟着错。

## Not seen yet

Names without a word that tells which way is better.

## 尚未覆盖

名称里没有字词说明高好还是低好的，不作判断。

```form bad
项目: 农村道路养护
效益指标 / 社会效益指标 / 道路投诉数: ≥ 5 次
```

```form good
项目: 农村道路养护
效益指标 / 社会效益指标 / 道路投诉数: ≤ 5 次
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Correction, Finding, Severity
from kaoji.core.indicator import Indicator
from kaoji.core.polarity import Direction, Polarity
from kaoji.core.speech import say
from kaoji.core.target import Kind, Op
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation
from kaoji.standards.direction import polarity_of
from kaoji.standards.lexicons import first_in, words

_SIGN = re.compile(r"^[\s<>＜＞≥≤=＝]+")
_SPANS = {"天", "日", "工作日", "个工作日", "小时", "分钟", "周", "个月"}
_FLOORS, _CEILINGS = {Op.AT_LEAST, Op.ABOVE}, {Op.AT_MOST, Op.BELOW}


@rule(
    "KJ314",
    "比较符方向相反",
    severity=Severity.ERROR,
    basis=(Citation("checker-practice"),),
    since=date(2015, 5, 21),
)
def wrong_direction(form: Declaration) -> Iterator[Finding]:
    """Compare the sign with the direction that the name gives."""
    for row in form.indicators:
        cost = _cost(row)
        polarity = cost or polarity_of(row)
        if not polarity.by_name:
            polarity = _amount(row) or polarity
        wrong = _CEILINGS if polarity.direction is Direction.HIGHER else _FLOORS
        # 维护及时性 ≤ 24 小时, and ≤ 12月31日: the sooner the better, whatever the name
        quick = wrong is _CEILINGS and (
            row.target.unit in _SPANS or row.target.kind is Kind.DEADLINE
        )
        if polarity.by_name and not quick and row.target.op in wrong:
            better = "≥" if wrong is _CEILINGS else "≤"
            message = say(
                "“{text}”的比较符方向相反：{because}",
                text=row.target.text,
                because=polarity.because,
            )
            flipped = f"{better}{_SIGN.sub('', row.target.text)}"
            choice = Correction(row.at("target_raw"), flipped)
            suggestion = say("改为“{sign}”并核对数值", sign=better)
            severity = None if cost or _absurd(polarity, row) else Severity.WARNING
            yield Finding(row, message, suggestion, severity=severity, corrections=(choice,))


def _absurd(polarity: Polarity, row: Indicator) -> bool:
    """At least five complaints, at most 100 % attendance; spending and numbers may be meant otherwise."""
    if polarity.direction is Direction.HIGHER:
        return row.target.is_percentage
    return polarity.direction is Direction.LOWER and not first_in(
        str(polarity.because), words("classes", "money_words")
    )


def _amount(row: Indicator) -> Polarity | None:
    """修路 ≤ 4 公里 is kept by building nothing; what is to be kept down may have a ceiling."""
    counted = row.level2 == "数量指标" and row.target.unit in words("classes", "count_units")
    if not counted or first_in(row.name, _KEPT_DOWN):
        return None
    return Polarity(Direction.HIGHER, "数量指标", by_name=True)


_KEPT_DOWN = (
    "控制",
    "编制",
    "保有",
    "限额",
    "采伐",
    "聘",
    "库存",
    "压减",
    "占用",
    "调整",
    "变更",
)


def _cost(row: Indicator) -> Polarity | None:
    """An amount of money under 成本指标 is a ceiling, whatever its name, unless money is saved."""
    money = "成本" in f"{row.level2}" and (row.target.unit or "").split("/")[0].endswith("元")
    spared = (*words("classes", "savings"), *words("classes", "standards"))
    if not money or first_in(row.name, spared):
        return None
    return Polarity(Direction.LOWER, "成本指标里的金额", by_name=True)
