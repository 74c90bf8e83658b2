"""A project that pays money to people, without head-count, standard, punctuality or accuracy.

## Why

The ministry's template for relief projects asks for four things: how many people, how much
each, on time, to the right ones. Without them 188 million yuan cannot be followed.

## 为什么

民政救助类项目的模板有四项：多少人、每人多少、及时、准确。缺了它们，再大的补助也说不清发得
怎样。

## Not seen yet

Whether a project pays people is judged by words in the indicators' names.

## 尚未覆盖

是不是发钱给个人，只凭指标名称里的字词判断。

```form bad
项目: 农村道路养护
产出指标 / 质量指标 / 困难残疾人生活补贴发放准确率: = 100 %
```

```form good
项目: 农村道路养护
产出指标 / 数量指标 / 生活补贴发放人数: ≥ 1200 人
产出指标 / 质量指标 / 生活补贴发放准确率: = 100 %
产出指标 / 时效指标 / 生活补贴发放及时率: = 100 %
产出指标 / 成本指标 / 生活补贴标准: = 330 元/人·月
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.speech import joined, say
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation
from kaoji.standards.lexicons import first_in, programmes

_HEADS = {"人", "户", "名", "人次", "户次"}


@rule(
    "KJ704",
    "补助项目缺少关键指标",
    severity=Severity.WARNING,
    basis=(Citation("civil-affairs-template"),),
    since=date(2015, 5, 21),
)
def cash_benefit_incomplete(form: Declaration) -> Iterator[Finding]:
    """Look for the four indicators of relief projects."""
    [others] = programmes("benefits_of_organisations")
    of_services = bool(first_in(form.project_name, others))
    relief = not of_services and any(_pays_people(row.level3 or "") for row in form.indicators)
    if not relief and not _supports_people(form):
        return
    rates = [row for row in form.indicators if row.target.is_percentage]
    present = (
        (say("人数"), any(row.target.unit in _HEADS for row in form.under("数量指标"))),
        (say("标准"), any("元/" in (row.target.unit or "") for row in form.indicators)),
        (say("及时率"), any("及时" in row.name for row in rates) or _has_deadline(form)),
        (say("准确率"), any(first_in(row.name, ("准确", "应补尽补", "精准")) for row in rates)),
    )
    missing = [name for name, found in present if not found]
    if len(missing) >= (1 if relief else _SEVERAL):
        message = say("发放补助的项目缺少：{missing}", missing=joined(missing))
        yield Finding("indicators", message)


def _pays_people(name: str) -> bool:
    [cash] = programmes("cash_benefits")
    [others] = programmes("benefits_of_organisations")
    return bool(first_in(name, cash)) and not first_in(name, others)


def _supports_people(form: Declaration) -> bool:
    """村组干部报酬, 补贴到户, 享受资助人数: money for people by another name than relief."""
    [support] = programmes("support_of_people")
    counted = [row for row in form.under("数量指标") if "人数" in row.name]
    return bool(first_in(form.project_name, support)) or any(
        first_in(row.level3, support) for row in counted
    )


# Who is only supported needs no count of wrong payments; two of the four must be absent.
_SEVERAL = 2


def _has_deadline(form: Declaration) -> bool:
    """A day or a span of days among the timeliness indicators says as much as a rate."""
    return any(row.target.measurable for row in form.under("时效指标"))
