"""Rows told in prose, each value behind its caption: 1.群体免疫密度，年初目标值≥90%，实际完成值≥90%，自评得分20分。

Three such lines or more, one below the other, are a table; its heading is what stands before the values.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kaoji.documents.manuscript import Row

_FEWEST, _LONGEST = 3, 200
_NUMBER = r"(?:\d{1,2}[.、．]|[(（]\d{1,2}[)）]|[①-⑳])?\s*"
_VALUE = r"[:：为是]?\s*([^,，;；。]{1,40})"
_LINE = re.compile(
    rf"{_NUMBER}([^,，;；。:：]{{4,60}})[,，:：]\s*"
    rf"[^\d,，;；。≥≤]{{0,4}}(?:目标|指标)值{_VALUE}"
    rf"(?:[,，;；]\s*[^\d,，;；。≥≤]{{0,4}}完成(?:值|情况){_VALUE})?"
    rf"(?:[,，;；]\s*[^\d,，;；。≥≤]{{0,4}}得分{_VALUE})?[,，;；。]?"
)
_HEADING = ("指标名称", "年初目标值", "实际完成值", "自评得分")


@dataclass(frozen=True)
class CaptionedLine:
    """The cells of a line, and the heading above it where it is the first of its table."""

    cells: tuple[str, ...]
    heading: tuple[str, ...]


def captioned_lines(rows: Sequence[Row]) -> dict[int, CaptionedLine]:
    """The lines that are rows of a table told in prose, by their place among the rows."""
    found: dict[int, CaptionedLine] = {}
    run: list[tuple[int, tuple[str | None, ...]]] = []
    for place, row in enumerate([*rows, None]):
        cells = _cells(row) if row is not None else None
        if cells:
            run.append((place, cells))
            continue
        if len(run) >= _FEWEST:
            found |= _table(run)
        run = []
    return found


def _cells(row: Row) -> tuple[str | None, ...] | None:
    if len(row.filled) != 1 or len(row.filled[0].text) > _LONGEST:
        return None
    line = _LINE.fullmatch(row.filled[0].text.strip())
    return line.groups() if line else None


def _table(run: Sequence[tuple[int, tuple[str | None, ...]]]) -> dict[int, CaptionedLine]:
    """The lines of one table; its heading has what any of them has."""
    columns = [n for n in range(len(_HEADING)) if any(cells[n] for _, cells in run)]
    heading = tuple(_HEADING[n] for n in columns)
    return {
        place: CaptionedLine(
            tuple(text for n in columns if (text := cells[n])),
            heading if place == run[0][0] else (),
        )
        for place, cells in run
    }
