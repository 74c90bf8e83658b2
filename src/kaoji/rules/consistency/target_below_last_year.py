"""The target is worse than what was reached, or promised, last year.

## Why

It may be right – a hard year, a smaller budget – but then it needs a reason.

## 为什么

可能有道理：任务难了、钱少了；但要写明理由。

```form bad
项目: 农村道路养护
产出指标 / 质量指标 / 验收合格率: ≥ 90 %
--- 上年
项目: 农村道路养护
产出指标 / 质量指标 / 验收合格率: ≥ 92 % → 96 %
```

```form good
项目: 农村道路养护
产出指标 / 质量指标 / 验收合格率: ≥ 97 %
--- 上年
项目: 农村道路养护
产出指标 / 质量指标 / 验收合格率: ≥ 92 % → 96 %
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kaoji.core.attainment import in_terms_of
from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.indicator import Indicator
from kaoji.core.polarity import Direction
from kaoji.core.speech import say
from kaoji.core.target import Op, Target
from kaoji.rules.context import Past
from kaoji.rules.naming import bare_name
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation
from kaoji.standards.direction import polarity_of


@rule(
    "KJ709",
    "目标低于上年",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2015-88", "历史标准"),),
    since=date(2015, 5, 21),
    needs=("previous",),
)
def target_below_last_year(form: Declaration, *, previous: Past) -> Iterator[Finding]:
    """Compare each target with last year's actual value, else with last year's target."""
    before = {bare_name(row.level3): row for row in previous.form.indicators if row.level3}
    for row in form.indicators:
        old = before.get(bare_name(row.level3))
        if old is None:
            continue
        reached = _reached(old, previous)
        before_that = reached or (None if _points_away(old) else old.target)
        if before_that is None or not _is_worse(row, before_that):
            continue
        told = {"text": row.target.text, "old": before_that.text}
        message = (
            say("“{text}”不如上年完成的“{old}”", **told)
            if reached
            else say("“{text}”不如上年的目标“{old}”", **told)
        )
        yield Finding(row, message, say("提高目标，或说明理由"))


def _reached(old: Indicator, previous: Past) -> Target | None:
    """What was reached; None where nobody said."""
    outcomes = previous.outcome.indicators if previous.outcome else ()
    actual = outcomes[old.position].actual_raw if old.position < len(outcomes) else None
    return Target.parse(actual) if actual else None


def _points_away(old: Indicator) -> bool:
    """A promise of at most where more is better says nothing that one could fall behind."""
    wrong = {
        Direction.HIGHER: {Op.AT_MOST, Op.BELOW},
        Direction.LOWER: {Op.AT_LEAST, Op.ABOVE},
    }
    return old.target.op in wrong.get(polarity_of(old).direction, set())


def _is_worse(row: Indicator, reached: Target) -> bool:
    polarity = polarity_of(row)
    value, before = row.target.value, in_terms_of(row.target, reached)
    if value is None or before is None or polarity.direction is Direction.UNKNOWN:
        return False
    return value < before if polarity.direction is Direction.HIGHER else value > before
