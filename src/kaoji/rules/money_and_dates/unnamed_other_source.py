"""Other money is asked for and nothing says where it comes from.

## Why

其他资金 may be lottery money, a grant from above or own income; whether it is certain decides
whether the targets can be met. The form has no cell for it, so a sentence in the goal has to
say it.

## 为什么

其他资金可能是福彩公益金、上级补助或自有收入，能否到位决定目标能否实现。表上没有专栏，应在
目标里写一句。

## Not seen yet

A source that is named elsewhere than in the goals or the project's name.

## 尚未覆盖

写在目标和项目名称以外的来源看不到。

```form bad
项目: 农村道路养护
资金总额: 150,000 元
其他资金: 150,000 元
年度目标: 养护道路 35 公里。
```

```form good
项目: 农村道路养护
资金总额: 150,000 元
其他资金: 150,000 元
年度目标: 用市级资金养护道路 35 公里。
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.money import Money
from kaoji.core.speech import say
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation
from kaoji.standards.lexicons import first_in, words


@rule(
    "KJ209",
    "其他资金没有来源",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2015-88", "适当性审核"),),
    since=date(2015, 5, 21),
    needs=("other_share_max",),
)
def unnamed_other_source(form: Declaration, *, other_share_max: Decimal) -> Iterator[Finding]:
    """Report other money of some weight unless a goal or the name tells its source."""
    said = "".join([form.project_name or "", *form.goals.values()])
    if first_in(said, words("funding", "sources")):
        return
    funds = form.funds
    wholes = {"other": funds.total, "annual_other": funds.annual_total}
    for name, whole in wholes.items():
        amount: Money | None = getattr(funds, name)
        if amount is None or amount <= Money.zero():
            continue
        if whole is None or amount.yuan >= whole.yuan * other_share_max:
            message = say("其他资金 {amount} 元没有说明来源", amount=amount.written())
            yield Finding(f"funds.{name}", message, say("在资金测算说明中写明来源"))
            return
