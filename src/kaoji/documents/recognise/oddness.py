"""Does a value of the head look like something else? Then it is told as a doubt."""

from __future__ import annotations

import re

from kaoji.core.width import narrow
from kaoji.documents.recognise import labels
from kaoji.documents.recognise.captions import caption, inside, is_title

_NAMES = frozenset({"project_name", "department", "implementing_unit"})
_LONGEST, _LONG_NAME = 60, 25
_LETTER = re.compile(r"[\u4e00-\u9fffA-Za-z]")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_UNIT_OF_MONEY = re.compile(r"金额单位")
_UNITS = frozenset({"department", "implementing_unit"})
# What a reviewer writes into a cell beside what stood there.
_ANNOTATED = re.compile(r"[批备]注[:：]|改为|原为|→|➔|->")
_IN_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_NO_CATEGORY = re.compile(r"理由|功能分类")
# What stands beside a unit's name in a form, and never within one: 自评总分97.6, 申请理由, 主要领导签字.
_BESIDE_UNIT = re.compile(r"\d\.\d|总分|得分|自评|理由|签字")


def is_odd(name: str, text: str) -> bool:
    """Does a text not belong to the caption before it?"""
    if not text:
        return False
    if name == "project_name" and re.search(r"主管|单位$|部门", text):
        return True
    if labels.is_label(text) or caption(text) or len(text) > _LONGEST or is_title(text):
        return True
    if _is_torn(text):
        return True
    if name not in _NAMES:
        return bool(_NO_CATEGORY.search(text)) or any(map(caption, text.split()))
    if not _LETTER.search(_IN_BRACKETS.sub("", text)):
        return True
    of_unit = name in _UNITS and (_BESIDE_UNIT.search(text) or not _CHINESE.search(text))
    if of_unit or _ANNOTATED.search(text):
        return True
    may_hold_one = name == "project_name" and len(text) <= _LONG_NAME
    return not may_hold_one and bool(inside().search(text[:200]) or _UNIT_OF_MONEY.search(text))


def _is_torn(text: str) -> bool:
    """A bracket of which only one half stands there, or the colon of the caption behind it."""
    plain = narrow(text)
    return plain.count("(") != plain.count(")") or plain.endswith(":")
