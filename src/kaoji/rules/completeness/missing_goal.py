"""The overall goal or the annual goal is blank.

## Why

The goals say in words what the money is for; every indicator must trace back to them. The
law asks for both: what the project will achieve, and what this year's money will achieve.

## 为什么

总目标和年度目标说明钱花在哪里、要达到什么，每项指标都要由目标分解而来，两者都不能少。

```form bad
项目: 农村道路养护
总目标: 养护农村道路 35 公里。
```

```form good
项目: 农村道路养护
总目标: 三年内养护农村道路 105 公里。
年度目标: 养护农村道路 35 公里。
```
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.speech import say
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation
from kaoji.standards.layouts import layout_named


@rule(
    "KJ102",
    "绩效目标空白",
    severity=Severity.ERROR,
    basis=(Citation("caiyu-2015-88", "完整性审核：绩效目标是否明确、清晰"),),
    since=date(2015, 5, 21),
    needs=("absent",),
)
def missing_goal(form: Declaration, *, absent: Collection[str]) -> Iterator[Finding]:
    """Report each goal that the form's layout asks for and that was not written."""
    asked = layout_named(form.layout).asked - set(absent)
    for name, caption in (("overall_goal", "总目标"), ("annual_goal", "年度目标")):
        if name in asked and name not in form.goals:
            yield Finding(name, say("“{caption}”空白，请写明预期产出和效果", caption=caption))
