"""Rows of a table that need no search: every column from the name on is filled, with what it holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kaoji.documents.recognise import labels, shapes
from kaoji.documents.recognise.atoms import Atom
from kaoji.documents.recognise.fit import misfit
from kaoji.documents.recognise.table import Columns, Segment

# How far a cell may be from what its column holds, for its row to be beyond question.
_FITS = 0.5
_BEYOND_QUESTION = 0.99


def plain_rows_apart(
    atoms: Sequence[Atom], table: Columns
) -> Iterator[tuple[Sequence[Atom], list[Segment] | None]]:
    """Rows that fill every column from the name on, each with what it holds, need no search."""
    twins = any(name.startswith("overall.") for name in table.fields)
    simple = table.lines_are_rows and table.has("level3") and "" not in table.names
    several = any(name.startswith("project") for name in table.fields)
    if twins or several or table.guessed or not simple:
        yield atoms, None
        return
    begin = place = 0
    while place < len(atoms):
        end = place + 1
        while end < len(atoms) and atoms[end].gap != "row":
            end += 1
        plain = _plain_row(atoms[place:end], table)
        if plain:
            if begin < place:
                yield atoms[begin:place], None
            yield atoms[place:end], plain
            begin = end
        place = end
    if begin < len(atoms):
        yield atoms[begin:], None


def _plain_row(line: Sequence[Atom], table: Columns) -> list[Segment] | None:
    """A line as its columns, if nothing else can be meant."""
    from_name = len(table.fields) - table.fields.index("level3")
    if len(line) < from_name or line[0].gap != "row":
        return None
    labels_first = line[: len(line) - from_name]
    fields = [*_labels_of(labels_first, table), *table.fields[-from_name:]]
    if len(fields) != len(line):
        return None
    for name, atom in zip(fields, line, strict=True):
        if not _is_plain(atom, name, table):
            return None
    return [
        Segment(name, (atom,), _BEYOND_QUESTION)
        for name, atom in zip(fields, line, strict=True)
    ]


def _is_plain(atom: Atom, name: str, table: Columns) -> bool:
    """Does a piece hold what its column holds, and nothing else?"""
    if atom.trust == "free":
        apart = atom.gap in {"row", "blank"} and name != "extra"
        value = name != "target" or shapes.target(atom.text).measurable
        if not (apart and value):
            return False
    elif not table.places or (
        atom.trust == "exact" and atom.column not in table.places[table.fields.index(name)]
    ):
        return False
    return misfit(name, atom.text) <= _FITS


def _labels_of(line: Sequence[Atom], table: Columns) -> list[str]:
    """The columns of the class labels before a name; what is no label makes the row no plain one."""
    if len(line) == 2 and table.fields[:2] == ("level1", "level2"):
        return ["level1", "level2"]
    if len(line) == 1:
        one, two = labels.level1(line[0].text), labels.level2(line[0].text)
        own = "level1" if one else "level2"
        return [own] if table.has(own) and not (one and two) else []
    return []
