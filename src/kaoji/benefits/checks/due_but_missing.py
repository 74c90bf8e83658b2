"""The second reckoning finds something that the run does not have.

## Why

Whom the run forgot cannot be seen in the run. Nobody else is held for it.

## 为什么

漏了谁，在批次里是看不出来的。其他人的款项不因此暂缓。
"""

from __future__ import annotations

from collections.abc import Iterator

from kaoji.benefits.checks.check import Effect, Hit, check
from kaoji.benefits.checks.context import RunUnderCheck
from kaoji.benefits.fen import written_fen
from kaoji.core.speech import say


@check("C14", "复算应发而未列", effect=Effect.WARN, basis="双重计算")
def due_but_missing(beside: RunUnderCheck) -> Iterator[Hit]:
    """List what only the second reckoning has."""
    present = {(item.beneficiary, item.month) for item in beside.items}
    for (who, month), fen in (beside.recomputed or {}).items():
        if fen and (who, month) not in present:
            yield Hit(say("复算应为 {fen} 元，批次没有列", fen=written_fen(fen)), who, month)
