"""Targets, points and scores of squashed rows that ran into one number: 901010010 is 90 | 10 | 100 | 10."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from kaoji.documents.recognise.atoms import Atom
from kaoji.documents.recognise.digit_runs import cut_by_points
from kaoji.documents.recognise.table import Columns

_NUMBERS = frozenset({"target", "weight", "actual", "score"})
_OF_RUN = re.compile(r"[\d.,]+")
_FEWEST_SIGNS = 6
_PERCENT = frozenset("%％")


def with_runs_cut(atoms: Sequence[Atom], table: Columns) -> list[Atom]:
    """The atoms with every run of digits cut that can be cut in one way only.

    Only where the heading says that nothing but numbers stands from the target to the score, the unit
    before them.
    """
    columns = _from_target(table)
    if not {"target", "weight", "score"} <= set(columns):
        return list(atoms)
    found: list[Atom] = []
    for run in _runs(atoms):
        percent = bool(found) and found[-1].text in _PERCENT
        found += _cut(run, columns, percent=percent)
    return found


def _from_target(table: Columns) -> list[str]:
    """The columns from the target on, as far as they hold numbers."""
    if not table.has("target") or table.places or table.lines_are_rows:
        return []
    behind = table.fields[table.fields.index("target") :]
    return list(takewhile(_NUMBERS.__contains__, behind))


def _runs(atoms: Sequence[Atom]) -> Iterator[list[Atom]]:
    """Neighbouring pieces of one number together, all else alone."""
    run: list[Atom] = []
    for atom in atoms:
        goes_on = atom.gap in {"none", "digit"} and bool(_OF_RUN.fullmatch(atom.text))
        if run and not (goes_on and _OF_RUN.fullmatch(run[-1].text)):
            yield run
            run = []
        run.append(atom)
    if run:
        yield run


def _cut(run: list[Atom], columns: Sequence[str], *, percent: bool) -> list[Atom]:
    """A run as the numbers of its columns, each at the place of the run; unchanged where nothing says how."""
    text = "".join(atom.text for atom in run)
    pieces = (
        cut_by_points(text, columns, percent=percent) if len(text) >= _FEWEST_SIGNS else None
    )
    if pieces is None:
        return run
    return [replace(run[0], text=piece, gap="none") for piece in pieces]
