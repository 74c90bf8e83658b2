"""Rules know words in the signs of the mainland: a form in other signs is judged as if it were written in these.

Sites that mirror others print 滿意度, or how a sign is read: 項(xiàng)目. Both are the same words.

>>> plain("項(xiàng)目完成及時率")
'项目完成及时率'
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import Any

from kaoji.core.declaration import INDICATOR_TABLES, Declaration
from kaoji.core.indicator import Indicator
from kaoji.core.target import Target
from kaoji.standards import grammar

_TEXTS = ("project_name", "project_category", "project_nature", "department", "implementing_unit", "overall_goal", "annual_goal")  # fmt: skip
# How a sign is read has a tone: (xiàng); a unit, (m), has none.
_READING = re.compile(
    r"[(（](?=[a-z]{0,6}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ])[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,7}[)）]"
)


def plain(text: str) -> str:
    """The text in plain signs, without readings; the very text where it has none of either."""
    if not _folded().search(text):
        return text
    return _READING.sub("", text).translate(_table())


def in_plain_signs(form: Declaration) -> Declaration:
    """The form as it is judged; the very form where all its signs are plain."""
    texts: dict[str, Any] = {
        name: plain(text)
        for name in _TEXTS
        if (text := getattr(form, name)) and plain(text) != text
    }
    tables: dict[str, Any] = {
        table: rows
        for table in INDICATOR_TABLES
        if (rows := tuple(map(_row, getattr(form, table)))) != getattr(form, table)
    }
    return replace(form, **texts, **tables) if texts or tables else form


def _row(row: Indicator) -> Indicator:
    names: dict[str, Any] = {
        name: plain(text)
        for name in ("level1", "level2", "level3")
        if (text := getattr(row, name)) is not None
    }
    target = plain(row.target.text)
    same = target == row.target.text
    return replace(row, **names, target=row.target if same else Target.parse(target))


@cache
def _table() -> dict[int, str]:
    return str.maketrans(grammar.words("folded"))


@cache
def _folded() -> re.Pattern[str]:
    return re.compile(f"[{re.escape(''.join(grammar.words('folded')))}]")
