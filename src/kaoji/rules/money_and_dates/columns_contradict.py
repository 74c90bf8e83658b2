"""The two funding columns of a one-year project contradict each other.

## Why

When a project begins and ends in one budget year, the whole project *is* the year: the left
column and the right column must agree item by item. In the sample a form of 316 million yuan
says 财政资金 316,149,500 on the left and 175,049,500 on the right.

## 为什么

起止都在同一年度的项目，左栏（项目总额）与右栏（年度）应逐项一致。示例中有一份 3.16 亿元的表，
左栏财政资金 316,149,500 元，右栏当年财政拨款 175,049,500 元。

```form bad
项目: 农村道路养护
开始: 2023-01-01
完成: 2023-12-31
资金总额: 1,000,000 元
财政资金: 1,000,000 元
年度资金: 1,000,000 元
当年财政拨款: 600,000 元
年度其他资金: 400,000 元
```

```form good
项目: 农村道路养护
开始: 2023-01-01
完成: 2024-12-31
资金总额: 1,000,000 元
财政资金: 1,000,000 元
年度资金: 600,000 元
当年财政拨款: 600,000 元
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity, undecided
from kaoji.core.money import Money, total
from kaoji.core.speech import say
from kaoji.rules.money_and_dates.sums import cannot_compare, unread_funds
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation


@rule(
    "KJ203",
    "两栏资金互相矛盾",
    severity=Severity.ERROR,
    basis=(Citation("arithmetic"),),
    since=date(2015, 5, 21),
    needs=("funds_tolerance", "unread"),
)
def columns_contradict(
    form: Declaration, *, funds_tolerance: Decimal, unread: frozenset[str]
) -> Iterator[Finding]:
    """Compare the columns of a one-year project; a blank counts as nothing where the rest adds up."""
    if form.start_date is None or form.end_date is None:
        yield undecided("start_date", say("起止日期不全，无法判断是否为一年期项目"))
        return
    if form.start_date.year != form.end_date.year:
        return
    if unread_funds(unread):
        yield cannot_compare("funds.annual_total", unread_funds(unread))
        return
    funds = form.funds
    left_blank = funds.total is funds.fiscal is funds.other is None
    if left_blank or funds.annual_total is funds.annual_fiscal is funds.annual_other is None:
        return  # a column that was left blank says nothing
    whole_year_fiscal = total(funds.annual_fiscal, funds.annual_carryover)
    left_adds_up = _adds_up(funds.total, funds.fiscal, funds.other)
    right_adds_up = _adds_up(funds.annual_total, whole_year_fiscal, funds.annual_other)
    for path, caption, left, right in (
        ("funds.annual_total", "总额", funds.total, funds.annual_total),
        ("funds.annual_fiscal", "财政资金", funds.fiscal, whole_year_fiscal),
        ("funds.annual_other", "其他资金", funds.other, funds.annual_other),
    ):
        blank = (left is None and not left_adds_up) or (right is None and not right_adds_up)
        if blank:
            continue
        difference = abs((left or Money.zero()) - (right or Money.zero()))
        if difference.yuan > funds_tolerance:
            message = say(
                "一年期项目的{caption}，左栏 {left}、右栏 {right}，相差 {difference} 元",
                caption=caption,
                left=_written(left),
                right=_written(right),
                difference=difference.written(),
            )
            yield Finding(path, message)


def _adds_up(whole: Money | None, *parts: Money | None) -> bool:
    """Do the filled cells make up the total, so that a blank one beside them means nothing?"""
    return whole is not None and whole == total(*parts)


def _written(amount: Money | None) -> str:
    return "—" if amount is None else amount.written()
