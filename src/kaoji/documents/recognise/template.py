"""What a form has printed before anybody fills it in: hints, signs that hold a place, examples.

None of it is a value. A row that holds nothing else is no indicator, and a form that holds nothing
else is blank.

>>> is_prompt("请填写项目全称"), is_prompt("××局"), is_prompt("____年__月__日"), is_prompt("目标1：……")
(True, True, True, True)
>>> is_prompt("填补空白"), is_prompt("目标1：修路8公里"), is_prompt("**镇敬老院")
(False, False, False)
"""

from __future__ import annotations

import re
from functools import cache

from kaoji.core.remembering import kept_for_names
from kaoji.core.target import Kind
from kaoji.documents.recognise import labels, shapes
from kaoji.documents.recognise.captions import column_caption, is_side
from kaoji.documents.recognise.checkboxes import ticked_in
from kaoji.documents.recognise.draft import RowDraft
from kaoji.documents.recognise.spelling import squeezed
from kaoji.standards import grammar

# No hint is longer; goals are.
_LONGEST = 80
_HOLDS_PLACE = r"(?:[×xX*＊○〇_]{2,}|[×＊○〇])"
_MARKS = re.compile(
    r"[×*＊○〇_\-—–.…·/\\:：、，,;；。()（）\[\]【】~≥≤=<>￥¥]|[xX]{2,}|20(?=[×xX*_年])"
)
_HAS_PLACE = re.compile(_HOLDS_PLACE)
_BLANK_DAY = re.compile(
    r"(?=[^年月]*年[^月]*月|[^月日]*月[^日]*日)(?:20(?=[年_×xX*])|[年月日时至到起止\-—–~_×xX*])+"
)
_UNIT_OF_MONEY = re.compile(r"\(?(?:人民币|金额)?[千百万亿]{0,2}元\)?")
_NUMBERED = re.compile(
    r"(?:(?:年度|总体|长期|绩效)?(?:目标|指标|任务|成果|内容)[\d一二三四五六七八九十]{0,2}(?:完成情况)?|\(?\d{1,2}(?=[^\d]))(?:[:：.、)）](?!\d)|$|(?=…))"
)
_BRACKETS = re.compile(r"[(（\[【<《]([^()（）\[\]【】]{1,60})[)）\]】>》]")
# Captions of an indicator table that are no name: 项目完成时间, 资金到位金额 head a cell of the head and may be one.
_OF_NAMES = frozenset({"level1", "level2", "level3", "target"})
_DIGIT = re.compile(r"\d")


@kept_for_names
def is_prompt(text: str) -> bool:
    """Is the whole text what the form had printed where a value was to be filled in?"""
    plain = squeezed(text) if len(text) < 2 * _LONGEST else ""
    if not plain or len(plain) > _LONGEST:
        return False
    return (
        bool(_BLANK_DAY.fullmatch(plain) or _UNIT_OF_MONEY.fullmatch(plain))
        or _holds_places_only(plain)
        or _is_hint(plain)
        or _is_numbers_only(plain)
    )


def _holds_places_only(plain: str) -> bool:
    """××局, XX项目, ____万元, ≥××%"""
    if not _HAS_PLACE.search(plain):
        return False
    rest = _MARKS.sub("", plain)
    return not rest or bool(_nouns().fullmatch(rest))


@cache
def _nouns() -> re.Pattern[str]:
    return re.compile(f"(?:{_prompts('nouns')})+")


def _prompts(name: str) -> str:
    found: str = grammar.words("prompts")[name]
    return found


@cache
def _hint() -> re.Pattern[str]:
    return re.compile(_prompts("hint"))


@cache
def _hint_in_brackets() -> re.Pattern[str]:
    return re.compile(_prompts("in_brackets"))


def _is_hint(plain: str) -> bool:
    """请选择, (指标名称), 如:培训人数"""
    inside = _BRACKETS.fullmatch(plain)
    if inside and not _DIGIT.search(inside[1]) and _hint_in_brackets().search(inside[1]):
        return True
    return bool(_hint().match(inside[1] if inside else plain))


def _is_numbers_only(plain: str) -> bool:
    """目标1:……目标2:……, 1、2、3、"""
    rest = _NUMBERED.sub("", labels.anywhere().sub("", plain))
    return rest != plain and not _MARKS.sub("", rest)


@cache
def _unknown_caption() -> re.Pattern[str]:
    return re.compile(_prompts("unknown_captions"))


def is_caption_of_others(text: str) -> bool:
    """工程负责人: another cell's caption, where a value is looked for."""
    return len(text) < _LONGEST and bool(_unknown_caption().fullmatch(squeezed(text)))


def is_blank_row(row: RowDraft) -> bool:
    """Does a row of a table of indicators hold nothing that somebody filled in?"""
    said = _says_something(row.level3) or (row.target and not _is_blank_target(row))
    beside = (row.weight, row.score, row.more.get("actual_raw"), row.more.get("forecast_raw"))
    return not said and not any(
        value is not None and not _is_blank(str(value)) for value in beside
    )


def _is_blank(text: str) -> bool:
    return is_prompt(text) or shapes.is_nothing(text) or not _MARKS.sub("", squeezed(text))


def _says_something(name: str | None) -> bool:
    """A name that is neither a prompt, nor a caption, nor a class; of ×××满意度 nothing is known."""
    if not name or _is_blank(name):
        return False
    plain = squeezed(name[:_LONGEST])
    if column_caption(plain) in _OF_NAMES or is_side(plain) or labels.is_spelled_out(plain):
        return False
    return not _HAS_PLACE.search(_BRACKETS.sub("", plain))


def _is_blank_target(row: RowDraft) -> bool:
    """≥××%, a unit alone, a caption, boxes of which none is ticked"""
    text = row.target or ""
    if row.parsed.kind is Kind.PLACEHOLDER or _is_blank(text):
        return True
    return column_caption(text) in _OF_NAMES or ticked_in(text) == []


def is_certainly_blank_row(row: RowDraft) -> bool:
    """A blank row whose cells hold together: its name is there, or its own cells say that there is none."""
    return (row.exact or row.level3 is not None) and is_blank_row(row)
