"""Rows that are cut as most others of their table are need no doubt, however close another cut came.

What one row leaves open its neighbours settle: where four rows and at least half of the table fill the same
three columns of values or more, and a name ends as names of indicators do, nobody would read them otherwise.
Of such rows with an unsure cut none in the working half of `accuracy/readings` was cut wrongly.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kaoji.documents.recognise import captions, labels, shapes
from kaoji.documents.recognise.atoms import Atom
from kaoji.documents.recognise.draft import RowDraft
from kaoji.documents.recognise.table import Columns, Segment

_FEWEST_ROWS, _FEWEST_COLUMNS = 4, 3
_VALUES = frozenset({"target", "partway", "actual", "weight", "score"})
# What stands before the values and behind them is where it is, whichever of them is blank.
_BESIDE_VALUES = frozenset({"level1", "level2", "level3", "weight", "score"})
_GLUED = frozenset({"none", "digit"})
_ANSWERS = frozenset({"是", "否"})


def columns_filled(row: Sequence[Segment]) -> tuple[str, ...]:
    """The columns of values that a row fills."""
    return tuple(segment.name for segment in row if segment.name in _VALUES)


def is_clearly_cut(row: Sequence[Segment], before: Atom | None) -> bool:
    """Does nothing but its neighbours' likeness have to say how a row is cut?

    Where a source sets pieces apart: no caption among them. Where it ran them together: the name is one
    piece that ends as names do, nothing before it may be its beginning, and its target is a value.
    """
    glued = any(atom.gap in _GLUED for cell in row for atom in cell.atoms)
    if not glued:
        return not any(
            captions.column_caption(atom.text) for cell in row for atom in cell.atoms
        )
    cells = {cell.name: cell for cell in row}
    name, target = cells.get("level3"), cells.get("target")
    if name is None or len(name.atoms) > 1 or not shapes.names_a_measure(name.text):
        return False
    at = row.index(name)
    above = row[at - 1].atoms[-1] if at else before
    first = above is None or name.atoms[0].gap not in _GLUED or _ends_something(above.text)
    return first and target is not None and _is_value(target.text)


def _is_value(text: str) -> bool:
    return shapes.target(text).measurable or shapes.is_quality(text)


def _ends_something(text: str) -> bool:
    return text in _ANSWERS or labels.is_label(text)


def settle_regular_rows(rows: Sequence[RowDraft], table: Columns) -> None:
    """Take back the doubts about the cut of rows that are cut as most others are.

    Where the heading has more columns of values than a row fills, which of them is blank stays in doubt.
    """
    patterns = Counter(row.columns for row in rows)
    columns = sum(name in _VALUES or _holds_rate(name) for name in table.fields)
    for row in rows:
        times, filled = patterns[row.columns], len({*row.columns})
        usual = times >= _FEWEST_ROWS and times * 2 >= len(rows)
        if not (usual and filled >= _FEWEST_COLUMNS and row.clearly_cut):
            continue
        settled = [d for d in row.of_cut if filled >= columns or d[0] in _BESIDE_VALUES]
        row.doubts = [doubt for doubt in row.doubts if doubt not in settled]


def _holds_rate(field: str) -> bool:
    return field.startswith("extra") and field.endswith(("率", "系数"))
