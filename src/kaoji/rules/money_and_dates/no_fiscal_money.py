"""A form for fiscal spending that asks for no fiscal money.

## Why

The form is 财政项目支出绩效目标申报表. A project paid wholly from other money either belongs to
another form, or its fiscal money was written in the wrong cell.

## 为什么

这是财政项目支出的申报表；没有一分财政资金，要么不该用这张表，要么把财政资金填到了别的格里。

```form bad
项目: 农村道路养护
资金总额: 150,000 元
其他资金: 150,000 元
```

```form good
项目: 农村道路养护
资金总额: 150,000 元
财政资金: 100,000 元
其他资金: 50,000 元
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity, undecided
from kaoji.core.money import Money, total
from kaoji.core.speech import say
from kaoji.rules.money_and_dates.sums import cannot_compare, unread_funds
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation


@rule(
    "KJ205",
    "没有财政资金",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2015-88", "适用范围"),),
    since=date(2015, 5, 21),
    needs=("unread",),
)
def no_fiscal_money(form: Declaration, *, unread: frozenset[str]) -> Iterator[Finding]:
    """Report a form whose money comes from other sources alone."""
    if unread_funds(unread):
        yield cannot_compare("funds.fiscal", unread_funds(unread))
        return
    funds = form.funds
    fiscal = total(funds.fiscal, funds.annual_fiscal, funds.annual_carryover)
    other = total(funds.other, funds.annual_other)
    if fiscal is None and other is None:
        yield undecided("funds.fiscal", say("资金来源全部空白，无法判断"))
    elif fiscal is None and other is not None and _leaves_some(form, other):
        return  # the line is blank, but the total tells of more than the others give
    elif (fiscal or Money.zero()) == Money.zero():
        message = say("财政资金为空，资金全部来自其他来源；请核对是否填错栏")
        yield Finding("funds.fiscal", message)


def _leaves_some(form: Declaration, other: Money) -> bool:
    whole = form.funds.annual_total or form.funds.total
    return whole is not None and whole.yuan > other.yuan
