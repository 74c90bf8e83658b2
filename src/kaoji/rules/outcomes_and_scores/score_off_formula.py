"""A score that its own formula does not give.

## Why

Points, target and actual value stand in the same row: anybody can recompute the score. A
difference is an error or a favour.

## 为什么

分值、目标值、完成值都在同一行，谁都能复算；对不上，不是算错就是照顾。

## Not seen yet

Scores of targets in words, and of satisfaction by bands, have no single right value.

## 尚未覆盖

定性指标、按区间赋分的满意度没有唯一的得分，不作判断。

```form bad
项目: 农村道路养护
全年预算: 1,000,000 元
全年执行: 990,000 元
执行分值: 10
执行率: 99%
执行得分: 9.9
产出指标 / 数量指标 / 养护里程 (50分): ≥ 35 公里 → 28 公里 (50分)
```

```form good
项目: 农村道路养护
全年预算: 1,000,000 元
全年执行: 990,000 元
执行分值: 10
执行率: 99%
执行得分: 9.9
产出指标 / 数量指标 / 养护里程 (50分): ≥ 35 公里 → 28 公里 (40分)
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.outcome import Outcome
from kaoji.core.speech import say
from kaoji.rules.outcomes import pairs
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation


@rule(
    "KJ801",
    "得分与公式不符",
    severity=Severity.ERROR,
    basis=(
        Citation("caiyu-2020-10", "定量指标得分"),
        Citation("self-evaluation-audit"),
    ),
    since=date(2020, 2, 25),
    needs=(
        "outcome",
        "scores",
        "score_tolerance",
    ),
)
def score_off_formula(
    form: Declaration,
    *,
    outcome: Outcome,
    scores: tuple[Decimal | None, ...],
    score_tolerance: Decimal,
) -> Iterator[Finding]:
    """Compare each score with the one that the formula in force gives."""
    for row, expected in zip(pairs(form, outcome), scores, strict=False):
        score, points = row.said.score, row.said.points
        if score is not None and points is not None and score > points:
            message = say(
                "得分 {score} 大于分值 {points}", score=f"{score:f}", points=f"{points:f}"
            )
            yield Finding(row.indicator, message, column="score")
            continue
        if (
            score is not None
            and expected is not None
            and abs(score - expected) > score_tolerance
        ):
            message = say(
                "“{actual}”按公式得 {expected} 分，写了 {score} 分",
                actual=row.said.actual_raw,
                expected=f"{expected:f}",
                score=f"{score:f}",
            )
            yield Finding(row.indicator, message, column="score")
