"""A goal that introduces the office, the place or the history instead of what is to be reached.

## Why

Whom the office belongs to, where it stands, when it was founded and what the village counts is
background. A reviewer who strikes it out is often left with half a sentence of goal.

## 为什么

隶属关系、地址、成立时间、人口和编制是背景；划掉以后，真正的目标往往只剩半句。

## Not seen yet

Background in words that the lexicon does not have.

## 尚未覆盖

词表以外的背景写法看不出来。

```form bad
项目: 农村道路养护
年度目标: 道路养护站成立于1998年，隶属县交通运输局，位于城关镇，负责全县农村道路的管理，保障道路畅通。
```

```form good
项目: 农村道路养护
年度目标: 养护农村道路 35 公里，好路率达到 90%，村民出行时间缩短到 20 分钟。
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
from kaoji.standards.lexicons import words

_SEVERAL = 2
# Where the work is done, and whom it reaches, is the task: 对位于镇区的桥梁, 覆盖全镇总人口.
_OF_THE_TASK = re.compile(
    r"[对在将把为]位于|(?:覆盖|惠及|服务|受益|占)[\u4e00-\u9fff]{0,4}总人口"
)


@rule(
    "KJ508",
    "目标写成背景介绍",
    severity=Severity.HINT,
    basis=(Citation("caiyu-2015-88", "指向明确"), Citation("checker-practice")),
    since=date(2015, 5, 21),
)
def background_as_goal(form: Declaration) -> Iterator[Finding]:
    """Report goals with several words that introduce an office, a place or a history."""
    for name, text in form.goals.items():
        own = _OF_THE_TASK.sub("", text)
        found = [word for word in words("goals", "background") if word in own]
        if len(found) >= _SEVERAL:
            message = say(
                "{goal}以“{words}”等背景介绍为主，指向不明确",
                goal=GOAL_NAMES[name],
                words="”“".join(sorted(found, key=text.index)[:3]),
            )
            suggestion = say("删去单位和历史情况，写本年做什么、做多少、达到什么效果")
            yield Finding(name, message, suggestion)
