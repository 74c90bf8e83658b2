"""The second reckoning, written by another hand, comes to another amount.

## Why

Two ways that share only the law cannot share a fault of code. A difference of one fen stops the item.

## 为什么

两种算法只共用法规参数，不会错在同一处代码。相差一分也先停下。
"""

from __future__ import annotations

from collections.abc import Iterator

from kaoji.benefits.checks.check import Effect, Hit, check
from kaoji.benefits.checks.context import RunUnderCheck
from kaoji.benefits.fen import written_fen
from kaoji.core.speech import say


@check("C13", "与复算金额不符", effect=Effect.HOLD, basis="双重计算")
def amount_differs(beside: RunUnderCheck) -> Iterator[Hit]:
    """Compare every item with the second reckoning, where there is one."""
    if beside.recomputed is None:
        return
    for item in beside.items:
        again = beside.recomputed.get((item.beneficiary, item.month), 0)
        if again != item.fen:
            yield Hit(
                say(
                    "复算为 {again} 元，批次为 {fen} 元",
                    again=written_fen(again),
                    fen=written_fen(item.fen),
                ),
                item.beneficiary,
                item.month,
            )
