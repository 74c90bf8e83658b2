"""A line that the bank could not pay has not been sent again for days.

## Why

The person waits for the office. This is the office's duty and holds nobody's money.

## 为什么

发放失败后等的是困难群众，拖的是经办。这是经办的事，不暂缓任何人的款项。
"""

from __future__ import annotations

from collections.abc import Iterator

from kaoji.benefits.checks.check import Effect, Hit, check, limit
from kaoji.benefits.checks.context import RunUnderCheck
from kaoji.core.speech import say


@check("C20", "失败后未重发", effect=Effect.WARN, basis="及时发放")
def failure_not_resent(beside: RunUnderCheck) -> Iterator[Hit]:
    """Compare the day of each failure with today."""
    most = limit("days_until_resent", beside)
    for line in beside.failed:
        days = (beside.today - line.failed_on).days
        if days > most:
            yield Hit(
                say("{day} 发放失败，{days} 天未重发", day=line.failed_on, days=days),
                line.beneficiary,
            )
