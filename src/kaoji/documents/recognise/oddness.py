"""Does a value of the head look like something else? Then it is told as a doubt."""

from __future__ import annotations

import re

from kaoji.documents.recognise import labels
from kaoji.documents.recognise.captions import caption, inside, is_title

_NAMES = frozenset({"project_name", "department", "implementing_unit"})
_LONGEST, _LONG_NAME = 60, 25
_LETTER = re.compile(r"[\u4e00-\u9fffA-Za-z]")
_UNIT_OF_MONEY = re.compile(r"金额单位")


def is_odd(name: str, text: str) -> bool:
    """Does a text not belong to the caption before it?"""
    if not text:
        return False
    if name == "project_name" and re.search(r"主管|单位$|部门", text):
        return True
    if labels.is_label(text) or caption(text) or len(text) > _LONGEST or is_title(text):
        return True
    if name not in _NAMES:
        return False
    if not _LETTER.search(text):
        return True
    may_hold_one = name == "project_name" and len(text) <= _LONG_NAME
    return not may_hold_one and bool(inside().search(text[:200]) or _UNIT_OF_MONEY.search(text))
