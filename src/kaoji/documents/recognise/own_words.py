"""What a long text without separators uses as cells, seen from the text itself.

Classes printed without their noun (产出数量, 社会效益), where none is spelled out; and what stands
again and again right behind a value, as a column of remarks does: 95%达成预期指标.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from kaoji.documents.recognise import labels
from kaoji.standards import grammar

_SHORTEST_TEXT, _FEWEST_CLASSES = 200, 3
_SHORTEST, _LONGEST, _FEWEST_TIMES = 3, 12, 4
_WORD = re.compile(r"[\u4e00-\u9fff]+")


def own_words(text: str) -> tuple[str, ...]:
    """The words at which the text is cut beside what everybody knows, the longest first."""
    if len(text) < _SHORTEST_TEXT:
        return ()
    found = {*_short_classes(text), *_repeated_behind_values(text)}
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


def _short_classes(text: str) -> set[str]:
    """Level-2 classes without 指标, if the text has at least three and spells none out."""
    if any(
        labels.level2(word) and not labels.level1(word)
        for word in labels.anywhere().findall(text)
    ):
        return set()
    found = {name for name in _without_noun() if name in text}
    return found if len(found) >= _FEWEST_CLASSES else set()


@cache
def _without_noun() -> frozenset[str]:
    outputs = (f"产出{name}" for name in ("数量", "质量", "时效", "成本"))
    long = (
        name for name in grammar.level2_labels() if len(name) >= 4 and not name.endswith("指标")
    )
    return frozenset({*outputs, *long})


@cache
def _value_end() -> re.Pattern[str]:
    """The end of a value: a number, its unit if it has one."""
    units = grammar.words("units_behind_numbers")
    return re.compile(rf"\d(?:{units}|[%‰])?(?=[\u4e00-\u9fff])")


def _repeated_behind_values(text: str) -> set[str]:
    """Words that follow at least four values, as far as they are alike."""
    behind = [
        word[0][:_LONGEST]
        for end in _value_end().finditer(text)
        if (word := _WORD.match(text, end.end()))
    ]
    begins = Counter(word[:_SHORTEST] for word in behind if len(word) >= _SHORTEST)
    found: set[str] = set()
    for begin, times in begins.items():
        if times >= _FEWEST_TIMES:
            same = [word for word in behind if word.startswith(begin)]
            found.add(_common(same))
    return {word for word in found if not labels.anywhere().search(word)}


def _common(words: list[str]) -> str:
    """What all the words begin with."""
    first, last = min(words), max(words)
    alike = 0
    while alike < len(first) and first[alike] == last[alike]:
        alike += 1
    return first[:alike]
