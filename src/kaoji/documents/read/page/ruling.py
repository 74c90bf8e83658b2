"""Ruled lines become tables: where no line stands between two places, they are one cell."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kaoji.documents.read.grid import MOST_CELLS, TooManyCells
from kaoji.documents.read.page.ink import Box, Ink, Stroke

# Points: what lies closer is the same line; a gap up to this wide is a flaw of the drawing.
_SAME_LINE = 2.0
_GAP = 3.5
_SHORTEST = 6.0
_MOST_STROKES = 4_000


@dataclass(frozen=True)
class Region:
    """A cell, perhaps merged: its place in the grid, how far it reaches, its box."""

    row: int
    column: int
    rows: int
    columns: int
    box: Box


@dataclass(frozen=True)
class RuledTable:
    """A grid of lines (*ys* down, *xs* across) and the region that holds each of its places."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    regions: tuple[Region, ...]
    holders: tuple[tuple[int, ...], ...]

    @property
    def box(self) -> Box:
        """The whole table."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def region_at(self, x: float, y: float) -> int | None:
        """Which region holds a point."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        if 0 <= row < len(self.ys) - 1 and 0 <= column < len(self.xs) - 1:
            return self.holders[row][column]
        return None


def tables_on(page: Ink) -> list[RuledTable]:
    """The ruled tables of a page, from top to bottom."""
    across, down = _lines(page.across), _lines(page.down)
    if len(across) + len(down) > _MOST_STROKES:
        raise TooManyCells
    found = [_table(*group) for group in _touching(across, down)]
    tables = [table for table in found if table is not None]
    return sorted(tables, key=lambda table: (table.ys[0], table.xs[0]))


def _lines(strokes: Iterable[Stroke]) -> list[Stroke]:
    """Strokes at one height that touch, or nearly so, are one line; specks are none."""
    lines: list[Stroke] = []
    for at, group in _clusters(strokes):
        begin, end = None, 0.0
        for stroke in sorted(group, key=lambda stroke: stroke.begin):
            if begin is None or stroke.begin > end + _GAP:
                lines += _if_long(at, begin, end)
                begin, end = stroke.begin, stroke.end
            end = max(end, stroke.end)
        lines += _if_long(at, begin, end)
    return lines


def _if_long(at: float, begin: float | None, end: float) -> list[Stroke]:
    return [Stroke(at, begin, end)] if begin is not None and end - begin >= _SHORTEST else []


def _clusters(strokes: Iterable[Stroke]) -> Iterator[tuple[float, list[Stroke]]]:
    """Strokes whose heights are the same but for the drawing's inaccuracy."""
    group: list[Stroke] = []
    for stroke in sorted(strokes, key=lambda stroke: stroke.at):
        if group and stroke.at - group[-1].at > _SAME_LINE:
            yield _middle(group), group
            group = []
        group.append(stroke)
    if group:
        yield _middle(group), group


def _middle(group: Sequence[Stroke]) -> float:
    return sum(stroke.at for stroke in group) / len(group)


def _touching(
    across: Sequence[Stroke], down: Sequence[Stroke]
) -> Iterator[tuple[list[Stroke], list[Stroke]]]:
    """Groups of lines that hang together: each is one table."""
    group_of = list(range(len(across) + len(down)))

    def head(place: int) -> int:
        while group_of[place] != place:
            group_of[place] = group_of[group_of[place]]
            place = group_of[place]
        return place

    for i, line in enumerate(across):
        for j, other in enumerate(down, start=len(across)):
            if _within(line, other.at) and _within(other, line.at):
                group_of[head(i)] = head(j)
    groups: dict[int, tuple[list[Stroke], list[Stroke]]] = defaultdict(lambda: ([], []))
    for place, line in enumerate([*across, *down]):
        groups[head(place)][place >= len(across)].append(line)
    yield from groups.values()


def _within(line: Stroke, at: float) -> bool:
    return line.begin - _GAP <= at <= line.end + _GAP


def _table(across: list[Stroke], down: list[Stroke]) -> RuledTable | None:
    """The grid of a group of lines; None when they enclose nothing."""
    if len(across) < 2:
        return None
    down = [*down, *_open_sides(across, down)]
    xs, ys = _places(down), _places(across)
    if len(xs) < 2 or len(ys) < 2:
        return None
    if (len(xs) - 1) * (len(ys) - 1) > MOST_CELLS:
        raise TooManyCells
    return _with_regions(xs, ys, across, down)


def _open_sides(across: list[Stroke], down: list[Stroke]) -> Iterator[Stroke]:
    """A table drawn without its left or right edge still ends where its lines end."""
    begin, end = min(line.begin for line in across), max(line.end for line in across)
    top, bottom = min(line.at for line in across), max(line.at for line in across)
    edges = [line.at for line in down]
    for side in (begin, end):
        if all(abs(edge - side) > 2 * _SHORTEST for edge in edges):
            yield Stroke(side, top, bottom)


def _places(lines: Iterable[Stroke]) -> tuple[float, ...]:
    return tuple(at for at, _ in _clusters(lines))


def _with_regions(
    xs: tuple[float, ...], ys: tuple[float, ...], across: list[Stroke], down: list[Stroke]
) -> RuledTable:
    """Flood the grid: places without a line between them belong to one region."""
    walls_right = _walls(xs, ys, down)
    walls_below = _walls(ys, xs, across)
    width, height = len(xs) - 1, len(ys) - 1
    holders = [[-1] * width for _ in range(height)]
    regions: list[Region] = []
    for row in range(height):
        for column in range(width):
            if holders[row][column] >= 0:
                continue
            places = _flood(row, column, holders, len(regions), walls_right, walls_below)
            last_row = max(y for y, _ in places)
            first, last = min(x for _, x in places), max(x for _, x in places)
            box = Box(xs[first], ys[row], xs[last + 1], ys[last_row + 1])
            regions.append(Region(row, first, last_row - row + 1, last - first + 1, box))
    return RuledTable(xs, ys, tuple(regions), tuple(map(tuple, holders)))


def _walls(
    across: tuple[float, ...], along: tuple[float, ...], lines: list[Stroke]
) -> set[tuple[int, int]]:
    """Where lines stand: (place along the lines, number of the line), both from 0."""
    middles = [(begin + end) / 2 for begin, end in pairwise(along)]
    walls: set[tuple[int, int]] = set()
    for line in lines:
        number = min(range(len(across)), key=lambda i: abs(across[i] - line.at))
        walls |= {(place, number) for place, at in enumerate(middles) if _within(line, at)}
    return walls


def _flood(
    row: int,
    column: int,
    holders: list[list[int]],
    region: int,
    walls_right: set[tuple[int, int]],
    walls_below: set[tuple[int, int]],
) -> list[tuple[int, int]]:
    """All free places that hang together with the first; they are marked on the way."""
    height, width = len(holders), len(holders[0])
    holders[row][column] = region
    found, open_places = [(row, column)], [(row, column)]
    while open_places:
        y, x = open_places.pop()
        ways = (
            (y, x + 1, (y, x + 1) in walls_right),
            (y, x - 1, (y, x) in walls_right),
            (y + 1, x, (x, y + 1) in walls_below),
            (y - 1, x, (x, y) in walls_below),
        )
        for down, right, walled in ways:
            inside = 0 <= down < height and 0 <= right < width
            if inside and not walled and holders[down][right] < 0:
                holders[down][right] = region
                found.append((down, right))
                open_places.append((down, right))
    return found
