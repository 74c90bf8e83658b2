"""One alignment: a run of atoms becomes rows of fields, at the least total cost.

A semi-Markov model. A segment is one or several atoms and fills one column; columns go left to
right within a row, any may be left out, a row may begin anywhere, each at a cost that depends on
the boundary and on what the text looks like. The same lattice gives the best path (Viterbi) and,
summed instead of minimised (forward-backward), the probability of every segment: that
probability is the doubt. Costs are in nats and stand in `standards/costs.yaml`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kaoji.documents.recognise import labels, shapes
from kaoji.documents.recognise.atoms import Atom, joined
from kaoji.documents.recognise.fit import (
    FREE_TEXT,
    VALUES,
    column_kind,
    is_numbered_name,
    misfit,
    packing,
    swallowing,
)
from kaoji.documents.recognise.moves import Moves
from kaoji.documents.recognise.plain_rows import plain_rows_apart
from kaoji.documents.recognise.table import JUNK, Columns, Segment
from kaoji.standards.costs import costs

_START, _JUNK = -2, -1
_NUMBERS = frozenset({"weight", "score", "points", "rate"})
# A target and its actual value are often alike, in words too; how much that says.
_TWICE, _ECHO = frozenset({"target", "actual"}), 1.0
# Points are often reached in full: the score is their number again.
_POINTS_TWICE, _FULL = frozenset({"weight", "score"}), 0.6
_PUNCTUATION = frozenset("。;；,，、")
Seen = dict[tuple[int, int, str], float]
_APART = frozenset({"row", "cell", "blank"})
_LONGEST_SEGMENT = 400


@dataclass(frozen=True, slots=True)
class _Edge:
    """A segment from *start* (in column *before*) to *end* (in *column*), and its price."""

    start: int
    before: int
    end: int
    column: int
    price: float
    fresh: bool


Best = tuple[float, _Edge | None]


def align(atoms: Sequence[Atom], table: Columns) -> Iterator[list[Segment]]:
    """The rows of a table: the cheapest way to hand its atoms to the columns."""
    for part, plain in plain_rows_apart(atoms, table):
        if plain:
            yield plain
            continue
        for run in _independent(part, table):
            yield from _Lattice(run, table).rows()


def price_of(atoms: Sequence[Atom], table: Columns) -> float:
    """What the cheapest way to hand a run of atoms to the columns costs: how well they suit."""
    return _Lattice(atoms, table).least()


# A text is aligned in parts of about so many atoms, cut where a class begins; no part is longer.
_PART, _LONGEST_PART = 300, 1_200


def _independent(atoms: Sequence[Atom], table: Columns) -> Iterator[Sequence[Atom]]:
    """Rows of a real grid do not depend on each other; text is seen as a whole, up to a length."""
    exact = table.lines_are_rows and all(atom.trust == "exact" for atom in atoms)
    begin = 0
    for place in range(1, len(atoms) + 1):
        size = place - begin
        if place == len(atoms) or (
            _begins_part(atoms[place], size) if not exact else atoms[place].gap == "row"
        ):
            yield atoms[begin:place]
            begin = place


def _begins_part(atom: Atom, size: int) -> bool:
    if size < _PART:
        return False
    return size >= _LONGEST_PART or (labels.is_label(atom.text) and atom.gap != "digit")


class _Lattice:
    """All ways through a run of atoms that are not hopeless."""

    def __init__(self, atoms: Sequence[Atom], table: Columns) -> None:
        self.atoms, self.table = atoms, table
        self.moves = Moves(table)
        self.price = costs()
        flat = sum(atom.gap in {"none", "digit"} for atom in atoms) * 4 > len(atoms)
        twins = any(name.startswith("overall.") for name in table.fields)
        self.goes_on = self.price.row_goes_on * (2 if twins else 1)  # half a row is no torn row
        scored = table.guessed or (table.has("weight") and table.has("score"))
        self.scored = scored and not flat
        self.temperature = self.price.temperature_flat if flat else self.price.temperature
        self.cuts = [self._cut(place) for place in range(len(atoms))]
        self.segments = [list(self._segments(place)) for place in range(len(atoms))]

    def _cut(self, place: int) -> float:
        """What it costs that a cell ends before an atom; between a number and its unit most."""
        atom, before = self.atoms[place], self.atoms[place - 1] if place else None
        torn = before is not None and atom.gap == "none" and _is_end_of_value(before, atom)
        torn = torn and not self.table.unit_behind_value
        return self.price.cut[atom.gap] + (self.price.unit_cut_off if torn else 0.0)

    def rows(self) -> list[list[Segment]]:
        """The rows of the best path, each segment with its probability."""
        best, total, edges = self._all_ways()
        if not best[-1]:
            return []
        seen, whole = self._probabilities(edges, total, set(best[-1]))
        return self._collected(self._path(best), seen, whole)

    def least(self) -> float:
        """What the best path costs."""
        best, _, _ = self._all_ways(weigh=False)
        ends = best[-1].items()
        return min((cost + self._trail(column) for column, (cost, _) in ends), default=math.inf)

    def _all_ways(
        self, *, weigh: bool = True
    ) -> tuple[list[dict[int, Best]], list[dict[int, float]], list[_Edge]]:
        """From each place and column on: the cheapest way there, the weight of all ways, their edges (if asked to *weigh*)."""
        size = len(self.atoms)
        best: list[dict[int, Best]] = [{} for _ in range(size + 1)]
        total: list[dict[int, float]] = [{} for _ in range(size + 1)]
        best[0][_START] = (0.0, None)
        total[0][_START] = 0.0
        edges: list[_Edge] = []
        for place in range(size):
            if not best[place]:
                continue
            floor = min(cost for cost, _ in best[place].values())
            for column, (cost, _) in list(best[place].items()):
                if cost <= floor + self.price.beam:
                    for edge in self._edges(place, column):
                        known = best[edge.end].get(edge.column)
                        if known is None or cost + edge.price < known[0]:
                            best[edge.end][edge.column] = (cost + edge.price, edge)
                        if not weigh:
                            continue
                        edges.append(edge)
                        weight = total[place][column] - edge.price / self.temperature
                        total[edge.end][edge.column] = _plus(
                            total[edge.end].get(edge.column), weight
                        )
        return best, total, edges

    def _segments(self, place: int) -> Iterator[tuple[int, int, float]]:
        """The segments that may begin at an atom: end, column, cost."""
        atoms, table, join = self.atoms, self.table, 0.0
        for end in range(place + 1, min(len(atoms), place + table.most) + 1):
            last = atoms[end - 1]
            if end - 1 > place:
                if not self._may_join(atoms[place], last):
                    return
                free_line = last.gap == "row" and not table.lines_are_rows
                join += self.price.join["cell" if free_line else last.gap]
            run = atoms[place:end]
            text = joined(run)
            if len(text) > _LONGEST_SEGMENT and len(run) > 1:
                return
            yield from self._readings(run, text, end, join)

    def _may_join(self, first: Atom, atom: Atom) -> bool:
        if atom.gap == "row" and self.table.lines_are_rows and atom.trust != "free":
            return False
        in_columns = atom.trust != "free" or first.trust != "free"
        return not (atom.gap == "cell" and in_columns)

    def _readings(
        self, run: Sequence[Atom], text: str, end: int, join: float
    ) -> Iterator[tuple[int, int, float]]:
        """What a run of atoms may be: each column at its cost, else nothing at all."""
        none = True
        for column, name in enumerate(self.table.fields):
            cost = misfit(name, text)
            if name == "target" and self.scored and shapes.number(text):
                cost += self.price.bare_number_as_target
            if name in _TWICE and cost < self.price.never:
                cost -= self._echo(name, run, end)
            if name in _POINTS_TWICE:
                cost -= self._full_points(name, run, end)
            if len(run) > 1 and cost < self.price.never:
                cost += self._togetherness(name, run)
            cost = self._at_place(run, column, cost)
            if cost < self.price.never:
                none = False
                yield end, column, cost + join
        if none:
            yield end, _JUNK, self.price.junk + self.price.junk_more * (len(run) - 1) + join

    def _echo(self, name: str, run: Sequence[Atom], end: int) -> float:
        """What speaks for a target before, or an actual value behind, the very same text."""
        size = len(run)
        at = end if name == "target" else end - 2 * size
        other = self.atoms[at : at + size] if at >= 0 and self.table.has("actual") else ()
        same = [atom.text for atom in other] == [atom.text for atom in run]
        return _ECHO if same and not shapes.number(joined(run)) else 0.0

    def _full_points(self, name: str, run: Sequence[Atom], end: int) -> float:
        """What speaks, in a run of digits, for points and the same score right behind them: 22 is 2 | 2."""
        size = len(run)
        at = end if name == "weight" else end - 2 * size
        if not self.table.score_behind_points or not 0 <= at < len(self.atoms):
            return 0.0
        other = self.atoms[at : at + size]
        second = other[0] if name == "weight" else run[0]
        if second.gap != "digit":
            return 0.0
        return _FULL if [atom.text for atom in other] == [atom.text for atom in run] else 0.0

    def _togetherness(self, name: str, run: Sequence[Atom]) -> float:
        """What it costs that several atoms are one cell of a column."""
        kind = column_kind(name)
        if kind.startswith(FREE_TEXT):
            of_value = shapes.is_unit(run[0].text) or shapes.is_bound(run[0].text)
            unit = self.price.begins_with_unit if of_value else 0.0
            own = kind == "level3" and is_numbered_name(run[0].text)
            numbered = self.price.numbered_name_goes_on if own else 0.0
            return unit + numbered + sum(swallowing(a.text, a.gap) for a in run[own:])
        if kind in {"level1", "level2"}:
            spelled = sum(labels.is_spelled_out(atom.text) for atom in run)
            return self.price.value_with_label * spelled
        if kind in _NUMBERS and any(atom.gap in _APART for atom in run[1:]):
            return self.price.never
        if kind in VALUES:
            return packing(run, with_unit_column=self.table.unit_behind_value)
        return 0.0

    def _at_place(self, run: Sequence[Atom], column: int, cost: float) -> float:
        """A cell under its heading is in that column, whatever it says; elsewhere it costs more."""
        place, trust = run[0].column, run[0].trust
        if place is None or not self.table.places:
            return cost
        here = place in self.table.places[column]
        if cost >= self.price.never:
            return self.price.in_place[trust] if here and len(run) == 1 else cost
        return cost if here else cost + self.price.wrong_place[trust]

    def _edges(self, place: int, column: int) -> Iterator[_Edge]:
        for end, later, cost in self.segments[place]:
            for move, fresh in self._steps(place, column, later):
                yield _Edge(place, column, end, later, cost + move, fresh)

    def _steps(self, place: int, column: int, later: int) -> Iterator[tuple[float, bool]]:
        """Costs of going on to a column at a boundary: in the same row, in a new one."""
        gap = self.atoms[place].gap
        if column == _START:
            yield self.moves.lead[max(later, 0)], True
            return
        cut, line_end = self.cuts[place], gap == "row"
        if _JUNK in (column, later):
            yield cut + self.price.around_junk, line_end
            return
        in_lines = self.table.lines_are_rows
        if later > column:
            goes_on = self.goes_on if line_end and in_lines else 0.0
            yield cut + self.moves.within[column][later] + goes_on, False
        begin = 0.0 if line_end else self.price.row_inside_line
        begin = begin if in_lines else self.price.row_anywhere
        yield cut + self.moves.trail[column] + self.moves.lead[later] + begin, True

    def _trail(self, column: int) -> float:
        return self.moves.trail[column] if column >= 0 else 0.0

    def _path(self, best: Sequence[dict[int, Best]]) -> list[_Edge]:
        last = best[-1]
        column = min(last, key=lambda column: last[column][0] + self._trail(column))
        edge, path = last[column][1], []
        while edge is not None:
            path.append(edge)
            edge = best[edge.start][edge.before][1]
        return path[::-1]

    def _probabilities(
        self, edges: Sequence[_Edge], total: Sequence[dict[int, float]], last: set[int]
    ) -> tuple[dict[tuple[int, int, str], float], float]:
        """The weight of every segment by what it means, and of all ways together."""
        back: list[dict[int, float]] = [{} for _ in range(len(self.atoms) + 1)]
        for column in last:
            back[-1][column] = -self._trail(column) / self.temperature
        for edge in reversed(edges):
            behind = back[edge.end].get(edge.column)
            if behind is not None:
                weight = behind - edge.price / self.temperature
                back[edge.start][edge.before] = _plus(back[edge.start].get(edge.before), weight)
        seen: dict[tuple[int, int, str], float] = {}
        for edge in edges:
            behind = back[edge.end].get(edge.column)
            if behind is not None:
                weight = total[edge.start][edge.before] - edge.price / self.temperature
                key = (edge.start, edge.end, self._meaning(edge.column))
                seen[key] = _plus(seen.get(key), weight + behind)
        return seen, back[0][_START]

    def _meaning(self, column: int) -> str:
        """Two columns of signs mean one thing."""
        return self.table.fields[column].partition(":")[0] if column >= 0 else JUNK

    def _sure(self, edge: _Edge, meaning: str, seen: Seen, whole: float) -> float:
        """The probability of a segment; punctuation more or less at its ends makes no other."""
        alike = ((s, e) for s in self._near(edge.start) for e in self._near(edge.end) if s < e)
        weights = [seen[key] for s, e in alike if (key := (s, e, meaning)) in seen]
        return min(1.0, sum(math.exp(min(0.0, weight - whole)) for weight in weights))

    def _near(self, boundary: int) -> list[int]:
        """A boundary, and those from which only punctuation sets it apart."""
        near = [boundary]
        if boundary > 0 and self.atoms[boundary - 1].text in _PUNCTUATION:
            near.append(boundary - 1)
        if boundary < len(self.atoms) and self.atoms[boundary].text in _PUNCTUATION:
            near.append(boundary + 1)
        return near

    def _collected(
        self, path: Sequence[_Edge], seen: dict[tuple[int, int, str], float], whole: float
    ) -> list[list[Segment]]:
        rows: list[list[Segment]] = []
        others = _by_start(seen)
        for edge in path:
            meaning = self._meaning(edge.column)
            sure = self._sure(edge, meaning, seen, whole)
            name = self.table.fields[edge.column] if edge.column >= 0 else JUNK
            if edge.fresh or not rows:
                rows.append([])
            atoms = tuple(self.atoms[edge.start : edge.end])
            rival = _rival(others.get(edge.start, []), meaning) if sure < _UNSURE else None
            rows[-1].append(Segment(name, atoms, sure, rival))
        return rows


def _is_end_of_value(number: Atom, atom: Atom) -> bool:
    """28 | 次, 90% | 以上: what no cell begins with."""
    if shapes.is_bound(atom.text):
        return bool(shapes.number(number.text)) or shapes.is_unit(number.text)
    return shapes.is_unit(atom.text) and number.text[-1:].isdigit()


_UNSURE = 0.95


def _by_start(seen: Seen) -> dict[int, list[tuple[float, str]]]:
    """The weight and the meaning of every segment, by where it begins."""
    found: dict[int, list[tuple[float, str]]] = {}
    for (start, _, meaning), weight in seen.items():
        found.setdefault(start, []).append((weight, meaning))
    return found


def _rival(others: Sequence[tuple[float, str]], own: str) -> str | None:
    """The likeliest other meaning of what begins here; None where a longer or shorter cell is likelier."""
    sums: dict[str, float] = {}
    for weight, meaning in others:
        sums[meaning] = _plus(sums.get(meaning), weight)
    best = max(
        (name for name in sums if name != own), key=lambda name: sums[name], default=None
    )
    extents = sorted((weight for weight, meaning in others if meaning == own), reverse=True)
    if best is None or (len(extents) > 1 and extents[1] > sums[best]):
        return None
    return best


def _plus(a: float | None, b: float) -> float:
    """log(exp a + exp b)."""
    if a is None:
        return b
    high, low = (a, b) if a > b else (b, a)
    return high + math.log1p(math.exp(low - high))
