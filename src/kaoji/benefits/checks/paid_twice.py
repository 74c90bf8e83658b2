"""The same person is paid the same benefit for the same month twice.

## Why

One person may stand in the records under two numbers: an old identity number, a second town. The
identity decides, not the record.

## 为什么

同一人可能有两条记录：旧证号、另一个街镇。以身份为准，不以记录为准。
"""

from __future__ import annotations

from collections.abc import Iterator

from kaoji.benefits.checks.check import Effect, Hit, check
from kaoji.benefits.checks.context import RunUnderCheck
from kaoji.core.speech import say


@check("C03", "同人同月重复", effect=Effect.HOLD, basis="一人一项一月只发一次")
def paid_twice(beside: RunUnderCheck) -> Iterator[Hit]:
    """Count paying items by identity, component and month."""
    seen: dict[tuple[str, str, int], str] = {}
    for item in beside.positive:
        key = (beside.persons[item.beneficiary].identity, item.component, item.month)
        if key in seen:
            yield Hit(
                say("与另一条记录是同一人、同一月，请只发一笔"), item.beneficiary, item.month
            )
        seen.setdefault(key, item.beneficiary)
