"""An indicator that has nothing to do with what the project is.

## Why

The standard of 低保 in a project of 临时救助 was copied with its template; 保护生态环境 in a project
that pays wages was put there to fill the class. At the end of the year nobody can show that the
money did it.

## 为什么

临时救助项目的表里出现低保标准，多半是连模板一起抄来的；发放报酬的项目写“保护生态环境”，是为了凑齐
类别。年底谁也说不清这与本项目的钱有什么关系（财预〔2015〕88号相关性审核）。

## Not seen yet

Only benefit policies with a target group and a standard of their own, and ecological benefits
without an amount in a project whose name and goals do not speak of nature, works or land.

## 尚未覆盖

只看各有对象和标准的补助政策，以及没有实物数量的生态效益；其他不相关的指标看不出来。

```form bad
项目: 临时救助
年度目标: 为困难群众解决临时困难 300 人次。
产出指标 / 数量指标 / 临时救助人次: ≥ 300 人次
产出指标 / 成本指标 / 农村低保标准: = 530 元/人·月
```

```form good
项目: 临时救助
年度目标: 为困难群众解决临时困难 300 人次。
产出指标 / 数量指标 / 临时救助人次: ≥ 300 人次
产出指标 / 成本指标 / 临时救助标准: ≤ 5300 元/人次
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.indicator import Indicator
from kaoji.core.speech import say
from kaoji.core.target import Kind
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation
from kaoji.standards.lexicons import first_in, programmes, words


@rule(
    "KJ716",
    "指标与本项目不相关",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2015-88", "相关性审核"),),
    since=date(2015, 5, 21),
)
def unrelated_indicator(form: Declaration) -> Iterator[Finding]:
    """Report rows of another policy, and ecological benefits that nothing in the form speaks of."""
    own = "".join([form.project_name or "", *form.goals.values()])
    ours = [forms for forms in programmes("policies") if first_in(own, forms)]
    named = any(first_in(form.project_name, forms) for forms in ours)
    others = [forms for forms in programmes("policies") if forms not in ours]
    for row in form.indicators:
        policy = _policy_of(row, others) if named and not _policy_of(row, ours) else None
        if policy:
            message = say("“{policy}”不在本项目的名称和目标里", policy=policy)
            suggestion = say("删去该行，或核对是否从别的项目抄来")
            yield Finding(row, message, suggestion, column="level3")
        elif form.goals and _fills_a_class(row) and not _touches_nature(form.project_name, own):
            message = say("项目名称和目标没有讲生态，“{name}”与项目不相关", name=row.name)
            suggestion = say("没有生态效益的项目不必设置，删去该行")
            yield Finding(row, message, suggestion, column="level3")


def _policy_of(row: Indicator, policies: list[tuple[str, ...]]) -> str | None:
    return next((forms[0] for forms in policies if first_in(row.level3, forms)), None)


def _fills_a_class(row: Indicator) -> bool:
    """保护生态环境 ≥ 95 %; what is measured in a unit of its own (节电 2 万度) is believed."""
    measured = row.target.kind is Kind.QUANTITATIVE and not row.target.is_percentage
    speaks = first_in(row.level3, words("classes", "ecological"))  # else KJ608 says it
    return row.level2 in {"生态效益指标", "生态环境效益指标"} and bool(speaks) and not measured


def _touches_nature(project: str | None, said: str) -> bool:
    """Wages, leases, software and courses do not touch nature, whatever road or town they name."""
    for other in words("classes", "other_environments"):
        said = said.replace(other, "")
    of_people = first_in(project, words("classes", "no_nature"))
    is_building = first_in(project, words("classes", "buildings"))
    of_works = () if of_people and not is_building else words("classes", "works")
    return bool(first_in(said, (*words("classes", "ecological"), *of_works)))
