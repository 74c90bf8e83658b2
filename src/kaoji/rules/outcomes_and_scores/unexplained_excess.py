"""Far more was reached than promised, and nobody says why.

## Why

Mostly the target was too low. The law asks for an explanation and, if the target was low, for
a deduction.

## 为什么

多半是目标定低了；按规定要说明原因，目标明显偏低的要按偏离度扣分。

```form bad
项目: 农村道路养护
全年预算: 1,000,000 元
全年执行: 990,000 元
执行分值: 10
执行率: 99%
执行得分: 9.9
产出指标 / 数量指标 / 养护里程 (50分): ≥ 35 公里 → 70 公里 (50分)
```

```form good
项目: 农村道路养护
全年预算: 1,000,000 元
全年执行: 990,000 元
执行分值: 10
执行率: 99%
执行得分: 9.9
产出指标 / 数量指标 / 养护里程 (50分): ≥ 35 公里 → 70 公里 (50分) | 原因: 追加资金后扩大里程
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from kaoji.core.attainment import in_terms_of
from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.outcome import Outcome
from kaoji.core.speech import say
from kaoji.core.target import Op
from kaoji.rules.outcomes import OutcomeRow, pairs
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation
from kaoji.standards.lexicons import first_in


@rule(
    "KJ805",
    "超额完成很多没有原因",
    severity=Severity.WARNING,
    basis=(
        Citation("caiyu-2020-10", "偏离度"),
        Citation("self-evaluation-audit"),
    ),
    since=date(2020, 2, 25),
    needs=(
        "outcome",
        "excess_ratio_max",
    ),
)
def unexplained_excess(
    form: Declaration, *, outcome: Outcome, excess_ratio_max: Decimal
) -> Iterator[Finding]:
    """Report floors that were exceeded by the ratio in force without a reason."""
    for row in pairs(form, outcome):
        target, actual = row.indicator.target, row.actual
        if target.op in {Op.AT_MOST, Op.BELOW, Op.RANGE}:
            continue
        if _is_impossible(row):
            message = say("“{actual}”超过 100%，请核实数据", actual=actual.text)
            yield Finding(row.indicator, message, column="actual_raw", severity=Severity.ERROR)
            continue
        value, reached = target.value, in_terms_of(target, actual)
        if value and reached and reached >= value * excess_ratio_max and not row.said.reason:
            message = say(
                "“{actual}”远超目标“{text}”，请说明原因",
                actual=actual.text,
                text=target.text,
            )
            yield Finding(row.indicator, message, column="reason")


def _is_impossible(row: OutcomeRow) -> bool:
    """A share of a whole, not a change, above the whole."""
    name, target, actual = row.indicator.name, row.indicator.target, row.actual
    shares = (
        target.is_percentage
        and actual.is_percentage
        and name.endswith(("率", "满意度", "占比"))
    )
    of_all = target.value is not None and target.value <= _ALL
    beyond = actual.value is not None and actual.value > _ALL
    return shares and of_all and beyond and not first_in(name, _OF_CHANGE)


_ALL = Decimal(100)
_OF_CHANGE = (
    "增长",
    "增幅",
    "提高",
    "提升",
    "下降",
    "降低",
    "回报",
    "利用率",
    "执行率",
    "完成率",
)
