"""A new project asks for much money, and nobody has evaluated beforehand whether it should be paid for.

## Why

New policies and large new projects need an ex-ante evaluation before they ask for money; it is a
compulsory part of the request. From which amount on is a local rule.

## 为什么

新出台的政策和新增的大额项目，要先做事前绩效评估，评估结果是申请预算的必备要件；多少金额以上由各地规定。

## Not seen yet

A project that was renamed counts as new unless its form calls it a continuing one (延续项目); an old one that
grew is the business of KJ711.

## 尚未覆盖

项目改了名称、又没有写明是延续项目的，会当作新增；老项目资金大增由 KJ711 提示。

```form bad
项目: 智慧养老平台建设
年度资金: 8,000,000 元
--- 来历
新增
```

```form good
项目: 智慧养老平台建设
年度资金: 8,000,000 元
--- 来历
新增，事前绩效评估：予以支持
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from kaoji.core.declaration import Declaration
from kaoji.core.ex_ante import Beginning
from kaoji.core.finding import Finding, Severity
from kaoji.core.money import Money
from kaoji.core.speech import say
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation


@rule(
    "KJ720",
    "新增大额项目没有事前绩效评估",
    severity=Severity.WARNING,
    basis=(Citation("zhongfa-2018-34", "（七）建立绩效评估机制"),),
    since=date(2018, 9, 1),
    needs=("beginning", "new_project_money_min"),
)
def new_project_unevaluated(
    form: Declaration, *, beginning: Beginning, new_project_money_min: Decimal
) -> Iterator[Finding]:
    """Ask for the evaluation of a new project, and heed what it concluded."""
    money = form.funds.annual_total or form.funds.total
    if not beginning.is_new or money is None:
        return
    told = {"money": money.written(), "least": Money(new_project_money_min).written()}
    if beginning.conclusion == "refuse":
        message = say("事前绩效评估的结论是“不予支持”，不能申报预算")
        yield Finding("funds.annual_total", message, severity=Severity.ERROR)
    elif money.yuan < new_project_money_min:
        return
    elif beginning.conclusion is None:
        yield Finding(
            "funds.annual_total",
            say("新增项目申请 {money} 元，达到 {least} 元，没有事前绩效评估", **told),
        )
    elif beginning.conclusion == "pending":
        yield Finding(
            "funds.annual_total",
            say("新增项目申请 {money} 元，达到 {least} 元，事前绩效评估财政还没有认可", **told),
        )
