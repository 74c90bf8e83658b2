"""A rate so low that it is met without trying.

## Why

Units set low targets to pass the review; the law then deducts points for the deviation, if
somebody notices. Where ten or more published forms of the field, or of all fields, hold the measure, the
remark tells what they write and how many they are; what is lower than any of them would be low
even where the general bound is higher.

## 为什么

为了好过关把目标定低，年底超额很多；按规定要按偏离度扣分，前提是有人发现。同领域（或全部领域）有十份以上公开的表写过同类指标时，提示里写明份数和常见范围；
实际都低于通用下限的，以实际为准。

## Not seen yet

Only rates that are usually near the whole are judged (合格率, 及时率, 到位率 …); 就业率, 覆盖率 and
利用率 depend on the field. The thresholds are only defaults and can be changed for a region.

## 尚未覆盖

只判断通常接近 100% 的比率（合格率、及时率、到位率等）；就业率、覆盖率、利用率因行业而异，不作判断。阈值只是默认，可按地区改写。

```form bad
项目: 农村道路养护
产出指标 / 质量指标 / 养护完成率: ≥ 60 %
```

```form good
项目: 农村道路养护
产出指标 / 质量指标 / 养护完成率: ≥ 95 %
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.indicator import Indicator
from kaoji.core.polarity import Direction
from kaoji.core.speech import Sentence, say
from kaoji.core.target import Op
from kaoji.rules.naming import own_name
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation
from kaoji.standards.direction import polarity_of
from kaoji.standards.lexicons import words
from kaoji.standards.norms import UsualValue, norm_for

# 增长率 and 节约率 say by how much something changed: 5 % may be plenty.
_OF_CHANGE = re.compile(
    r"(?:增长|增幅|下降|降幅|缩短|提升|提高|降低|减少|节约|回报|利润|收益)(?:率|幅度|比例)?$"
)


@rule(
    "KJ316",
    "指标值偏低",
    severity=Severity.WARNING,
    basis=(
        Citation("audit-chifeng-2023", "目标值无压力"),
        Citation("checker-practice"),
    ),
    since=date(2015, 5, 21),
    needs=(
        "rate_min",
        "satisfaction_min",
        "norm_count_min",
    ),
)
def low_target(
    form: Declaration, *, rate_min: Decimal, satisfaction_min: Decimal, norm_count_min: Decimal
) -> Iterator[Finding]:
    """Report percentages below the least that is usual; lower-is-better measures aside."""
    field = (form.project_name, form.department, form.implementing_unit)
    for row in form.indicators:
        if own_name(row.level3).endswith("合规率") and _is_below(row, _ALL):
            message = say("“{text}”等于允许违规", text=row.target.text)
            yield Finding(row, message, say("合规率写 =100%"))
            continue
        least = satisfaction_min if "满意" in f"{row.level2}{row.level3}" else rate_min
        norm = norm_for(field, own_name(row.level3), least_count=norm_count_min)
        if norm:
            least = min(least, norm.low)
        if _is_low(row, least):
            message = _below(row, least, norm)
            yield Finding(row, message, say("参照上年实际完成情况提高，或说明理由"))


_ALL = Decimal(100)


def _below(row: Indicator, least: Decimal, norm: UsualValue | None) -> Sentence:
    if norm is None:
        return say("“{text}”低于通常的 {least} %", text=row.target.text, least=f"{least:f}")
    return say(
        "“{text}”低于通常的 {least} %；{count} 份表的{measure}多在 {low}—{high} %",
        text=row.target.text,
        least=f"{least:f}",
        count=norm.count,
        measure=norm.measure,
        low=f"{norm.low:f}",
        high=f"{norm.high:f}",
    )


def _is_below(row: Indicator, least: Decimal) -> bool:
    value = row.target.value
    return value is not None and row.target.is_percentage and value < least


def _is_low(row: Indicator, least: Decimal) -> bool:
    target = row.target
    if target.value is None or not target.is_percentage or target.op in {Op.AT_MOST, Op.BELOW}:
        return False
    name = own_name(row.level3)
    is_rate = name.endswith(words("classes", "low_rates")) or "满意" in name
    if _OF_CHANGE.search(name) or "抗体" in name:
        return False
    wanted = polarity_of(row).direction is not Direction.LOWER
    return is_rate and wanted and target.value < least
