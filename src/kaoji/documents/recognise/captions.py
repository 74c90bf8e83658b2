"""Which field does a caption stand for? A grammar decides, not a list of spellings.

>>> caption("省级主管部门（盖章）")
'department'
>>> caption("年初目标值（A）", "columns")
'target'
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from kaoji.core.remembering import kept_for_names
from kaoji.documents.recognise.spelling import bare, squeezed
from kaoji.standards import grammar

GOALS = frozenset({"overall_goal", "annual_goal", "goal_done"})
EXTRA = "extra"
_SHORTEST, _LONGEST, _LONGEST_OTHER = 2, 26, 14
_LEVELS = {"一级": "level1", "二级": "level2", "三级": "level3"}
_OF_TWINS = re.compile(r"\((?:长期|年度|中期)\)|^(?:长期|年度|中期)")
_WHOLE_PROJECT = re.compile(r"长期|中期|实施期|项目期|总体")
_UNIT_NOTE = re.compile(
    r"\(?(?:金额|货币|计量|计价)?单位:?\(?(?:人民币)?(?:千元|百万元|亿元|万元|元)\)?\)?"
)
_UNIT_ALONE = re.compile(r"\([千百万亿]{0,2}元\)")
YEARS = re.compile(r"\(?(20\d\d)年?[-—~至到一](20\d\d)年?\)?")


def caption(text: str, family: grammar.Family = "head") -> str | None:
    """The field whose caption the whole text is, within a family; `extra` for one kept by its name."""
    return None if len(text) > 4 * _LONGEST else _BY_FAMILY[family](text)


def _find(text: str, family: grammar.Family) -> str | None:
    plain = bare(text)
    if not _SHORTEST <= len(plain) <= _LONGEST:
        return None
    found = grammar.captions_of(family).field_of(plain)
    if found:
        return found
    others = family == "head" and len(plain) <= _LONGEST_OTHER
    return EXTRA if others and grammar.pattern("others").fullmatch(plain) else None


@kept_for_names
def _in_head(text: str) -> str | None:
    return _find(text, "head")


@kept_for_names
def _in_budget(text: str) -> str | None:
    return _find(text, "budget")


@kept_for_names
def _in_columns(text: str) -> str | None:
    return _find(text, "columns")


_BY_FAMILY = {"head": _in_head, "budget": _in_budget, "columns": _in_columns}


@kept_for_names
def column_caption(text: str) -> str | None:
    """The column of an indicator table that a text heads, also 一级 alone or 数量(年度)."""
    if len(text) > 4 * _LONGEST:
        return None
    found = caption(text, "columns") or _LEVELS.get(bare(text))
    if found:
        return found
    shuffled = _in_two_lines().get(frozenset(bare(text)))
    if shuffled and len(bare(text)) <= len(shuffled) + _READ_TWICE:
        return caption(shuffled, "columns")
    plain = _OF_TWINS.sub("", bare(text))
    return caption(plain, "columns") if plain != bare(text) and len(plain) > _SHORTEST else None


# Signs of a caption in two lines that recognition read twice.
_READ_TWICE = 2


@cache
def _in_two_lines() -> Mapping[frozenset[str], str]:
    """Captions printed in two lines by the signs they consist of, whatever their order."""
    return {frozenset(name): name for name in grammar.words("in_two_lines")}


@kept_for_names
def is_side(text: str) -> bool:
    """Is it a label that runs down the side of a table or over several columns?"""
    return bool(grammar.pattern("side").fullmatch(bare(text)))


@kept_for_names
def is_piece_of_side_label(text: str) -> bool:
    """A label at the side of goals or indicators, or a piece of one torn over lines: 绩, 效指标."""
    plain = bare(text) if len(text) < 20 else ""
    return bool(_OF_SIDE_LABEL.search(plain)) and any(plain in label for label in _SIDE_LABELS)


_OF_SIDE_LABEL = re.compile("[绩效指标]")
_SIDE_LABELS = ("项目绩效目标", "年度绩效目标", "项目绩效指标", "年度绩效指标", "当年绩效指标")


_SUMS = frozenset({"合计", "总计", "资金合计"})


def is_sum(text: str) -> bool:
    """Does it head the line that adds up a table of money?"""
    return bare(text) in _SUMS


@kept_for_names
def is_title(text: str) -> bool:
    """Is it the title of a form?"""
    return len(bare(text)) < _LONGEST_TITLE and bool(
        grammar.pattern("titles").search(bare(text))
    )


_LONGEST_TITLE = 70


def is_unit_note(text: str) -> bool:
    """单位：万元 stands above the money of a form."""
    return bool(_UNIT_NOTE.fullmatch(squeezed(text[:40])))


def is_unit_alone(text: str) -> bool:
    """(万元) in a cell or line of its own is said of all amounts."""
    return len(text) < _LONGEST and bool(_UNIT_ALONE.fullmatch(squeezed(text)))


def is_of_whole_project(text: str) -> bool:
    """Of two columns alike: is it the one of the whole project (长期, 中期), not of the year?"""
    return bool(_WHOLE_PROJECT.search(squeezed(text)))


def is_any_caption(text: str) -> bool:
    """Is the whole text a caption of any family, or a side label?"""
    return bool(
        caption(text) or caption(text, "budget") or column_caption(text) or is_side(text)
    )


@cache
def inside() -> re.Pattern[str]:
    """Captions in running text: only those long enough not to be a word of a sentence."""
    fields, others = grammar.inside()
    return re.compile("|".join([*map(_bounded, fields), *(f"(?:{other})" for other in others)]))


def _bounded(name: str) -> str:
    pattern = grammar.spellings(name)
    if name == "department":
        pattern = (
            pattern.replace(r"[\u4e00-\u9fff]{0,3}主管", "主管")
            .replace("|部门名称", "")
            .replace("|部门|", "|")
            .replace("|资金|", "|")  # …专项资金主管部门: the name before it ends in 资金
        )
    no_title = (
        "(?!自评|申报|批复|审批|监控|值|合理性|明确性|[^,。，]{0,3}表)" if name in GOALS else ""
    )
    return rf"(?:(?:{pattern}){no_title}(?:\([^()]{{1,10}}\))?[:：]?)"
