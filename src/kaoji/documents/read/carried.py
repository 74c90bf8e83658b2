r"""What mail, messengers and Markdown put around the lines of a text, and what is no part of it.

>>> uncarried("> 项目名称\n> 河道清淤\n> 主管部门\n> 水务局")[0]
'项目名称\n河道清淤\n主管部门\n水务局'
"""

from __future__ import annotations

import re

from kaoji.core.provenance import UNKNOWN_PLACE, Origin
from kaoji.core.speech import Sentence, say
from kaoji.documents.manuscript import Omission
from kaoji.documents.read.unseen import Unseen

_QUOTED = re.compile(r"^[ \t\u3000]*(?:[>＞][ \t\u3000]?)+", re.MULTILINE)
_FILLED = re.compile(r"^.*\S.*$", re.MULTILINE)
_NEARLY_ALL, _FEWEST_LINES = 0.9, 3
# Pictures before a line; boxes and ticks (□ ☑ √) are no such pictures, for they choose.
_PICTURES = "[\U0001f000-\U0001faff\u2705\u274c\u2728\u2b50\u27a1\u25b6\u2764\u270f\u270d]"
_BULLET = re.compile(rf"^[ \t\u3000]*(?:(?:{_PICTURES}|[0-9]\ufe0f?\u20e3)[\ufe0f\u200d]*[ \t]*)+", re.MULTILINE)  # fmt: skip
# 5~~10 is a span of numbers.
_STRUCK = re.compile(r"(?<![\d~])~~(?=\S)([^~\n]+)(?<=\S)~~(?![\d~])")
# 1.5 公里 is a value: one point numbers a line only before a class, none before nothing else.
_CLASS = r"(?=[\u4e00-\u9fff]{0,10}(?:指标|目标))"
_DEEP_NUMBER = re.compile(rf"^[ \t\u3000]*(?:\d{{1,2}}(?:\.\d{{1,2}}){{2,3}}[.、]?[ \t\u3000]*(?=[\u4e00-\u9fff])|\d{{1,2}}\.\d{{1,2}}[.、]?[ \t\u3000]*{_CLASS})", re.MULTILINE)  # fmt: skip
_NUMBER = re.compile(rf"{_DEEP_NUMBER.pattern}|^[ \t\u3000]*\d{{1,2}}[.、]?[ \t\u3000]*{_CLASS}", re.MULTILINE)  # fmt: skip


def uncarried(text: str) -> tuple[str, tuple[Omission, ...]]:
    """The text without them, line for line, and what is to be told."""
    unseen = Unseen()
    if _quotes_nearly_all(text):
        text = _left_out(_QUOTED, text, unseen, say("各行开头的引用符号“>”没有读取"))
    text = _left_out(_BULLET, text, unseen, say("行首的表情符号没有读取"))
    text = _left_out(_STRUCK, text, unseen, say("划掉的文字没有读取：{texts}"))
    if len(_DEEP_NUMBER.findall(text)) >= _FEWEST_LINES:
        text = _left_out(_NUMBER, text, unseen, say("行首的编号（如 1.1、1.1.1）没有读取"))
    return text, tuple(unseen.omissions())


def _quotes_nearly_all(text: str) -> bool:
    """A mail quotes every line; a > before a few of them compares."""
    quoted = sum(1 for _ in _QUOTED.finditer(text))
    return quoted >= _FEWEST_LINES and quoted >= len(_FILLED.findall(text)) * _NEARLY_ALL


def _left_out(pattern: re.Pattern[str], text: str, unseen: Unseen, told: Sentence) -> str:
    for found in pattern.finditer(text):
        if unseen.place == UNKNOWN_PLACE:
            unseen.place = Origin(line=text.count("\n", 0, found.start()) + 1)
        unseen.note(told, found[1].strip(" |｜") if pattern.groups else "")
    unseen.place = UNKNOWN_PLACE
    return pattern.sub("", text)
