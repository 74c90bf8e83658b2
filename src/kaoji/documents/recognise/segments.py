"""Where one form ends and the next begins.

A title begins a form. Where a title was lost, the captions of the head (项目名称, 主管部门 …)
coming back after an indicator table do the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from kaoji.core.period import read_years
from kaoji.documents.manuscript import Row
from kaoji.documents.recognise.columns import NARROW
from kaoji.standards.layouts import Layout, bare

# What may follow a title in its cell; in a row of a table the same words are part of a name.
_AFTER_TITLE = re.compile(
    r"(?:\(\d{4}年度?\))?(?:\([^()]{2,12}类\))?(?:\(?[^()]{0,4}单位:?\w{1,4}\)?)?"
)
_LONGEST_BEFORE_TITLE = 20
_EVERY_TITLE_HOLDS = "表"
_ROWS_WITH_TITLE = 4
_NAMES = {"项目名称", "部门(单位)名称"}
_TITLE_COUNTS = 8


def split_forms(
    rows: Sequence[Row], known: Sequence[Layout]
) -> tuple[list[Row], list[list[Row]]]:
    """The rows before the first form, and the rows of each form."""
    starts = _starts(rows, known)
    ends = [*starts[1:], len(rows)][: len(starts)]
    forms = [list(rows[start:end]) for start, end in zip(starts, ends, strict=True)]
    return list(rows[: starts[0]] if starts else rows), forms


def choose_layout(rows: Sequence[Row], known: Sequence[Layout]) -> Layout:
    """The layout most of whose captions stand in the form; the older one when even."""
    present = {bare(cell.text) for row in rows for cell in row.filled}

    def fit(layout: Layout) -> int:
        captions = layout.captions.keys() | layout.goals.keys()
        captions |= layout.budget_columns.keys() | layout.budget_lines.keys()
        captions |= layout.tables.keys()
        titled = any(is_title(row, (layout,)) for row in rows[:_ROWS_WITH_TITLE])
        missing = len(layout.expected - present)
        return 2 * len(captions & present) - missing + (_TITLE_COUNTS if titled else 0)

    return max(known, key=fit)


def head_captions(row: Row, layout: Layout) -> int:
    """How many captions of the form's head stand in a row."""
    return sum(bare(cell.text) in layout.captions for cell in row.filled)


def is_title(row: Row, known: Sequence[Layout]) -> bool:
    """Is it the line with the form's title?"""
    captions, titles = _printed_in(tuple(known))
    texts = [bare(cell.text) for cell in row.filled]
    if any(text in captions for text in texts):
        return False
    likely = [text for text in texts if _EVERY_TITLE_HOLDS in text]
    return any(_ends_as_title(text, title) for text in likely for title in titles)


@lru_cache(maxsize=32)
def _printed_in(known: tuple[Layout, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
    """All captions and all titles of some layouts."""
    captions = frozenset(caption for layout in known for caption in layout.captions)
    return captions, tuple({title: None for layout in known for title in layout.titles})


def _ends_as_title(text: str, title: str) -> bool:
    before, found, after = text.rpartition(title)
    return (
        bool(found)
        and len(before) <= _LONGEST_BEFORE_TITLE
        and bool(_AFTER_TITLE.fullmatch(after))
    )


def is_indicator_heading(row: Row, layout: Layout) -> bool:
    """Is it the row 一级指标 | 二级指标 | 三级指标 | 指标目标值, or most of it?"""
    fields = (layout.indicator_columns.get(bare(cell.text)) for cell in row.filled)
    return sum(field in NARROW for field in fields) >= 2


def _starts(rows: Sequence[Row], known: Sequence[Layout]) -> list[int]:
    starts: list[int] = []
    seen_table = seen_head = False
    for number, row in enumerate(rows):
        if is_title(row, known) and (seen_table or seen_head or not starts):
            starts.append(_back_over_preface(rows, number, starts))
            seen_table = seen_head = False
            continue
        captions = max(head_captions(row, layout) for layout in known)
        named = any(bare(cell.text) in _NAMES for cell in row.filled)
        if (captions >= 2 or named) and (seen_table or not starts or (named and seen_head)):
            starts.append(_back_over_preface(rows, number, starts))
            seen_table = seen_head = False
        seen_head = seen_head or captions > 0
        seen_table = seen_table or any(is_indicator_heading(row, layout) for layout in known)
    return starts


def _back_over_preface(rows: Sequence[Row], number: int, starts: list[int]) -> int:
    """A lone line with the year or the unit of money belongs to the form below it."""
    floor = starts[-1] + 1 if starts else 0
    while number > floor and _is_preface(rows[number - 1]):
        number -= 1
    return number


def _is_preface(row: Row) -> bool:
    if len(row.filled) != 1:
        return False
    text = bare(row.filled[0].text)
    return read_years(text) is not None or "单位" in text[:6]
