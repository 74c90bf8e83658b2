"""The goal promises a number that no indicator holds.

## Why

What stands only in the text is measured by nobody: at the end of the year only the table is
scored. Few and telling indicators need not hold every figure: one in four may stay in the text.
A standard (每场4400元) is asked for where no row of the table holds money at all.

## 为什么

只写在文字里的数，年底没有人量；打分只看指标表。指标要少而精，目标里的数有四分之三进了指标表就不再追问；
目标写了标准或单价（每场4400元）而表里没有一项带金额的，也要补上。

## Not seen yet

Numbers that follow from others (17 towns, each visited six times: 102 visits). The same number
in another unit counts as held; amounts of money, times and the whole project's goal beside
annual indicators are not looked for.

## 尚未覆盖

由别的数推得出的数（17 个街镇各走访 6 次，共 102 次）也会报告。单位不同而数相同的，算有；金额、时间和多年项目的总目标不找。

```form bad
项目: 农村道路养护
年度目标: 养护道路 35 公里，修补桥梁 4 座。
产出指标 / 数量指标 / 养护里程: ≥ 35 公里
```

```form good
项目: 农村道路养护
年度目标: 养护道路 35 公里，修补桥梁 4 座。
产出指标 / 数量指标 / 养护里程: ≥ 35 公里
产出指标 / 数量指标 / 修补桥梁: = 4 座
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.indicator import Indicator
from kaoji.core.speech import say
from kaoji.core.target import Target
from kaoji.rules.goal_names import GOAL_NAMES
from kaoji.rules.money_units import is_money
from kaoji.rules.naming import Figure, figures_in
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation
from kaoji.standards.lexicons import words


@rule(
    "KJ701",
    "目标里的数没有指标",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2015-88", "相关性审核：每个目标都有相关联的绩效指标"),),
    since=date(2015, 5, 21),
)
def figure_without_indicator(form: Declaration) -> Iterator[Finding]:
    """Look for the amounts of each goal among targets and names, each by itself or added up."""
    if not form.indicators:
        return
    rows = (*form.indicators, *form.overall_indicators)
    known, ranges = (
        set(_numbers_of(rows)),
        [row.target for row in rows if row.target.value_high],
    )
    for name, text in form.goals.items():
        if name == "overall_goal" and _is_of_later_years(form):
            continue
        promised = [
            figure
            for figure in dict.fromkeys(figures_in(_ASIDE.sub("", text)))
            if figure.unit in words("classes", "promised_units")
            and figure.number != 1
            and not (figure.unit == "%" and not _is_rate(text, figure.number))
        ]
        missing = [
            figure
            for figure in promised
            if not any(_within(figure, target) for target in ranges)
            and (_in_ones(figure.number, figure.unit), figure.unit == "%") not in known
        ]
        if len(missing) * _ONE_IN <= len(promised):
            missing = []  # few and telling: not every figure needs an indicator
        price = _PRICE.search(text) if not missing and not _holds_money(form) else None
        if price:
            message = say(
                "{goal}写了标准“{price}”，没有成本指标", goal=GOAL_NAMES[name], price=price[0]
            )
            yield Finding(name, message, say("把标准或单价写成成本指标，例如 ≤ 3 万元/公里"))
        if missing:
            message = say(
                "{goal}里的 {figures} 没有数值相同的指标，请核对是漏设还是不一致",
                goal=GOAL_NAMES[name],
                figures="、".join(map(str, missing)),
            )
            yield Finding(name, message)


# 每村4400元, 3100元每平方米, 704元/村: what one of them costs.
_PRICE = re.compile(
    r"每[一-鿿]{1,6}\d[\d,.]*+万?元|(?<![\d.,])\d[\d,.]*+万?元(?:/|每)[一-鿿]{1,4}"
)


def _holds_money(form: Declaration) -> bool:
    rows = (*form.indicators, *form.overall_indicators)
    return any(is_money(row.target.unit) or "元" in row.name for row in rows)


def _is_of_later_years(form: Declaration) -> bool:
    """The whole project's goal, where the table holds only the year's indicators."""
    return not form.overall_indicators and form.annual_goal not in {None, form.overall_goal}


# 每公里每年10000元、5000元: what each one gets is a standard, no amount.
# 由37.5%提高到75%: where it stood is no promise; in 2期56人次 the second says how much;
# 其中省级12人 are parts of what is counted as a whole; 公报1份 names one thing, it counts none.
_ASIDE = re.compile(
    r"每[\u4e00-\u9fff]{1,8}\d(?:[^，。；;,每]|,(?=\d{3})){0,40}|±\s*\d++[^，。；、]?"
    r"|[由从]\s*\d[^，。；]{0,8}?(?=(?:提高|提升|上升|增加|增长|下降|降低|降|减少|缩短|压减|扩大)(?:到|至))"
    r"|(?<!\d)\d++(?:期|场次?|次|批|班)(?=共?计?\d[\d,.]*+万?(?:人次|人|名|户))"
    r"|其中[^。；;]{0,80}"
)
_NUMBER = re.compile(r"(?<!\d)(?P<number>\d[\d,]*+(?:\.\d++)?+)(?P<share>\s*+[%％])?")
_MOST_ADDED = 4
_ONE_IN = 4


def _read(found: re.Match[str]) -> Decimal:
    return Decimal(found["number"].replace(",", ""))


def _within(figure: Figure, target: Target) -> bool:
    """约20人 beside 18-22人."""
    low, high = target.value, target.value_high
    if low is None or high is None or figure.unit != target.unit:
        return False
    return low <= figure.number <= high


def _is_rate(text: str, number: Decimal) -> bool:
    """覆盖全区60%养老机构 promises a share; 按50%兑付 is a standard."""
    return bool(
        re.search(rf"(?:率|覆盖|达到?|占|比例|不低于)[^，。；]{{0,8}}?{number:f}\s*[%％]", text)
    )


def _in_ones(number: Decimal, unit: str | None) -> Decimal:
    return number * 10_000 if (unit or "").startswith("万") else number


def _numbers_of(rows: Sequence[Indicator]) -> Iterator[tuple[Decimal, bool]]:
    """The numbers of all targets and names, what neighbours of one unit add up to; is it a share?"""
    sums: list[tuple[str | None, Decimal]] = []
    for row in rows:
        for found in _NUMBER.finditer(f"{row.level3 or ''} {row.target.text}"):
            yield _read(found), found["share"] is not None
        unit, first = row.target.unit, _NUMBER.search(row.target.text)
        if row.target.value is None or first is None:
            continue
        value, share = _read(first), row.target.is_percentage
        yield _in_ones(value, unit), share
        if "万" in (row.level3 or ""):
            yield value * 10_000, share
        sums = [(kept, total + value) for kept, total in sums if kept == unit][-_MOST_ADDED:]
        yield from ((_in_ones(total, unit), share) for _, total in sums)
        sums.append((unit, value))
