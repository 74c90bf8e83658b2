"""Class labels of indicators in all their spellings: 数量指标(20分), 产出数量, 满意度.

>>> level2("产出指标-数量指标（20分）")
>>> level2("数量指标（必填）")
('数量指标', '产出指标')
"""

from __future__ import annotations

import re
from functools import cache

from kaoji.core.remembering import kept_for_names
from kaoji.documents.recognise.spelling import bare, squeezed
from kaoji.standards import grammar

_POINTS = re.compile(r"\((?:[^()]*\d[^()]*|必填[^()]*|选填[^()]*)\)分?")
_OUTLINE = re.compile(r"^\d{1,2}(?:\.\d{1,2}){0,3}[.、]?(?=[\u4e00-\u9fff])")
_LONGEST = 40
_OF_BENEFITS_TOO = "社会公众或服务对象满意度"


@kept_for_names
def plain_label(text: str) -> str:
    """A label without points, hints, the number of an outline (1.1数量指标) and the word 指标."""
    plain = bare(_POINTS.sub("", squeezed(text[:_LONGEST]))).rstrip("0123456789-分")
    plain = _OUTLINE.sub("", plain)
    if plain.endswith("值") and plain[:-1] in {
        *grammar.words("level1"),
        *grammar.level2_labels(),
    }:
        return plain[:-1]
    for ending in ("绩效指标", "指标等", "指标", "目标"):
        plain = plain.removesuffix(ending) or plain
    rest = plain.removeprefix("产出")
    return rest if rest != plain and rest in grammar.level2_labels() else plain


@kept_for_names
def level1(text: str) -> str | None:
    """The level-1 class that a text names; those of whole departments as they are printed."""
    if len(text) > _LONGEST:
        return None
    plain = plain_label(text)
    known: dict[str, str] = grammar.words("level1")
    return known.get(plain) or (
        squeezed(text) if plain in grammar.words("open_level1") else None
    )


@kept_for_names
def level2(text: str) -> tuple[str, str] | None:
    """The level-2 class that a text names, and the level 1 it belongs to."""
    return None if len(text) > _LONGEST else grammar.level2_labels().get(plain_label(text))


def is_of_benefits_too(text: str) -> bool:
    """Is it the satisfaction that many forms print as the last class of 效益指标?"""
    return len(text) <= _LONGEST and plain_label(text) == _OF_BENEFITS_TOO


def is_official_level1(text: str | None) -> bool:
    """Is it one of the classes of projects?"""
    return text in grammar.words("level1").values()


def is_label(text: str) -> bool:
    """Is it a class label of either level?"""
    return level1(text) is not None or level2(text) is not None


@cache
def spelled_out() -> str:
    """The alternatives of all labels with their noun (数量指标, 数量目标), the longest first."""
    known = (*grammar.words("level1"), *grammar.level2_labels())
    names = {f"{name}{ending}" for name in known for ending in ("指标", "目标")}
    return "|".join(sorted(names, key=lambda name: (-len(name), name)))


@cache
def anywhere() -> re.Pattern[str]:
    """A label that ends in 指标, wherever it stands."""
    return re.compile(spelled_out())


@kept_for_names
def is_spelled_out(text: str) -> bool:
    """Is the whole text a label that ends in 指标?"""
    return bool(anywhere().fullmatch(squeezed(text)))
