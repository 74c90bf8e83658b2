"""Tables without ruled lines: columns are where many lines begin again after a gap.

A line belongs to the row above where each of its pieces stands under one that filled its column: it was
wrapped. Where level lines are drawn, they part the rows instead.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from kaoji.documents.read.page.ink import Box, Glyph, Stroke
from kaoji.documents.read.page.lines_in_cells import Line
from kaoji.documents.read.page.ruling import Region, RuledTable

# Of the height of a sign: no gap within prose is as wide.
_GAP = 0.55
_SAME_EDGE = 3.0
_FEWEST_LINES = 4
_FEWEST_COLUMNS, _MOST_COLUMNS = 3, 60
_SUPPORT = 3
_WIDEST_REST = 1.05
# A full line ends so near to the next column: a word that did not fit, and the blank between.
_WIDEST_GAP = 1.6
_WORD_GAP = 0.15
_FEWEST_RULES = 3


@dataclass(frozen=True)
class _Part:
    """A run of signs of a line without a gap."""

    glyphs: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        return "".join(glyph.text for glyph in self.glyphs)

    @property
    def left(self) -> float:
        return self.glyphs[0].box.left

    @property
    def right(self) -> float:
        return max(glyph.box.right for glyph in self.glyphs)


@dataclass(frozen=True)
class _Parted:
    """A line with its parts."""

    line: Line
    parts: tuple[_Part, ...]


def aligned_tables(lines: Sequence[Line], rules: Sequence[Stroke]) -> list[RuledTable]:
    """The tables that the lines make by standing under each other, from top to bottom."""
    parted = [_Parted(line, tuple(_parts(line))) for line in lines]
    parted = [item for item in parted if item.parts]
    edges = _edges(parted)
    if not _FEWEST_COLUMNS <= len(edges) <= _MOST_COLUMNS:
        return []
    return [
        table for block in _blocks(parted, edges) if (table := _table(block, rules)) is not None
    ]


def _parts(line: Line) -> Iterator[_Part]:
    run: list[Glyph] = []
    for glyph in sorted(line.glyphs, key=lambda glyph: glyph.box.left):
        if glyph.text.isspace():
            continue
        if run and glyph.box.left - run[-1].box.right > _GAP * line.size:
            yield _Part(tuple(run))
            run = []
        run.append(glyph)
    if run:
        yield _Part(tuple(run))


def _edges(lines: Sequence[_Parted]) -> list[float]:
    """Where parts begin in several lines; all but the first edge also behind a gap."""
    starts = sorted(
        (part.left, place > 0) for item in lines for place, part in enumerate(item.parts)
    )
    groups: list[list[tuple[float, bool]]] = []
    for start in starts:
        if groups and start[0] - groups[-1][-1][0] <= _SAME_EDGE:
            groups[-1].append(start)
        else:
            groups.append([start])
    kept = [group for group in groups if len(group) >= _SUPPORT]
    return [
        group[0][0]
        for place, group in enumerate(kept)
        if place == 0 or sum(behind for _, behind in group) >= 2
    ]


def _at_edge(x: float, edges: Sequence[float]) -> int | None:
    """The number of the column that begins at *x*."""
    place = bisect_right(edges, x + _SAME_EDGE) - 1
    return place if place >= 0 and x - edges[place] <= 2 * _SAME_EDGE else None


def _blocks(lines: Sequence[_Parted], edges: list[float]) -> Iterator[list[_Parted]]:
    """Runs of lines all of whose parts begin at the edges, with enough lines of several columns."""
    run: list[_Parted] = []
    for item in [*lines, None]:
        fits = item is not None and all(
            _at_edge(part.left, edges) is not None for part in item.parts
        )
        if item is not None and fits:
            run.append(item)
            continue
        full = sum(len(line.parts) >= _FEWEST_COLUMNS for line in run)
        several = sum(len(line.parts) >= 2 for line in run)
        if full >= _SUPPORT and several >= _FEWEST_LINES:
            yield run
        run = []


def _table(lines: Sequence[_Parted], rules: Sequence[Stroke]) -> RuledTable | None:
    edges = _edges(lines)
    if len(edges) < _FEWEST_COLUMNS:
        return None
    if any(_at_edge(part.left, edges) is None for item in lines for part in item.parts):
        return None
    right = max(part.right for item in lines for part in item.parts)
    xs = (*(edge - 1 for edge in edges), right + 1)
    rows = _rows(lines, edges, rules)
    tops = [min(item.line.box.top for item in row) for row in rows]
    bottom = max(item.line.box.bottom for item in lines)
    ys = (tops[0] - 1, *((_middle(a, b)) for a, b in pairwise(rows)), bottom + 1)
    return _with_spans(xs, ys, rows, edges, _ends(lines, edges))


def _middle(above: list[_Parted], below: list[_Parted]) -> float:
    """Between the centres of the last line of a row and the first of the next."""
    return (above[-1].line.box.centre[1] + below[0].line.box.centre[1]) / 2


def _rows(
    lines: Sequence[_Parted], edges: Sequence[float], rules: Sequence[Stroke]
) -> list[list[_Parted]]:
    """The lines of each row."""
    begin, end = lines[0].line.box.centre[1], lines[-1].line.box.centre[1]
    between = [rule.at for rule in rules if begin < rule.at < end]
    ruled = len(between) >= _FEWEST_RULES
    ends = _ends(lines, edges)
    rows = [[lines[0]]]
    for above, below in pairwise(lines):
        upper, lower = above.line.box.centre[1], below.line.box.centre[1]
        parted = any(upper < at < lower for at in between)
        goes_on = not parted if ruled else _goes_on(above, below, edges, ends)
        if goes_on and not parted:
            rows[-1].append(below)
        else:
            rows.append([below])
    return rows


def _ends(lines: Sequence[_Parted], edges: Sequence[float]) -> dict[int, float]:
    """How far the longest part of each column reaches, those that reach over the next left out."""
    ends: dict[int, float] = {}
    for item in lines:
        for part in item.parts:
            column = _at_edge(part.left, edges)
            over = (
                column is not None
                and column + 1 < len(edges)
                and part.right > edges[column + 1]
            )
            if column is not None and not over:
                ends[column] = max(ends.get(column, 0.0), part.right)
    return ends


def _goes_on(
    above: _Parted, below: _Parted, edges: Sequence[float], ends: dict[int, float]
) -> bool:
    """Does every part stand under one that is full, and near it?"""
    distance = below.line.baseline - above.line.baseline
    if distance > 2.2 * median([above.line.size, below.line.size]):
        return False
    if len(below.parts) > 2:
        return False
    upper = {_at_edge(part.left, edges): part for part in above.parts}
    return all(
        _wraps_into(upper.get(column), part, column, edges, ends)
        for part in below.parts
        for column in [_at_edge(part.left, edges)]
    )


_BEGINS_A_VALUE = re.compile(r"[≥≤=＝><＞＜≧≦]|[\d.,%/-]+$")


def _wraps_into(
    over: _Part | None,
    part: _Part,
    column: int | None,
    edges: Sequence[float],
    ends: dict[int, float],
) -> bool:
    """Is a part the rest of the one above, which filled its column? A value is no rest of another."""
    if over is None or column is None:
        return False
    if _BEGINS_A_VALUE.match(part.text) and _BEGINS_A_VALUE.match(over.text):
        return False
    needed = _first_word(part)
    if over.right + _WIDEST_REST * needed < max(ends.get(column, 0.0), over.right):
        return False
    following = next((edge for edge in edges if edge > over.right), None)
    widest = needed + _WIDEST_GAP * part.glyphs[0].box.height
    return following is None or following - over.right < widest


def _first_word(part: _Part) -> float:
    """How wide the sign or the Latin word is that a part begins with."""
    end = part.glyphs[0].box.right
    for before, glyph in pairwise(part.glyphs):
        latin = before.text.isascii() and glyph.text.isascii()
        if not latin or glyph.box.left - before.box.right > _WORD_GAP * glyph.box.height:
            break
        end = glyph.box.right
    return end - part.left


def _with_spans(
    xs: tuple[float, ...],
    ys: tuple[float, ...],
    rows: list[list[_Parted]],
    edges: list[float],
    ends: dict[int, float],
) -> RuledTable:
    """The grid; what reaches over the next edges takes their places."""
    regions: list[Region] = []
    holders: list[tuple[int, ...]] = []
    for number, row in enumerate(rows):
        reach = list(range(len(edges)))
        rights = dict(ends)
        for item in row:
            for part in item.parts:
                first = _at_edge(part.left, edges) or 0
                last = max(bisect_right(edges, part.right - _SAME_EDGE) - 1, first)
                rights[last] = max(rights.get(last, 0.0), part.right)
                for column in range(first, last + 1):
                    reach[column] = min(reach[column], reach[first])
        line: list[int] = []
        for column in range(len(edges)):
            if reach[column] == column:
                last = max(at for at, begin in enumerate(reach) if begin == column)
                right = rights.get(last, xs[last + 1] - 1) + 1
                box = Box(xs[column], ys[number], right, ys[number + 1])
                regions.append(Region(number, column, 1, last - column + 1, box))
                line.append(len(regions) - 1)
            else:
                line.append(line[reach[column]])
        holders.append(tuple(line))
    return RuledTable(xs, ys, tuple(regions), tuple(holders))
