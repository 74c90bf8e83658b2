"""The cell of the target holds a sentence.

## Why

A sentence may be a goal, a measure or the name of another indicator, but it is no value. Often
two cells were exchanged or a row slipped. Like a vague word it is an unquantified target, which
reviewer and unit may put right together (财预〔2015〕88号), so that it is no error by itself.

## 为什么

目标值一格写成了一句话，可能是目标、措施，或是另一项指标的名称错了行，但不是值。与空泛的词一样属于未细化量化，可以在审核中直接改，单独一处不必退回（财预〔2015〕88号）。

```form bad
项目: 农村道路养护
效益指标 / 社会效益指标 / 提升通行能力: 提升沿线村民的出行便利程度
```

```form good
项目: 农村道路养护
效益指标 / 社会效益指标 / 通行时间缩短比例: ≥ 10 %
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.speech import say
from kaoji.core.target import Kind
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation

# Two targets in one cell (KJ406): wrong in another way.
_OTHERWISE = re.compile(r"(?<![\d.])\.*+\d[\d.]*+\s*+[万亿]?[\u4e00-\u9fff]{1,3}[、,，]\s*+\d")


@rule(
    "KJ302",
    "以句子代替指标值",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2015-88", "细化量化"),),
    since=date(2015, 5, 21),
)
def sentence_as_value(form: Declaration) -> Iterator[Finding]:
    """Report every target that is a sentence."""
    for row in form.indicators:
        target = row.target
        timely = target.is_period and row.level2 not in {"数量指标", "质量指标"}  # KJ321
        sentence = target.kind is Kind.SENTENCE and not timely
        if not sentence or _OTHERWISE.search(target.text):
            continue
        if _is_short(target.text):
            message = say("“{text}”不只是指标值；请只写比较符、数值和单位", text=target.text)
            yield Finding(row, message)
        elif _TOLD_AS_DONE.search(target.text):
            message = say("“{text}”写的是完成情况，不是要达到的值", text=target.text)
            yield Finding(row, message)
        else:
            message = say(
                "“{text}”是一句话，不是指标值；请写数值，或核对是否错行", text=target.text
            )
            yield Finding(row, message)


def _is_short(text: str) -> bool:
    """获一等奖1项 is a value with a word too many; nobody returns a form for it."""
    figure = any(sign.isdigit() for sign in text)
    return figure and len(text) <= _SHORT and not _PUNCTUATED.search(text)


# 显著提升了扶持力度, 已完成: a promise that is told as kept.
_TOLD_AS_DONE = re.compile(
    r"(?:提升|提高|促进|支持|改善|推动|增强|完成|解决|保障|加强|实现)了|已(?:经)?(?:完成|建成|实现|使用)"
)
_SHORT = 12
_PUNCTUATED = re.compile(r"[，。；！？,;!?]")
