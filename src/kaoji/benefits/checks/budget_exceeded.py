"""The run needs more than is left of the budget line.

## Why

Better said before the approval than by the treasury after it.

## 为什么

审批前说，好过国库退回后说。
"""

from __future__ import annotations

from collections.abc import Iterator

from kaoji.benefits.checks.check import Effect, Hit, check
from kaoji.benefits.checks.context import RunUnderCheck
from kaoji.benefits.fen import written_fen
from kaoji.core.speech import say


@check("C22", "预算余额不足", effect=Effect.WARN, basis="预算指标")
def budget_exceeded(beside: RunUnderCheck) -> Iterator[Hit]:
    """Compare the sum of what the run pays with what is left."""
    needed = sum(item.fen for item in beside.positive)
    if beside.budget_left is not None and needed > beside.budget_left:
        yield Hit(
            say(
                "本批需 {needed} 元，预算余额 {left} 元，差 {short} 元",
                needed=written_fen(needed),
                left=written_fen(beside.budget_left),
                short=written_fen(needed - beside.budget_left),
            )
        )
