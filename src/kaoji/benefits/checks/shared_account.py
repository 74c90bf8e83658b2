"""One account, or one payee who is no institution, receives for several people.

## Why

A carer may receive for a family, and a guardian for brothers and sisters. An account that collects the
money of strangers is how money is lost.

## 为什么

监护人代领几个孩子的钱是常事；一个账户收着几个外人的钱，就是风险所在。
"""

from __future__ import annotations

from collections.abc import Iterator

from kaoji.benefits.checks.check import Effect, Hit, check, limit
from kaoji.benefits.checks.context import RunUnderCheck
from kaoji.core.speech import say


@check("C07", "一个账户多人使用", effect=Effect.WARN, basis="账户实名制")
def shared_account(beside: RunUnderCheck) -> Iterator[Hit]:
    """Count paid people by account, and children by payee."""
    by_account: dict[str, list[str]] = {}
    by_payee: dict[str, list[str]] = {}
    for who in beside.paid:
        payee = beside.payees.get(who)
        if payee is not None and not payee.institution:
            by_account.setdefault(payee.account, []).append(who)
            by_payee.setdefault(payee.payee, []).append(who)
    several = {a: people for a, people in by_account.items() if len(people) > 1}
    for people in several.values():
        for who in people:
            yield Hit(say("{count} 人使用同一账户，请核对关系", count=len(people)), who)
    most = limit("children_per_payee", beside)
    for people in by_payee.values():
        if len(people) >= most:
            yield Hit(say("同一收款人代领 {count} 人，请核对", count=len(people)), people[0])
