"""The account was changed shortly before the file, or changed back afterwards.

## Why

Swapping an account for one payment and back again is the oldest way to take it. Most changes are
honest, so the payment goes out and somebody looks.

## 为什么

临发放前换账户、发放后又换回来，是最老的手法。多数变更是正常的，照发，但有人看一眼。
"""

from __future__ import annotations

from collections.abc import Iterator

from kaoji.benefits.checks.check import Effect, Hit, check, limit
from kaoji.benefits.checks.context import RunUnderCheck
from kaoji.core.speech import say


@check("C29", "账户近期变更", effect=Effect.WARN, basis="账户管理")
def account_changed_lately(beside: RunUnderCheck) -> Iterator[Hit]:
    """Look at the changes of each paid account within the days before today."""
    most = limit("days_after_account_change", beside)
    for who in beside.paid:
        payee = beside.payees.get(who)
        for place, change in enumerate(payee.changes if payee else ()):
            days = (beside.today - change.on).days
            earlier = {before.account for before in payee.changes[:place]} if payee else set()
            if change.account in earlier:
                yield Hit(say("账户于 {day} 换回先前的账户，请核对", day=change.on), who)
            elif place and 0 <= days <= most:
                yield Hit(
                    say("账户于 {day} 变更，距今 {days} 天，请核对", day=change.on, days=days),
                    who,
                )
