"""On a phone the columns of the form stand below each other: a caption that is there twice is told apart.

其他资金 stands in the official form once under all the money and once under that of the year; side by side nobody mistakes
them. Below each other the second one is called by its full name, 年度其他资金.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from kaoji.core.field_names import FIELD_NAMES
from kaoji.documents.render.cells import SheetCell
from kaoji.documents.render.sheet import Sheet

Place = tuple[int, int]


def narrow_captions(sheet: Sheet) -> dict[Place, str]:
    """By row and place in the row the full name of what a caption heads, where the sheet has the caption twice."""
    headed = list(_headed(sheet))
    times = Counter(caption.text for _, caption, _ in headed)
    return {
        place: FIELD_NAMES[value.field]
        for place, caption, value in headed
        if times[caption.text] > 1 and value.field in FIELD_NAMES
    }


def _headed(sheet: Sheet) -> Iterator[tuple[Place, SheetCell, SheetCell]]:
    """Every caption that stands before a value."""
    for y, row in enumerate(sheet.rows):
        for x, (caption, value) in enumerate(pairwise(row)):
            if caption.role == "caption" and value.field and not value.is_heading:
                yield (y, x), caption, value
