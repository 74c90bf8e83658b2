"""One number listed under several classes as if it were several results.

## Why

1,102 people joined, 1,102 people hold shares, 1,102 people benefit: three rows, three times the
points, and one fact. When it is met, everything is met; what changed for the 1,102 is not asked.

## 为什么

“加入合作社 1102 人”“入股 1102 人”“受益 1102 人”是同一件事算了三遍，占三份分；人数达到，三项全满，这些人得到了什么却没有写。

## Not seen yet

The same fact under two units (120 户, 360 人), and round numbers under names that share no word.

## 尚未覆盖

换了单位的同一件事（120户、360人），以及名称没有共同字词的整数看不出来。

```form bad
项目: 农村道路养护
产出指标 / 数量指标 / 道路沿线脱贫村民人数: = 1102 人
效益指标 / 社会效益指标 / 受益脱贫村民人数: ≥ 1102 人
```

```form good
项目: 农村道路养护
产出指标 / 数量指标 / 硬化道路里程: = 35 公里
效益指标 / 社会效益指标 / 受益脱贫村民人数: ≥ 1102 人
```
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.indicator import Indicator
from kaoji.core.speech import say
from kaoji.core.target import Kind
from kaoji.rules.naming import bare_name, content_of, own_name, pairs_of
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation
from kaoji.standards.lexicons import first_in

# Whom it reaches is the same people whom it was paid to; who found work afterwards may be others.
_GAINING = ("受益", "惠及", "受惠", "覆盖人", "享受")
# So many rows of one number back a twin is looked for: the cost grows with the rows, not with their square.
_LOOKED_BACK = 20
_HEADS = {"人", "户", "名", "人次", "户次"}


@rule(
    "KJ412",
    "同一数量列入几处",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2021-101", "指标不重复"), Citation("checker-practice")),
    since=date(2015, 5, 21),
    yields_to=("KJ403",),
)
def repeated_count(form: Declaration) -> Iterator[Finding]:
    """Report rows whose number and unit another row above has, where names or number tell it is the same."""
    earlier: defaultdict[tuple[Decimal, str], deque[Indicator]] = defaultdict(
        lambda: deque(maxlen=_LOOKED_BACK)
    )
    for row in form.indicators:
        target = row.target
        if target.kind is not Kind.QUANTITATIVE or target.value is None or not target.unit:
            continue
        if target.is_percentage or "满意" in row.name or "成本" in f"{row.level1}{row.level2}":
            continue
        key = (target.value, target.unit)
        twin = next((other for other in earlier[key] if _one_fact(other, row)), None)
        if twin is not None:
            message = say(
                "“{text}”与{level2}“{other}”是同一个数，同一内容不重复列入",
                text=target.text,
                level2=twin.level2 or "—",
                other=twin.name,
            )
            suggestion = say("保留一项；效益指标写这些对象得到的变化")
            yield Finding(row, message, suggestion)
        earlier[key].append(row)


def _one_fact(one: Indicator, other: Indicator) -> bool:
    """Is it told twice? A number that is no round one hardly comes twice by chance."""
    left, right = (pairs_of(_content(row)) for row in (one, other))
    shared = len(left & right)
    if one.level2 == other.level2:
        # 规范管理数 and 随访控制数 are two services for the same people; two results are one where
        # one name says all that the other does: 住宅区完成量 and 实现清瓶住宅区数.
        many = one.target.value is not None and one.target.value >= _SEVERAL
        return many and shared >= _MUCH_IN_COMMON and (left <= right or right <= left)
    of_heads = one.target.unit in _HEADS
    if of_heads and _telling(one.target.value):
        return shared >= _SOMETHING_IN_COMMON
    gaining = any(first_in(row.name, _GAINING) for row in (one, other))
    return of_heads and gaining and shared >= _SOMETHING_IN_COMMON


def _content(row: Indicator) -> str:
    return content_of(bare_name(own_name(row.level3)))


def _telling(value: Decimal | None) -> bool:
    """1102 and 4754 are; 5, 300 and 2000 may stand in any two rows."""
    return value is not None and value >= _MANY and value % _ROUND != 0


_MANY, _ROUND = 100, 10
_SEVERAL = 10
_MUCH_IN_COMMON, _SOMETHING_IN_COMMON = 3, 2
