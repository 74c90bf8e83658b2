"""A manuscript as one stream of atoms: cells where the format keeps them, pieces where it lost them.

An atom is never cut again. The boundary before it (`gap`) says how the source set it apart, and
`trust` how far its column may be believed: exact in Word, Excel, HTML and ruled PDF tables, weak
in text (copies lose merged cells, with pipes and with tabs), free where there are no columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from kaoji.core.provenance import Origin
from kaoji.documents.manuscript import Cell, Manuscript, Row
from kaoji.documents.recognise import captions, shapes
from kaoji.documents.recognise.captioned_lines import CaptionedLine, captioned_lines
from kaoji.documents.recognise.running_text import LONG, Gap, words
from kaoji.documents.recognise.spelling import squeezed

Trust = Literal["exact", "weak", "free"]


@dataclass(frozen=True, slots=True, eq=False)
class Atom:
    """A piece of text that is never cut, the boundary before it, its cell and its column.

    *fragment* is that of its row; *below_merged* tells that every blank cell before it in its row
    is covered by a merged cell, so that what it inherits is certain.
    """

    text: str
    gap: Gap
    cell: Cell
    column: int | None = None
    trust: Trust = "free"
    fragment: int = 0
    below_merged: bool = False

    @property
    def origin(self) -> Origin:
        """Where it stood."""
        return self.cell.origin

    @property
    def whole(self) -> str:
        """Its text as it stands, breaks of lines included, where it is all of its cell."""
        if "\n" not in self.cell.text:
            return self.text
        whole = _in_one_line(self.cell.text) == self.text
        return self.cell.text if whole else self.text

    @property
    def line(self) -> tuple[object, ...]:
        """Which line or row of the source it stood in."""
        place = self.cell.origin
        return (place.page, place.line, place.table, place.row, place.sheet)


def joined(atoms: Sequence[Atom]) -> str:
    """The text of neighbouring atoms, blanks between those that a blank set apart."""
    text = ""
    for atom in atoms:
        text += (" " if text and atom.gap == "blank" else "") + atom.text
    return text


_PIPE = re.compile(r"(?<!\\)[|｜]")
_IS_TEXT = {"text/plain", "application/pdf"}


def _in_one_line(text: str) -> str:
    if "\n" not in text:
        return text.strip()
    return " ".join(part for line in text.split("\n") if (part := line.strip()))


def atoms_of(rows: Sequence[Row], manuscript: Manuscript) -> list[Atom]:
    """The atoms of some rows of a manuscript."""
    is_text = manuscript.source.media_type in _IS_TEXT
    found: list[Atom] = []
    packed = False
    told = captioned_lines(rows) if is_text else {}
    for place, row in enumerate(rows):
        title = _title_behind_prose(row)
        if title:
            found += title
        elif place in told:
            found += _of_captioned_line(told[place], row)
        elif not is_text or row.cells[0].origin.table is not None:
            found += _of_cells(row, "exact")  # a table that is drawn on the page
        elif len(row.cells) == 1:
            line = [
                replace(atom, fragment=row.fragment)
                for atom in _of_line(row.cells[0], packed=packed)
            ]
            packed = (packed or _is_glued_heading(line)) and not _begins_form(line)
            found += line
        elif any(_holds_several(cell.text) for cell in row.cells):
            found += (replace(atom, fragment=row.fragment) for atom in _of_torn_row(row))
        else:
            found += _of_cells(row, "weak")
    return found


# 保障工作正常开展。 项目支出绩效目标表: the title of a table at the end of the paragraph before it.
_TITLE_BEHIND_PROSE = re.compile(
    r"[。;；]\s*([^\s。;；,，]{4,40}表(?:[(（]20\d\d年?度?[)）])?)\s*$"
)


def _title_behind_prose(row: Row) -> list[Atom]:
    """A paragraph and the title behind it, as two lines; nothing where there is none."""
    if len(row.filled) != 1 or len(row.filled[0].text) < LONG:
        return []
    [cell] = row.filled
    found = _TITLE_BEHIND_PROSE.search(cell.text.rstrip("|｜ "))
    if not found or not captions.is_title(found[1]):
        return []
    before = _in_one_line(cell.text[: found.start(1)])
    return [Atom(text, "row", cell, fragment=row.fragment) for text in (before, found[1])]


def _of_captioned_line(line: CaptionedLine, row: Row) -> Iterator[Atom]:
    """Name and values without the captions that stand before each; before the first line, those."""
    [cell] = row.filled
    for cells in (line.heading, line.cells):
        for number, text in enumerate(cells):
            yield Atom(text, "cell" if number else "row", cell, fragment=row.fragment)


_FEWEST_CAPTIONS = 3


def _is_glued_heading(line: Sequence[Atom]) -> bool:
    """一级指标二级指标三级指标指标值: below it no line sets its cells apart either."""
    if len(line) < _FEWEST_CAPTIONS:
        return False
    glued = {captions.column_caption(atom.text) for atom in line if atom.gap == "none"} - {None}
    return len(glued) >= _FEWEST_CAPTIONS - 1 and bool(glued & {"level2", "level3"})


def _begins_form(line: Sequence[Atom]) -> bool:
    return any(
        captions.is_title(atom.text) or captions.caption(atom.text) == "project_name"
        for atom in line
    )


def _holds_several(text: str) -> bool:
    """A cell of a text into which single blanks put several: 资金总额: 120.00 30.00."""
    words = text.split() if len(text) < LONG * 2 else []
    if len(words) < 2:
        return False
    if captions.caption(words[0]) and not captions.caption(text):
        return True
    numbers = sum(shapes.is_amount(word) or bool(shapes.sign(word)) for word in words)
    return len(words) > 2 and numbers > 1


def _of_torn_row(row: Row) -> Iterator[Atom]:
    """A row whose cells do not hold together: its words, wherever they stood."""
    first = True
    for cell in row.cells:
        for number, atom in enumerate(_of_running_text(cell) if cell.text else ()):
            gap: Gap = "row" if first else atom.gap if number else "cell"
            yield replace(atom, gap=gap)
            first = False


def _of_cells(row: Row, trust: Trust) -> Iterator[Atom]:
    """The filled cells; a paragraph of its own has no column."""
    single = len(row.cells) == 1
    first, blanks, covered = True, 0, 0
    for place, cell in enumerate(row.cells):
        if not cell.text:
            blanks += 1
            covered += cell.covered
            continue
        yield Atom(
            _in_one_line(cell.text),
            "row" if first else "cell",
            cell,
            None if single else place,
            "free" if single else trust,
            row.fragment,
            0 < blanks == covered,
        )
        first = False


def _of_line(cell: Cell, *, packed: bool) -> Iterator[Atom]:
    """A line of text: by its pipes, else by blanks and by what is known in it."""
    if not cell.text:
        return
    if not _PIPE.search(cell.text):
        yield from _of_running_text(cell, packed=packed)
        return
    parts = [(place, part.strip()) for place, part in enumerate(_PIPE.split(cell.text))]
    filled = [(place, part) for place, part in parts if part]
    for number, (place, part) in enumerate(filled):
        trust: Trust = "weak" if len(filled) > 1 else "free"
        yield Atom(part, "cell" if number else "row", cell, place, trust)


def _of_running_text(cell: Cell, *, packed: bool = False) -> Iterator[Atom]:
    for number, (piece, gap) in enumerate(words(cell.text, packed=packed)):
        yield Atom(piece, gap if number else "row", cell)


def is_blank_sign(atom: Atom) -> bool:
    """A drawn line, or what a template prints where nothing was filled in: dots, 指标2:."""
    return bool(_TEMPLATE_CELL.fullmatch(squeezed(atom.text[:80])))


_TEMPLATE_CELL = re.compile(r"[-—_=]{2,}|[.…·]{2,}|…|指标\d{1,2}[:.、]?|\(\d{1,3}分\)")


def without_stop(text: str, atom: Atom) -> str:
    """A name told in a sentence, 主管部门：水利局。; what a cell holds stays as it is."""
    return text.rstrip("。；;") if atom.trust == "free" and atom.column is None else text
