"""The year asks for more than the whole project has.

## Why

A part cannot be larger than the whole; one of the two numbers is wrong.

## 为什么

年度申请数大于项目资金总额，部分不可能大于整体，必有一处写错。

```form bad
项目: 农村道路养护
资金总额: 1,000,000 元
年度资金: 1,200,000 元
```

```form good
项目: 农村道路养护
资金总额: 3,000,000 元
年度资金: 1,200,000 元
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity, undecided
from kaoji.core.speech import say
from kaoji.rules.money_and_dates.sums import cannot_compare, unread_funds
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation


@rule(
    "KJ204",
    "年度资金大于项目总额",
    severity=Severity.ERROR,
    basis=(Citation("arithmetic"),),
    since=date(2015, 5, 21),
    needs=("unread",),
)
def annual_exceeds_total(form: Declaration, *, unread: frozenset[str]) -> Iterator[Finding]:
    """Compare the annual total with the project's."""
    whole, year = form.funds.total, form.funds.annual_total
    if unread & {"funds.total", "funds.annual_total"}:
        yield cannot_compare("funds.annual_total", unread_funds(unread))
    elif whole is None or year is None:
        message = say("项目资金总额或年度资金申请总额空白，无法比较")
        yield undecided("funds.total" if whole is None else "funds.annual_total", message)
    elif year > whole:
        message = say(
            "年度资金 {year} 元大于项目资金总额 {whole} 元",
            year=year.written(),
            whole=whole.written(),
        )
        yield Finding("funds.annual_total", message)
