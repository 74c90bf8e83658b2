"""A list of tasks that ends in 等.

## Why

What is not on the list may or may not have been promised.

## 为什么

列到一半写“等”，没列出的算不算承诺，说不清。

```form bad
项目: 农村道路养护
年度目标: 完成养护、检测、宣传等工作。
```

```form good
项目: 农村道路养护
年度目标: 完成养护、检测、宣传三项工作，人人平等通行。
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.speech import say
from kaoji.rules.goal_names import GOAL_NAMES
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation

# A list and 等; not 平等, 等级, and not a list that is closed (等三项, 等5个).
_OPEN = re.compile(
    r"[\u4e00-\u9fff”》]{1,8}[、，和及][^、，。；：\s]{1,16}(?<![平高中优初均对何相])等"
    r"(?!级|于|额|候|待|同|价|第|效|次|分|\d|[一二三四五六七八九十两]+[个项类种家方套]|[^，。；、：\s]{0,16}\d)"
)


@rule(
    "KJ505",
    "用“等”留了口子",
    severity=Severity.HINT,
    basis=(Citation("caiyu-2015-88", "完整性审核：目标是否明确、清晰"),),
    since=date(2015, 5, 21),
)
def open_list(form: Declaration) -> Iterator[Finding]:
    """Report the first open list of each goal."""
    for name, text in form.goals.items():
        found = _OPEN.search(text)
        if found:
            message = say(
                "{goal}中“{passage}”没有列完", goal=GOAL_NAMES[name], passage=found[0]
            )
            yield Finding(name, message, say("列全，或写明共几项"))
