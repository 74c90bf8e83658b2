"""The points of the indicators do not add up, or one carries nothing or nearly everything.

## Why

With 10 points for budget execution the indicators carry 90; without it 100. An indicator
without points is not worth its row, one with most of them decides alone.

## 为什么

预算执行率占 10 分时指标合计 90 分，否则 100 分。没有分值的指标等于没列，独占大半分值的一项
等于一票定分。

## Not seen yet

Forms without points are not judged; some regions lay down points for every class.

## 尚未覆盖

没有分值的表不作判断；有的地区另定各类分值。

```form bad
项目: 农村道路养护
产出指标 / 数量指标 / 养护里程 (50分): ≥ 35 公里
效益指标 / 社会效益指标 / 受益人数 (30分): ≥ 2000 人
```

```form good
项目: 农村道路养护
产出指标 / 数量指标 / 养护里程 (30分): ≥ 35 公里
产出指标 / 质量指标 / 验收合格率 (20分): ≥ 95 %
效益指标 / 社会效益指标 / 受益人数 (20分): ≥ 2000 人
效益指标 / 社会效益指标 / 通行时间 (10分): ≤ 20 分钟
满意度指标 / 服务对象满意度指标 / 村民满意度 (10分): ≥ 90 %
```
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity, undecided
from kaoji.core.speech import say
from kaoji.core.target import Kind
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation

_SUMS = (Decimal(90), Decimal(100))
# Without one of these nothing can add up, and KJ103 says so.
_CLASSES = ("产出指标", "效益指标")
_HALF = Decimal("0.5")
_ROUNDING = Decimal("0.05")
_ALONE = 2
# Two thirds of the 30 points of the benefits.
_MUCH = Decimal(20)


@rule(
    "KJ407",
    "分值不合规定",
    severity=Severity.ERROR,
    basis=(
        Citation("caiyu-2020-10", "权重"),
        Citation("caiyu-2021-101", "分值"),
    ),
    since=date(2020, 2, 25),
)
def weights_off(form: Declaration) -> Iterator[Finding]:
    """Add up the points, where there are any, and look at each."""
    weighted = [row for row in form.indicators if row.weight is not None]
    if not weighted:
        return
    total = sum((row.weight or Decimal(0) for row in weighted), Decimal(0))
    off = all(abs(total - due) > _ROUNDING for due in _SUMS)
    if off:
        yield _wrong_sum(form, total)
    yield from _single_rows(form, off=off)


def _single_rows(form: Declaration, *, off: bool) -> Iterator[Finding]:
    classes: defaultdict[str | None, list[Decimal]] = defaultdict(list)
    for row in form.indicators:
        classes[row.level1].append(row.weight or Decimal(0))
    sums = {level1: sum(weights, Decimal(0)) for level1, weights in classes.items()}
    for row in form.indicators:
        peers = classes[row.level1]
        message = None
        if not row.weight or row.weight < 0:
            if not (off and row.weight is None):  # else the sum says it
                message = say("“{name}”没有分值", name=row.name)
        elif row.weight >= _MUCH and row.target.kind is Kind.QUALITATIVE:
            message = say(
                "“{name}”是定性指标，独占 {points} 分", name=row.name, points=f"{row.weight:f}"
            )
        elif len(peers) > _ALONE and row.weight > _HALF * sums[row.level1]:
            message = say("“{name}”占了同类分值的大半", name=row.name)
        if message:
            yield Finding(row, message, column="weight", severity=Severity.WARNING)


def _wrong_sum(form: Declaration, total: Decimal) -> Finding:
    missing = next((name for name in _CLASSES if not any(form.under(name))), None)
    if missing:
        message = say("没有“{level1}”，无法核对分值合计", level1=missing)
        return undecided("indicators", message)
    message = say("指标分值合计 {total}，应为 90 或 100", total=f"{total:f}")
    return Finding("indicators", message)
