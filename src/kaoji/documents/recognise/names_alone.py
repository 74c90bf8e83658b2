"""A form that was published before anybody filled it in: names behind names, and no value at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kaoji.documents.recognise import shapes
from kaoji.documents.recognise.atoms import Atom
from kaoji.documents.recognise.table import Columns

_FEWEST_NAMES = 3
_NAMING = frozenset({"level1", "level2", "level3"})
_VALUE = re.compile(r"[\d%‰≥≤＞＜><＝=]")


def without_blank_columns(table: Columns, atoms: Sequence[Atom]) -> Columns:
    """The columns that hold anything: in a blank form of which no columns are left, those of classes and names."""
    flat = not table.places and not table.lines_are_rows
    if not flat or any(_is_value(atom.text) for atom in atoms):
        return table
    names = sum(shapes.names_a_measure(atom.text) for atom in atoms)
    held = [n for n, name in enumerate(table.fields) if name in _NAMING]
    if names < _FEWEST_NAMES or not table.has("level3"):
        return table
    fields = tuple(table.fields[n] for n in held)
    return replace(table, fields=fields, names=tuple(table.names[n] for n in held))


def _is_value(text: str) -> bool:
    return bool(_VALUE.search(text)) or shapes.is_quality(text)
