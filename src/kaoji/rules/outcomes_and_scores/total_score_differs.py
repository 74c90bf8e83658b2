"""The total is not the sum of the scores.

## Why

The total is what is published and what the grade rests on. Where a region caps the total of a form that
spent too little, the cap is the total.

## 为什么

公开的是总分，定等级的也是总分。当地规定执行率不足的总分封顶的，按封顶的分数核对。

```form bad
项目: 农村道路养护
全年预算: 1,000,000 元
全年执行: 990,000 元
执行分值: 10
执行率: 99%
执行得分: 9.9
产出指标 / 数量指标 / 养护里程 (50分): ≥ 35 公里 → 36 公里 (50分)
总分: 98.9
```

```form good
项目: 农村道路养护
全年预算: 1,000,000 元
全年执行: 990,000 元
执行分值: 10
执行率: 99%
执行得分: 9.9
产出指标 / 数量指标 / 养护里程 (50分): ≥ 35 公里 → 36 公里 (50分)
总分: 59.9
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
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation


@rule(
    "KJ806",
    "总分与各项得分不符",
    severity=Severity.ERROR,
    basis=(
        Citation("arithmetic"),
        Citation("self-evaluation-audit"),
    ),
    since=date(2020, 2, 25),
    needs=(
        "outcome",
        "most_total",
        "score_tolerance",
    ),
)
def total_score_differs(
    form: Declaration,
    *,
    outcome: Outcome,
    most_total: Decimal | None,
    score_tolerance: Decimal,
) -> Iterator[Finding]:
    """Add up the scores of the indicators and of execution, and heed the cap."""
    parts = [item.score for item in outcome.indicators]
    total = outcome.budget.get("total")
    if outcome.total_score is None or None in parts or not parts:
        return
    execution = (total.score if total else None) or Decimal(0)
    added = sum((part for part in parts if part is not None), execution)
    due = added if most_total is None else min(added, most_total)
    if abs(due - outcome.total_score) <= score_tolerance:
        return
    told = {"added": f"{added:f}", "total": f"{outcome.total_score:f}"}
    message = (
        say("各项得分合计 {added}，总分写了 {total}", **told)
        if due == added
        else say(
            "各项得分合计 {added}，预算执行率不足，总分最多 {most}，总分写了 {total}",
            most=f"{due:f}",
            **told,
        )
    )
    yield Finding("total_score", message)
