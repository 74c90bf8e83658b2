"""Indicator tables whose heading was cut off: told by their class labels, or by numbered names.

Which columns they have is tried: of the headings that such tables have, the one under which the
first rows cost least is taken (`align`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from kaoji.documents.recognise import captions, labels, shapes
from kaoji.documents.recognise.align import align, price_of
from kaoji.documents.recognise.atoms import Atom
from kaoji.documents.recognise.captions import caption
from kaoji.documents.recognise.fit import is_numbered_name
from kaoji.documents.recognise.headings import Heading, table_end
from kaoji.documents.recognise.spelling import bare, squeezed
from kaoji.documents.recognise.table import Columns

# What stands behind the names, in the headings that are seen; the rarer, the dearer.
_USUAL = {
    ("target",): 0.0,
    ("target", "weight"): 1.0,
    ("target", "actual"): 3.0,
    ("target", "actual", "reason"): 6.0,
    ("target", "actual", "score"): 5.0,
    ("target", "actual", "weight", "score", "reason"): 4.0,
    ("weight", "target", "actual", "score", "reason"): 5.0,
    ("weight", "target"): 3.0,
    ("op", "target", "unit"): 2.0,
    ("op", "target", "unit", "weight"): 2.0,
    ("extra", "target"): 4.0,
}
# A value without a unit beside one with a unit is no value of the same thing.
_OTHER_THING = 3.0
# So many atoms are tried, and so much cheaper is beyond question.
_TRIED, _CLEARLY, _LOOKED_AT_CLOSELY = 60, 6.0, 3
# So much dearer, for each atom, may the columns of the table above be here.
_AS_WELL = 0.05
_FEWEST_LABELS, _FEWEST_KINDS, _FEWEST_VALUES, _FEWEST_NUMBERED = 2, 2, 2, 5
_LONGEST_CELL = 80


@dataclass(frozen=True)
class Guess:
    """The columns that a table without a heading was read by, and what they cost for each atom."""

    columns: Columns
    price: float


def headless(atoms: Sequence[Atom], above: Guess | None = None) -> tuple[Heading, Guess] | None:
    """The place of a table without a heading, and the columns that suit it best.

    The tables of one document are mostly alike: where the columns of the one *above* suit as well as they
    did there, no others are tried.
    """
    first = _first_label(atoms)
    if first is None:
        return None
    begin = _back_over(atoms, first)
    stop = min(begin + _TRIED, len(atoms))
    end = table_end(atoms, begin, stop, _assumed(("target",), in_rows=True))
    tried = atoms[begin : max(end, first + 1)]
    if above is None or _price(tried, above.columns) / len(tried) > above.price + _AS_WELL:
        columns = _columns(tried)
        above = Guess(columns, _price(tried, columns) / len(tried))
    return Heading(begin, begin, above.columns), above


def moved(heading: Heading, by: int) -> Heading:
    """The heading found in a part of a document, counted in the whole."""
    return replace(heading, start=heading.start + by, end=heading.end + by)


def _first_label(atoms: Sequence[Atom]) -> int | None:
    """The first label, or the first numbered name, where there are enough for a table."""
    at = _first_labels(atoms)
    if at:
        values = sum(_is_value(atom) for atom in atoms[at[0] : at[0] + _TRIED])
        if values >= _FEWEST_VALUES or _cut_behind_head(atoms, at):
            return at[0]
    numbered = (n for n, a in enumerate(atoms) if is_numbered_name(a.text) and a.gap != "none")
    few = list(islice(numbered, _FEWEST_NUMBERED))
    return few[0] if len(few) == _FEWEST_NUMBERED else None


def _first_labels(atoms: Sequence[Atom]) -> list[int]:
    """Where the first labels stand, up to those that are enough for a table; nothing where there are too few."""
    at, kinds = list[int](), set[str]()
    for place, atom in enumerate(atoms):
        if _is_label(atom.text):
            at.append(place)
            kinds.add(labels.plain_label(atom.text))
            if len(at) >= _FEWEST_LABELS and len(kinds) >= _FEWEST_KINDS:
                return at
    return []


_POINTS_ASIDE = re.compile(r"\(.*")


def _is_label(text: str) -> bool:
    plain = bare(_POINTS_ASIDE.sub("", squeezed(text))) if len(text) < 40 else ""
    return labels.is_spelled_out(plain)


def _is_value(atom: Atom) -> bool:
    return shapes.may_be_measurable(atom.text) and shapes.target(atom.text).measurable


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


def _back_over(atoms: Sequence[Atom], first: int) -> int:
    """Cells above the first label that belong to the rows of the class before it."""
    begin = first
    while begin > 0:
        atom = atoms[begin - 1]
        if len(atom.text) > _LONGEST_CELL or atom.text.endswith(("。", "：", ":")):
            break
        if (
            captions.is_title(atom.text)
            or caption(atom.text)
            or captions.is_unit_note(atom.text)
        ):
            break
        begin -= 1
    while begin < first and atoms[begin].gap != "row":
        begin += 1
    return begin if any(map(_is_value, atoms[begin:first])) else first


def _columns(tried: Sequence[Atom]) -> Columns:
    """The columns under which the atoms cost least; whether anything else comes near is kept."""
    lines = {atom.line for atom in tried}
    in_rows = len(tried) >= 2 * len(lines) or _in_cells(tried)
    first = sorted(
        (prior + price_of(tried, _assumed(behind, in_rows=in_rows)), behind)
        for behind, prior in _USUAL.items()
        if not ("op" in behind and _are_signs_glued(tried))
    )
    ways = (in_rows,) if _in_cells(tried) else (in_rows, not in_rows)
    closer = sorted(
        (
            _USUAL[behind] + _price(tried, _assumed(behind, in_rows=way)),
            behind,
            way,
        )
        for _, behind in first[:_LOOKED_AT_CLOSELY]
        for way in ways
    )
    least, behind, way = closer[0]
    others = [price for price, other, _ in closer if other != behind]
    columns = replace(
        _assumed(behind, in_rows=way), columns_known=min(others) - least > _CLEARLY
    )
    return _without_blank_columns(columns, tried)


def _are_signs_glued(tried: Sequence[Atom]) -> bool:
    """≥85 in one piece with its number: whether the sign had a column makes no difference to the value."""
    signs = [n for n, atom in enumerate(tried[:-1]) if shapes.sign(atom.text)]
    return bool(signs) and all(tried[n + 1].gap == "none" for n in signs)


_MOST_BLANK = 0.8
_WORD_OR_NUMBER = re.compile(r"[\w√☑]")


def _without_blank_columns(columns: Columns, tried: Sequence[Atom]) -> Columns:
    """Where hardly a row has an actual value beside its target, there is no such column, nor any behind it that is blank."""
    rows = [
        {cell.name for cell in row if _WORD_OR_NUMBER.search(cell.text)}
        for row in align(tried, columns)
    ]
    valued = [row for row in rows if row & {"target", "actual"}]
    both = sum({"target", "actual"} <= row for row in valued)
    if not columns.has("actual") or both > (1 - _MOST_BLANK) * len(valued):
        return columns
    filled = set[str]().union(*rows) - {"actual"} | {"level1", "level2", "level3", "target"}
    kept = [n for n, name in enumerate(columns.fields) if name in filled]
    fields = tuple(columns.fields[n] for n in kept)
    return replace(columns, fields=fields, names=fields)


def _in_cells(tried: Sequence[Atom]) -> bool:
    return sum(atom.trust != "free" for atom in tried) * 2 > len(tried)


def _price(tried: Sequence[Atom], table: Columns) -> float:
    """What the columns cost; a value and its actual value of two kinds speak against them."""
    price = price_of(tried, table)
    if "actual" not in table.fields:
        return price
    for row in align(tried, table):
        cells = {cell.name: cell.text for cell in row}
        if "target" in cells and shapes.number(cells.get("actual", "")):
            price += _OTHER_THING if shapes.target(cells["target"]).unit else 0.0
    return price


def _assumed(behind: tuple[str, ...], *, in_rows: bool) -> Columns:
    fields = ("level1", "level2", "level3", *behind)
    return Columns(fields, fields, (), in_rows, 4 if in_rows else 8, guessed=True)
