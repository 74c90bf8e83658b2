"""The headings of indicator tables, found by what they say, and the columns they announce."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kaoji.documents.recognise import captions, labels, shapes
from kaoji.documents.recognise.atoms import Atom
from kaoji.documents.recognise.captions import caption, column_caption, is_side
from kaoji.documents.recognise.checkboxes import boxes_in
from kaoji.documents.recognise.columns import columns_of
from kaoji.documents.recognise.spelling import bare, squeezed
from kaoji.documents.recognise.table import Columns
from kaoji.standards import grammar

_LEVELS = frozenset({"level1", "level2", "level3"})
_NAMING = frozenset({"level2", "level3"})
_FEWEST = 3
_LONGEST_UNKNOWN = 14
_MOST_BETWEEN = 7


@dataclass(frozen=True)
class Heading:
    """A heading from atom *start* up to *end*, and its columns."""

    start: int
    end: int
    columns: Columns


def find_headings(atoms: Sequence[Atom]) -> list[Heading]:
    """Every heading of an indicator table: a run of column captions and what may stand between."""
    found: list[Heading] = []
    place = 0
    while place < len(atoms):
        if not _may_begin(atoms[place].text):
            place += 1
            continue
        stop, last, kinds = _run(atoms, place)
        enough = _suffices(kinds) or _is_pair_above_labels(kinds, atoms[last : last + 1])
        heading = _heading(atoms, place, stop, last) if enough else None
        if heading:
            found.append(heading)
        place = heading.end if heading else max(stop, place + 1)
    return found


_NUMBERED_NAME = re.compile(r"指标\d")


def _may_begin(text: str) -> bool:
    return bool(column_caption(text) or is_side(text) or caption(text) == "project_name")


def _suffices(kinds: Sequence[str]) -> bool:
    distinct = set(kinds)
    fewest = _FEWEST - ({"target", "level3"} <= distinct)
    return len(kinds) >= _FEWEST and bool(_NAMING & distinct) and len(distinct) >= fewest


def _is_pair_above_labels(kinds: Sequence[str], behind: Sequence[Atom]) -> bool:
    """指标内容 | 指标值 right above a class: a heading whose classes have no caption."""
    return set(kinds) == {"level3", "target"} and any(
        labels.is_spelled_out(atom.text) for atom in behind
    )


def _run(atoms: Sequence[Atom], begin: int) -> tuple[int, int, list[str]]:
    """How far a run of captions reaches, behind its last column caption, and the columns in it."""
    place, last, kinds = begin, begin, list[str]()
    while place < len(atoms):
        atom = atoms[place]
        kind = column_caption(atom.text)
        if kind == "level1" and kind in kinds:
            return _back_to_row(atoms, place, last), min(last, _back_to_row(atoms, place, last)), kinds  # fmt: skip
        if kind:
            kinds.append(kind)
            last = place + 1
        elif not captions.is_any_caption(atom.text):
            if labels.is_label(atom.text) or place - last > _MOST_BETWEEN:
                break
            if not _may_stand_between(atom, kinds):
                break
        place += 1
    return place, last, kinds


def _back_to_row(atoms: Sequence[Atom], place: int, floor: int) -> int:
    """Where the row, or the label at its side, begins that names level 1 a second time."""
    while place > floor and (
        atoms[place - 1].line == atoms[place].line or is_side(atoms[place - 1].text)
    ):
        place -= 1
    return place


def _may_stand_between(atom: Atom, kinds: Sequence[str]) -> bool:
    """A caption that nobody knows, inside a row of captions."""
    if _NUMBERED_NAME.match(squeezed(atom.text[:20])):
        return False
    if shapes.target(atom.text).measurable or len(bare(atom.text)) > _LONGEST_UNKNOWN:
        return False
    if atom.trust != "free":
        return atom.gap == "cell"
    return atom.gap in {"row", "cell", "blank"} and set(kinds) >= _NAMING


def _heading(atoms: Sequence[Atom], begin: int, stop: int, last: int) -> Heading | None:
    start, end = _first_row(atoms, begin, stop), last
    while end < stop and not labels.is_label(atoms[end].text):
        if atoms[end].gap == "row" and atoms[end].trust != "free":
            break
        end += 1
    ends_free = end == stop and end < len(atoms) and atoms[end - 1].trust == "free"
    if ends_free and not labels.is_label(atoms[stop].text):
        end = last
    columns = columns_of(atoms[start:end])
    if columns is None:
        return None
    while start > 0 and atoms[start].trust == "free" and bare(atoms[start - 1].text) in _TORN:
        start -= 1
    if end < len(atoms) and _goes_on_in_line(atoms, end):
        columns = replace(columns, lines_are_rows=False)
    return Heading(start, end, columns)


_TORN = frozenset({"绩", "绩效", "效", "绩效指标"})


def _goes_on_in_line(atoms: Sequence[Atom], end: int) -> bool:
    """Does data follow the heading in its line? Then lines are no rows."""
    after, before = atoms[end], atoms[end - 1]
    return after.line == before.line and after.gap != "row" and after.trust != "exact"


def _first_row(atoms: Sequence[Atom], begin: int, stop: int) -> int:
    """In a table the heading begins with the row that names levels, or a group row above it."""
    if atoms[begin].trust == "free":
        return begin
    run = range(begin, stop)
    first = next((n for n in run if column_caption(atoms[n].text) in _LEVELS), begin)
    names_project = caption(atoms[begin].text) == "project_name"
    floor = 0 if names_project and atoms[begin].line == atoms[first].line else begin
    row = first
    while row > floor and atoms[row - 1].line == atoms[first].line:
        row -= 1
    above = row
    while above > begin and atoms[above - 1].line == atoms[row - 1].line:
        above -= 1
    group = [atom.text for atom in atoms[above:row]]
    known = sum(bool(column_caption(text)) for text in group)
    whole = all(column_caption(text) or is_side(text) for text in group)
    levels_below = {
        column_caption(atom.text) for atom in atoms[row:stop] if atom.line == atoms[first].line
    }
    enough = known >= 2 or (known == 1 and "level1" not in levels_below)
    return above if enough and whole else row


_LONGEST_FOOTER = 200
_SUM_OR_NOTE = re.compile(r"…*总分|注:|合计\d|备注:1")


def table_end(atoms: Sequence[Atom], start: int, stop: int, columns: Columns) -> int:
    """The atom at which a table that begins at *start* is over, at most *stop*."""
    for place in range(start, stop):
        atom = atoms[place]
        if not (atom.gap in {"row", "none"} or not columns.lines_are_rows):
            continue
        glued = atom.gap == "none"
        begins_form = caption(atom.text) == "project_name"
        if glued and not begins_form and not _SUM_OR_NOTE.match(squeezed(atom.text[:40])):
            continue
        if place > start and (_is_footer(atom.text) or _begins_chapter(atom, columns)):
            return place
        if begins_form or captions.is_title(atom.text):
            return place
        if columns.lines_are_rows and any(captions.is_unit_note(a.text) for a in atoms[place : place + 2] if a.line == atom.line):  # fmt: skip
            return place
        if _ends_at_head(atom.text, columns) or _is_choice(atoms[place : place + 2], columns):
            return place
    return stop


# (三)存在的问题, 二、佐证材料; (一)产出指标 numbers a class.
_CHAPTER = re.compile(
    r"(?:\([一二三四五六七八九十]{1,2}\)|[一二三四五六七八九十]{1,2}、)(?!.*指标)"
)


def _begins_chapter(atom: Atom, columns: Columns) -> bool:
    """A heading of a report below indicators that were told by their classes alone."""
    return (
        columns.guessed and atom.gap == "row" and bool(_CHAPTER.match(squeezed(atom.text[:40])))
    )


def _is_choice(cells: Sequence[Atom], columns: Columns) -> bool:
    """最近年度评价情况 | 优秀□ 良好□ …: a caption of the head and its boxes, no indicator."""
    if not columns.lines_are_rows or len(cells) < 2 or labels.is_label(cells[0].text):
        return False
    one, two = cells
    return one.line == two.line and len(boxes_in(two.text)) > 1


def _ends_at_head(text: str, columns: Columns) -> bool:
    """Does a caption of the head begin what follows?"""
    if columns.guessed:
        return caption(text) in _ALWAYS_HEAD
    return columns.lines_are_rows and _is_of_head(text)


# Of captions that may be names of indicators (项目金额) a heading that was cut off says nothing.
_ALWAYS_HEAD = frozenset(
    {"project_name", "department", "implementing_unit", "annual_goal", "overall_goal"}
)


def _is_of_head(text: str) -> bool:
    """Does a caption of the head begin the row? Then a heading was printed among the head's rows.

    项目完成时间 is as often the name of an indicator.
    """
    return caption(text) not in {None, "extra", "start_date", "end_date"}


def _is_footer(text: str) -> bool:
    if len(text) > _LONGEST_FOOTER or labels.level2(text):
        return False
    if _SECTION.fullmatch(text.strip()) and not labels.is_label(bare(text)):
        return True
    return bool(grammar.pattern("footers").match(squeezed(text).lstrip("-·•*【[")))


# 二、佐证材料: the next section of a report; 二、效益指标 is the next class of an outline.
_SECTION = re.compile(r"[二三四五六七八九]、\s*[\u4e00-\u9fff]{2,14}")
