"""The forms of the department do not add up to its project budget.

## Why

A project without a form, or a form without a budget: whole coverage is the law.

## 为什么

有预算没有表，或有表没有预算；目标管理要求全覆盖。

```form bad
项目: 农村道路养护
年度资金: 1,000,000 元
--- 同单位
项目: 桥梁
年度资金: 500,000 元
--- 部门预算
2,000,000 元
```

```form good
项目: 农村道路养护
年度资金: 1,000,000 元
--- 同单位
项目: 桥梁
年度资金: 1,000,000 元
--- 部门预算
2,000,000 元
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
from kaoji.rules.siblings import Siblings
from kaoji.standards.citations import Citation


@rule(
    "KJ712",
    "各表合计与部门预算不符",
    severity=Severity.ERROR,
    basis=(Citation("arithmetic"),),
    since=date(2015, 5, 21),
    needs=(
        "siblings",
        "department_budget",
        "funds_tolerance",
    ),
)
def sum_differs_from_department(
    form: Declaration,
    *,
    siblings: Siblings,
    department_budget: Money,
    funds_tolerance: Decimal,
) -> Iterator[Finding]:
    """Add up the year's money of all forms and compare with the department's budget."""
    total, count = siblings.total_with(form)
    if abs(total - department_budget).yuan > funds_tolerance:
        message = say(
            "{count} 份表合计 {total} 元，部门项目预算 {budget} 元",
            count=count,
            total=total.written(),
            budget=department_budget.written(),
        )
        yield Finding("funds.annual_total", message)
