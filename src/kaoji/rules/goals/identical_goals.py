"""The annual goal repeats the overall goal word for word.

## Why

The overall goal says where the project leads, the annual goal how far this year's money takes
it. For a standing or staged project they cannot be the same; for a one-off project that ends
within the year it is only worth a look.

## 为什么

总目标说项目通向哪里，年度目标说今年的钱走到哪一步。经常性、阶段性项目两者不应相同；当年完成的一次性项目仅作提示。

```form bad
项目: 农村道路养护
类别: 经常性项目
总目标: 养护农村道路。
年度目标: 养护农村道路。
```

```form good
项目: 农村道路养护
类别: 经常性项目
总目标: 三年内养护农村道路 105 公里。
年度目标: 养护农村道路 35 公里。
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.speech import say
from kaoji.core.width import squeeze
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation


@rule(
    "KJ501",
    "年度目标照抄总目标",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2015-88", "中长期目标与年度目标"),),
    since=date(2015, 5, 21),
)
def identical_goals(form: Declaration) -> Iterator[Finding]:
    """Compare the two goals, white space aside."""
    if not form.overall_goal or not form.annual_goal:
        return
    if squeeze(form.overall_goal) == squeeze(form.annual_goal):
        kinds = (form.project_category, form.project_nature)
        severity = Severity.HINT if "一次性项目" in kinds else Severity.WARNING
        message = say("年度目标与总目标一字不差，请写出今年要达到的部分")
        yield Finding("annual_goal", message, severity=severity)
