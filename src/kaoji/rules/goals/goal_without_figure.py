"""A goal without one number that could be met or missed.

## Why

Years, numbers of lists and numbers in the titles of documents promise nothing. A goal should
name at least its main quantity.

## 为什么

年份、序号、文件名里的数字不是承诺；目标至少要写出主要的数量。

## Not seen yet

Chinese numerals count only with a unit of things (四台, 两套), and 一 never does.

## 尚未覆盖

中文数字只在带有台、套、座一类单位时算数（四台、两套），“一”不算。

```form bad
项目: 农村道路养护
年度目标: 2023年切实做好农村道路养护工作。
```

```form good
项目: 农村道路养护
年度目标: 2023年养护农村道路 35 公里。
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
from kaoji.rules.naming import figures_in
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation

# 四台台式电脑, 两套班班通: a count may be written out.
_IN_WORDS = re.compile(
    r"(?<!\d)\d++(?:\.\d++)?+\s*+(?:k?m|㎡|m²|kg|KM)|(?<![二两三四五六七八九十百千万])[二两三四五六七八九十百]++(?:台|套|辆|座|间|所|处|场|期(?!供水)|名|户|条|栋|件)"
)

# 推进科技事业发展 describes nothing that figures elsewhere could put numbers to.
_SHORTEST = 20


@rule(
    "KJ503",
    "目标里没有数",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2015-88", "细化量化"),),
    since=date(2015, 5, 21),
)
def goal_without_figure(form: Declaration) -> Iterator[Finding]:
    """Report every goal in which no number with a unit is left."""
    bare = {name for name, text in form.goals.items() if not _has_figure(text)}
    for name in form.goals:
        # The year's goal may put numbers to what the whole project's says in words.
        told = name == "overall_goal" and form.annual_goal and "annual_goal" not in bare
        slogan = len(form.goals[name]) < _SHORTEST
        if name in bare and (slogan or not told):
            message = say("{goal}没有一个可衡量的数", goal=GOAL_NAMES[name])
            yield Finding(name, message, say("写出主要的数量、比例或人数"))


def _has_figure(text: str) -> bool:
    return next(figures_in(text), None) is not None or bool(_IN_WORDS.search(text))
