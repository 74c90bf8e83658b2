"""Tables that head names with 绩效指标 and targets with 绩效目标, and grade what is reached: 优 | 良 | 中 | 差.

    指标类型 | 绩效指标 | 绩效目标 | 绩效标准
                                   | 优 | 良 | 中 | 差

Elsewhere 绩效指标 runs down the side of a table and 绩效目标 heads a text; beside a caption of
classes, in one row of captions, they head columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from kaoji.documents.recognise.atoms import Atom
from kaoji.documents.recognise.captions import column_caption, is_any_caption
from kaoji.documents.recognise.spelling import bare
from kaoji.standards import grammar

_CLASSES = frozenset({"level1", "level2"})
_MEANT = {"绩效指标": "绩效指标名称", "绩效目标": "绩效目标值"}
_FEWEST_GRADES, _FEWEST_CELLS = 3, 3
_STANDARD = re.compile(r"(?:绩效|评价|评分|指标)?标准")


def with_columns_named(atoms: Sequence[Atom]) -> list[Atom]:
    """The stream with captions of columns where 绩效指标 and 绩效目标 head some, and one for each grade."""
    found: list[Atom] = []
    standard: Atom | None = None
    for _, line in groupby(atoms, key=lambda atom: atom.line):
        cells = list(line)
        if standard and _are_grades(cells):
            found[-1:] = _of_grades(standard, cells)
            cells = []
        found += map(_named, cells) if _heads_columns(cells) else cells
        standard = cells[-1] if cells and _STANDARD.fullmatch(bare(cells[-1].text)) else None
    return found


def _heads_columns(cells: Sequence[Atom]) -> bool:
    if len(cells) < _FEWEST_CELLS or any(cell.trust == "free" for cell in cells):
        return False
    names = [bare(cell.text) for cell in cells]
    after_classes = column_caption(cells[0].text) in _CLASSES and names[1:3] == [*_MEANT]
    return after_classes and all(is_any_caption(cell.text) for cell in cells)


def _named(atom: Atom) -> Atom:
    meant = _MEANT.get(bare(atom.text))
    return replace(atom, text=meant) if meant else atom


def _are_grades(cells: Sequence[Atom]) -> bool:
    """优 良 中 差 in a row of their own."""
    grades = grammar.words("grades")
    return len(cells) >= _FEWEST_GRADES and all(
        cell.trust != "free" and bare(cell.text) in grades for cell in cells
    )


def _of_grades(standard: Atom, grades: Sequence[Atom]) -> Iterator[Atom]:
    """A column for each grade, from that of the standard on; a copy that lost its cells begins each row at 0."""
    for number, grade in enumerate(grades):
        own = grade.column if grade.trust == "exact" else (standard.column or 0) + number
        text = f"{bare(standard.text)}{bare(grade.text)}"
        yield replace(standard, text=text, column=own, gap="cell" if number else standard.gap)
