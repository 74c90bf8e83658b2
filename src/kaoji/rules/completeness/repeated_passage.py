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
from kaoji.rules.goal_names import GOAL_NAMES
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation

_SEARCHED = 10_000


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
                "{goal}中“{passage}”（{length} 字）重复出现",
                goal=GOAL_NAMES[name],
                passage=shown,
                length=len(passage),
            )
            yield Finding(name, message)


def longest_repetition(text: str, at_least: int) -> str:
    """A longest passage of *at_least* characters that occurs twice without overlap.

    Only the first ten thousand characters are searched; no goal is that long.
    """
    text = text[:_SEARCHED]
    longest = ""
    first_seen: dict[str, int] = {}
    start = 0
    while start + at_least <= len(text):
        earlier = first_seen.setdefault(text[start : start + at_least], start)
        length = _common_length(text, earlier, start)
        if length >= at_least and length > len(longest):
            longest = text[start : start + length]
        # What lies inside a repetition repeats as well; the next one begins behind it.
        start += length - at_least + 1 if length >= at_least else 1
    return longest


def _common_length(text: str, earlier: int, later: int) -> int:
    """How far the passages at two places agree, the earlier one ending before the later begins."""
    length, most = 0, min(later - earlier, len(text) - later)
    while length < most and text[earlier + length] == text[later + length]:
        length += 1
    return length
