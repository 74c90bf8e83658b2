"""Indicator tables whose heading was cut off: told by the class labels of their rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median_low

from kaoji.documents.recognise import captions, labels, shapes
from kaoji.documents.recognise.atoms import Atom
from kaoji.documents.recognise.captions import caption
from kaoji.documents.recognise.fit import is_numbered_name
from kaoji.documents.recognise.headings import Heading
from kaoji.documents.recognise.spelling import bare, squeezed
from kaoji.documents.recognise.table import Columns


def headless(atoms: Sequence[Atom]) -> Heading | None:
    """Rows of an indicator table whose heading was cut off, told by their labels."""
    lines: dict[tuple[object, ...], list[int]] = {}
    for place, atom in enumerate(atoms):
        if atom.trust != "free":
            lines.setdefault(atom.line, []).append(place)
    rows = [at for at in lines.values() if _is_labelled(atoms, at)]
    if len(rows) < 2:
        return _headless_stream(atoms) or _numbered(atoms)
    signs = sum(bool(shapes.sign(atoms[n].text)) for at in rows for n in at)
    begin = _back_over_rows(atoms, rows[0][0], list(lines.values()))
    fields = ["level1", "level2", "level3"]
    fields += ["op", "target", "unit", "weight"] if signs >= 2 else ["target", "actual", "weight", "score"]  # fmt: skip
    return _assumed(begin, [*fields, "reason"], in_rows=True, most=4)


def moved(heading: Heading, by: int) -> Heading:
    """The heading found in a part of a document, counted in the whole."""
    return replace(heading, start=heading.start + by, end=heading.end + by)


def _is_labelled(atoms: Sequence[Atom], at: Sequence[int]) -> bool:
    if len(at) < 3:
        return False
    return any(labels.level2(atoms[n].text) and "指标" in atoms[n].text for n in at[:2])


def _back_over_rows(atoms: Sequence[Atom], begin: int, lines: Sequence[Sequence[int]]) -> int:
    """Rows above the first label that look like rows of the same table."""
    by_last = {line[-1]: line for line in lines}
    line = by_last.get(begin - 1)
    while line and len(line) >= 3 and caption(atoms[line[0]].text) is None:
        begin = line[0]
        line = by_last.get(begin - 1)
    return begin


_POINTS_ASIDE = re.compile(r"\(.*")


def _headless_stream(atoms: Sequence[Atom]) -> Heading | None:
    """The same where cells were lost too: at least four labels of three kinds."""

    def spelled(text: str) -> bool:
        plain = bare(_POINTS_ASIDE.sub("", squeezed(text))) if len(text) < 40 else ""
        return labels.is_spelled_out(plain)

    at = [place for place, atom in enumerate(atoms) if spelled(atom.text)]
    kinds = {labels.plain_label(atoms[place].text) for place in at}
    if (len(at) < 4 or len(kinds) < 3) and not _cut_behind_head(atoms, at):
        return None
    if any(atom.trust != "free" for atom in atoms[at[0] : at[-1]]):
        return None
    rest = atoms[at[0] :]
    signs = sum(bool(shapes.sign(atom.text)) and atom.gap in {"blank", "row"} for atom in rest)
    weighted = sum(bool(shapes.number(atom.text)) for atom in rest) >= len(at)
    fields = ["level1", "level2", "level3"]
    fields += ["op", "target", "unit"] if signs >= 3 else ["target"]
    return _assumed(at[0], [*fields, *(["weight"] if weighted else [])], in_rows=False, most=8)


def _cut_behind_head(atoms: Sequence[Atom], at: Sequence[int]) -> bool:
    """Does the table begin, class below class, behind the title and the name of a form, and is soon cut off?"""
    if len(at) < 2 or at[1] != at[0] + 1:
        return False
    one, two = (atoms[place].text for place in at[:2])
    if not labels.level1(one) or labels.level1(two):
        return False
    titles = [n for n, atom in enumerate(atoms[: at[0]]) if captions.is_title(atom.text)]
    named = titles and any(caption(a.text) == "project_name" for a in atoms[titles[-1] : at[0]])
    return bool(named)


_FEWEST_NUMBERED = 5


def _numbered(atoms: Sequence[Atom]) -> Heading | None:
    """Rows told by their names alone: 指标6:…, and the same number of cells behind most of them."""
    at = [n for n, a in enumerate(atoms) if is_numbered_name(a.text) and a.gap != "none"]
    if len(at) < _FEWEST_NUMBERED:
        return None
    behind = [later - one - 1 for one, later in pairwise(at)]
    usual = median_low(behind)
    fields = ["level1", "level2", "level3", *_CELLS_BEHIND.get(usual, _CELLS_BEHIND[4])]
    in_rows = all(atoms[place].gap == "row" for place in at[1:])
    return _assumed(at[0], fields, in_rows=in_rows, most=4)


# What stands behind a name, by how many cells there are.
_CELLS_BEHIND = {
    0: ["target"],
    1: ["target"],
    2: ["target", "weight"],
    3: ["target", "actual", "score"],
    4: ["target", "actual", "weight", "score"],
}


def _assumed(begin: int, fields: Sequence[str], *, in_rows: bool, most: int) -> Heading:
    return Heading(
        begin, begin, Columns(tuple(fields), tuple(fields), (), in_rows, most, guessed=True)
    )
