"""The account's holder is not the payee, the account is closed, or there is none.

## Why

The bank's exchange before paying says so. Sent all the same, the money comes back at best and reaches
a stranger at worst.

## 为什么

发放前银行已能校验户名与账户状态。照发出去，轻则退回，重则到了别人手里。
"""

from __future__ import annotations

from collections.abc import Iterator

from kaoji.benefits.checks.check import Effect, Hit, check
from kaoji.benefits.checks.context import RunUnderCheck
from kaoji.core.speech import say
from kaoji.core.width import squeeze


@check("C08", "账户不是收款人的", effect=Effect.HOLD, basis="银行预校验")
def account_of_another(beside: RunUnderCheck) -> Iterator[Hit]:
    """Compare holder and payee, and what the bank confirmed."""
    for who in beside.paid:
        payee = beside.payees.get(who)
        if payee is None or not payee.account:
            yield Hit(say("没有收款账户，请补登记"), who)
        elif squeeze(payee.holder) != squeeze(payee.name):
            yield Hit(say("账户户名不是收款人，请核对"), who)
        elif payee.confirmed is False:
            yield Hit(say("银行校验未通过，账户可能已销户，请更换"), who)
