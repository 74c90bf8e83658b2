"""A goal that lists what will be bought or done and not what it will bring.

## Why

Sub-projects and purchases are the means. The goal has to say what will be different for
somebody.

## 为什么

子项目、采购清单是手段；目标要说做成之后有什么不同。

## Not seen yet

Goals that hide a missing result behind 确保 or 提升.

## 尚未覆盖

用“确保”“提升”掩盖没有结果的目标看不出来。

```form bad
项目: 农村道路养护
年度目标: 本项目包括道路养护、桥梁检测、标志印刷三项。
```

```form good
项目: 农村道路养护
年度目标: 养护道路 35 公里，使村民通行时间缩短到 20 分钟。
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
from kaoji.standards.lexicons import first_in, words

# That something does not happen is a result: 不发生责任事故.
_BOUND = re.compile(
    r"不发生|零事故|(?:为|控制在|控制到)\s*(?:0|零)(?!\.)|严防|防范"
    r"|(?:率|满意度|知晓度|浓度|比例|占比)[^，。；;\d]{0,10}\d"
)


@rule(
    "KJ504",
    "目标没有写结果",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2015-88", "指向明确"),),
    since=date(2015, 5, 21),
)
def goal_without_result(form: Declaration) -> Iterator[Finding]:
    """Report goals without any word that tells of a result."""
    for name, text in form.goals.items():
        if not _tells_a_result(text):
            message = say("{goal}只写了工作内容，未体现预期效果", goal=GOAL_NAMES[name])
            yield Finding(name, message)


def _tells_a_result(text: str) -> bool:
    told = _ONLY_GOES_ON.sub("", text)
    return bool(first_in(told, words("goals", "result_words")) or _BOUND.search(text))


# 保障工作顺利开展 only promises that the work is done.
_ONLY_GOES_ON = re.compile(
    r"(?:保障|确保|保证)(?:各项|相关|本?单位|机关|全年|年度|日常|项目|工作|任务|业务|职能|的|正常|顺利|有序|按时){0,6}"
    r"(?:工作|任务|项目|业务)(?:的)?(?:正常|顺利|有序|按时)?(?:开展|进行|实施|完成|推进|运转|运行)"
    r"|(?:保障|确保|保证|维持)[我本]?(?:单位|机关|机构|部门|中心|院|局|馆|站|所)(?:的)?(?:日常|正常|各项)*(?:工作)?(?:运转|运行|开展)"
    r"|使用|使命|社会保障|医疗保障|生活保障|住房保障|保障(?:性|局|金|对象|中心|经费)|就业(?:培训|补助|指导)|覆盖面积"
    r"|(?:改造|巩固|抚育|品质|升级)提升|提升(?:工程|改造|项目|行动)"  # kinds of work
)
