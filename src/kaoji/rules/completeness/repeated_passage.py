"""A goal that says the same passage twice.

## Why

It is the trace of pasting sub-projects together. The reader cannot tell whether one task or
two were meant, and the goal grows long without saying more.

## 为什么

整段重复多半是拼贴子项目时留下的，看不出是一项任务还是两项，也让目标冗长。

## Not seen yet

Passages that say the same in other words.

## 尚未覆盖

意思相同而用词不同的重复。

```form bad
项目: 农村道路养护
年度目标: 落实农村公路养护管理办法有关规定，养护道路。落实农村公路养护管理办法有关规定，修补桥梁。
```

```form good
项目: 农村道路养护
年度目标: 落实农村公路养护管理办法有关规定，养护道路，修补桥梁。
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Severity
from kaoji.core.speech import say
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation


@rule(
    "KJ109",
    "目标文字重复",
    severity=Severity.WARNING,
    basis=(Citation("caiyu-2015-88", "完整性审核：目标是否明确、清晰"),),
    since=date(2015, 5, 21),
    needs=("repeated_passage_length",),
)
def repeated_passage(
    form: Declaration, *, repeated_passage_length: Decimal
) -> Iterator[Finding]:
    """Report the longest passage that occurs twice in the same goal."""
    for name, text in form.goals.items():
        passage = longest_repetition(text, int(repeated_passage_length))
        if passage:
            shown = passage if len(passage) <= 30 else f"{passage[:30]}…"
            message = say(
                "“{passage}”（{length} 字）重复出现", passage=shown, length=len(passage)
            )
            yield Finding(name, message)


def longest_repetition(text: str, at_least: int) -> str:
    """The longest passage of *at_least* characters that occurs twice without overlap."""
    longest = ""
    first_seen: dict[str, int] = {}
    for start in range(len(text) - at_least + 1):
        earlier = first_seen.setdefault(text[start : start + at_least], start)
        length = 0
        while start + length < len(text) and earlier + length < start:
            if text[earlier + length] != text[start + length]:
                break
            length += 1
        if length >= at_least and length > len(longest):
            longest = text[start : start + length]
    return longest
