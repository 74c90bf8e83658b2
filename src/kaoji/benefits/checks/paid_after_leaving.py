"""Somebody is paid for a month after the month of leaving the city.

## Why

The benefit ends with the registration. A move within the city is not a leaving: the list must be of
moves out of the city.

## 为什么

户籍迁出本市，待遇即止。市内迁移不在此列，名单须只含迁出本市的人。
"""

from __future__ import annotations

from collections.abc import Iterator

from kaoji.benefits.checks.check import Effect, Hit, check
from kaoji.benefits.checks.context import RunUnderCheck
from kaoji.core.speech import say


@check("C02", "迁出本市后仍发放", effect=Effect.HOLD, basis="户籍迁出名单")
def paid_after_leaving(beside: RunUnderCheck) -> Iterator[Hit]:
    """Compare every paying item with the list of moves out of the city."""
    for item, left in beside.paid_after(beside.left_city):
        told = say("名单显示已于 {day} 迁出本市，请核实后发放", day=left)
        yield Hit(told, item.beneficiary, item.month)
