"""The money differs from last year's by more than a third, and no word says why.

## Why

A reviewer compares with last year first of all.

## 为什么

审核时首先和上年比；增减三成以上要写明原因。

```form bad
项目: 农村道路养护
年度资金: 2,000,000 元
年度目标: 养护道路 35 公里。
--- 上年
项目: 农村道路养护
年度资金: 1,000,000 元
```

```form good
项目: 农村道路养护
年度资金: 2,000,000 元
年度目标: 因新增里程，养护道路 70 公里。
--- 上年
项目: 农村道路养护
年度资金: 1,000,000 元
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.speech import say
from kaoji.rules.context import Past
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation
from kaoji.standards.lexicons import first_in, words


@rule(
    "KJ711",
    "资金比上年变动很大",
    severity=Severity.WARNING,
    basis=(Citation("checker-practice", "与前两年资金比较"),),
    since=date(2015, 5, 21),
    needs=(
        "previous",
        "amount_change_max",
    ),
)
def amount_jumps(
    form: Declaration, *, previous: Past, amount_change_max: Decimal
) -> Iterator[Finding]:
    """Compare the year's money with that of the year before."""
    now = form.funds.annual_total or form.funds.total
    before = previous.form.funds.annual_total or previous.form.funds.total
    if now is None or before is None or before.yuan == 0:
        return
    change = (now - before).yuan / before.yuan
    said = "".join(form.goals.values())
    if abs(change) > amount_change_max and not first_in(said, words("goals", "reasons")):
        message = say(
            "比上年的 {before} 元变动 {change}，没有说明原因",
            before=before.written(),
            change=f"{change:+.0%}",
        )
        yield Finding("funds.annual_total", message)
