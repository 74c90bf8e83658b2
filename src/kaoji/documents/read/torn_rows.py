"""Rows of a table whose line breaks were kept while its cells became pipes: put together again.

Such a copy pads every row to the width of the table, and breaks it wherever a cell held a break:

    绩效指标 |
    一级指标 | 二级指标 | 指标值 | |||

Lines belong to one row when their pipes add up to exactly that width.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

_PIPE = re.compile(r"(?<!\\)[|｜]")
_PADDED = re.compile(r"[|｜]\s*[|｜]\s*$")
_NARROWEST, _MOST_LINES = 5, 16
# A text without pipes that goes on for so many lines ends a table.
_APART = 6
# How many cells of a row may stand on lines of their own before its padded rest, in every row.
_MOST_BEFORE = 4


def torn_rows(lines: Sequence[str]) -> dict[int, int]:
    """For the first line of each row that was torn: its last line, both counted from 0."""
    pipes = [len(_PIPE.findall(line)) for line in lines]
    found: dict[int, int] = {}
    for begin, end in _tables(pipes):
        table = range(begin, end)
        readings = [
            list(_rows(lines, pipes, table, width)) for width in _widths(lines, pipes, table)
        ]
        found |= dict(max(readings, key=_covered, default=[]))
    return {first: last for first, last in found.items() if last > first}


def _covered(rows: Iterable[tuple[int, int]]) -> int:
    """How many lines belong to the rows."""
    return sum(last - first + 1 for first, last in rows)


def _tables(pipes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Stretches of lines with pipes, from the first to behind the last."""
    begin = last = -1
    for place, count in enumerate(pipes):
        if not count:
            continue
        if begin >= 0 and place - last > _APART:
            yield begin, last + 1
            begin = place
        begin = place if begin < 0 else begin
        last = place
    if begin >= 0:
        yield begin, last + 1


def _widths(lines: Sequence[str], pipes: Sequence[int], table: range) -> Sequence[int]:
    """How many pipes a whole row may have: those of the widest padded line, or some before it."""
    padded = Counter(
        pipes[place]
        for place in table
        if pipes[place] >= _NARROWEST and _PADDED.search(lines[place])
    )
    widest = max((count for count, times in padded.items() if times > 1), default=None)
    return range(widest, widest + _MOST_BEFORE) if widest is not None else ()


def _rows(
    lines: Sequence[str], pipes: Sequence[int], table: range, width: int
) -> Iterator[tuple[int, int]]:
    place = table.start
    while place < table.stop:
        last = _end(lines, pipes, range(place, table.stop), width)
        if last is not None:
            yield place, last
        place = last + 1 if last is not None else place + 1


def _end(lines: Sequence[str], pipes: Sequence[int], table: range, width: int) -> int | None:
    """The line that completes the row which begins a table's rest; None where no row begins."""
    held = 0
    for place in table[:_MOST_LINES]:
        held += pipes[place]
        if held >= width or (place == table.start and not pipes[place]):
            break
        if pipes[place] and not _is_full(lines[place]):
            return None
    else:
        return None
    if held != width:
        return None
    if place == table.start:
        return place
    alone = any(pipes[n] == 1 for n in range(table.start, place))
    return place if alone or _PADDED.search(lines[place]) else None


def _is_full(line: str) -> bool:
    """Does every cell hold something, unless there is but one, and the line end behind a pipe?"""
    *cells, rest = _PIPE.split(line)
    return not rest.strip() and (len(cells) == 1 or all(cell.strip() for cell in cells))
