"""Somebody is paid for a month after the month of death.

## Why

A list of deaths or cremations often knows before the register does. A payment to the dead is hard to
get back from a family that never knew of it.

## 为什么

死亡、火化名单往往早于户籍登记。款项一旦到账，要向并不知情的家属追回很难。
"""

from __future__ import annotations

from collections.abc import Iterator

from kaoji.benefits.checks.check import Effect, Hit, check
from kaoji.benefits.checks.context import RunUnderCheck
from kaoji.core.speech import say


@check("C01", "死亡后仍发放", effect=Effect.HOLD, basis="死亡、火化名单")
def paid_after_death(beside: RunUnderCheck) -> Iterator[Hit]:
    """Compare every paying item with the list of deaths."""
    for item, died in beside.paid_after(beside.deaths):
        told = say("名单显示已于 {day} 死亡，请核实后发放", day=died)
        yield Hit(told, item.beneficiary, item.month)
