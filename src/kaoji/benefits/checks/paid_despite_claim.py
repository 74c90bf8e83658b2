"""Somebody is paid while a claim against them is open.

## Why

The payment is due and goes out: nothing is kept back without a decision. But whoever decides on the
claim should know.

## 为什么

该发的照发，没有决定不得抵扣；但作追缴决定的人应当知道。
"""

from __future__ import annotations

from collections.abc import Iterator

from kaoji.benefits.checks.check import Effect, Hit, check
from kaoji.benefits.checks.context import RunUnderCheck
from kaoji.benefits.fen import written_fen
from kaoji.core.speech import say


@check("C21", "有未结追缴仍发放", effect=Effect.WARN, basis="追缴管理")
def paid_despite_claim(beside: RunUnderCheck) -> Iterator[Hit]:
    """List who is paid and has an open claim."""
    for who in beside.paid:
        claimed = beside.open_claims.get(who, 0)
        if claimed:
            yield Hit(say("另有未结追缴 {fen} 元", fen=written_fen(claimed)), who)
