"""The official form with what is to be said about it: each note beside the row of its cell."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from kaoji.core.provenance import UNKNOWN_PLACE, Origin
from kaoji.core.speech import Sentence
from kaoji.documents.reading import FormReading
from kaoji.documents.render.cells import SheetCell
from kaoji.documents.render.sheet import Sheet, lay_out
from kaoji.subjects.declarations.pages.narrow_captions import Place, narrow_captions

# Where a note goes whose own field has no cell on the sheet.
_STAND_INS = {"year": "project_name", "goal_period": "overall_goal"}


@dataclass(frozen=True)
class Note:
    """One remark beside the form.

    *tone* is error, warning, hint, undecided, waived, doubt or repair; *waiver* tells who let
    it stand and why, *finding* is the number by which a stored finding can be waived,
    *look_up* the name for which the library has measurable alternatives.
    """

    tone: str
    field: str
    message: Sentence
    suggestion: Sentence | None = None
    rule: str | None = None
    origin: Origin = UNKNOWN_PLACE
    id: str = ""
    waiver: Any = None
    finding: int | None = None
    look_up: str = ""


@dataclass(frozen=True)
class NotedCell:
    """A cell of the sheet and the notes about it; *narrow* is what a caption is called where columns are stacked."""

    cell: SheetCell
    notes: tuple[Note, ...]
    narrow: str = ""

    @property
    def tone(self) -> str:
        """The gravest tone among the notes, for colouring the cell."""
        order = (
            "opinion",
            "error",
            "doubt",
            "warning",
            "undecided",
            "hint",
            "waived",
            "repair",
        )
        tones = {note.tone for note in self.notes}
        return next((tone for tone in order if tone in tones), "")

    @property
    def described_by(self) -> str:
        """Ids of the notes, for screen readers."""
        return " ".join(note.id for note in self.notes)


_FOLDED = ("warning", "hint", "undecided")


@dataclass(frozen=True)
class NotedRow:
    """A row of the sheet with the notes that stand beside it."""

    cells: tuple[NotedCell, ...]
    notes: tuple[Note, ...]

    @property
    def first(self) -> list[Note]:
        """What is shown at once: what somebody must act on, and the gravest of the other remarks."""
        return [note for note in self.notes if note not in self.rest]

    @property
    def rest(self) -> list[Note]:
        """Further warnings and hints of the row, folded below the first; what is said of the whole table is not."""
        if self.kind:
            return []
        others = [note for note in self.notes if note.tone in _FOLDED]
        return sorted(others, key=lambda note: _FOLDED.index(note.tone))[1:]

    @property
    def kind(self) -> str:
        """`table-head` or `goal-head` for rows of captions that a narrow page leaves out."""
        fields = {cell.cell.field for cell in self.cells}
        if "indicators" in fields:
            return "table-head"
        return "goal-head" if all(cell.cell.is_heading for cell in self.cells) else ""


@dataclass(frozen=True)
class NotedSheet:
    """The whole sheet; *loose* holds notes about fields that it does not show."""

    sheet: Sheet
    rows: tuple[NotedRow, ...]
    loose: tuple[Note, ...] = field(default=())

    @property
    def is_clean(self) -> bool:
        """Is there nothing to say beside it? Then the paper takes the whole width."""
        return not any(row.notes for row in self.rows)


def annotate(reading: FormReading, findings: Iterable[Note]) -> NotedSheet:
    """Lay out the form and put findings, doubts and repairs beside their cells."""
    sheet = lay_out(reading)
    notes = _numbered([*findings, *_doubts(reading), *_repairs(reading)])
    by_field: dict[str, list[Note]] = defaultdict(list)
    for note in notes:
        by_field[_cell_of(note.field)].append(note)
    narrow = narrow_captions(sheet)
    rows = tuple(_noted_row(y, row, by_field, narrow) for y, row in enumerate(sheet.rows))
    shown = {note.id for row in rows for note in row.notes}
    return NotedSheet(sheet, rows, tuple(note for note in notes if note.id not in shown))


def _noted_row(
    y: int,
    row: tuple[SheetCell, ...],
    by_field: dict[str, list[Note]],
    narrow: Mapping[Place, str],
) -> NotedRow:
    cells = tuple(
        NotedCell(cell, tuple(by_field.get(cell.field or "", ())), narrow.get((y, x), ""))
        for x, cell in enumerate(row)
    )
    beside = [note for cell in cells for note in cell.notes]
    inherited = tuple(_notes_of_merged_labels(row, cells, by_field))
    if inherited:
        cells = tuple(
            replace(item, notes=(*item.notes, *inherited))
            if (item.cell.field or "").endswith(".level3")
            else item
            for item in cells
        )
    return NotedRow(cells, (*beside, *inherited))


def _notes_of_merged_labels(
    row: tuple[SheetCell, ...], cells: tuple[NotedCell, ...], by_field: dict[str, list[Note]]
) -> Iterator[Note]:
    """A row whose label is merged into a row above still shows the notes about its label."""
    match = re.match(r"(?:overall_)?indicators\[\d+\]", row[-1].field or "")
    if not match:
        return
    shown = {cell.cell.field for cell in cells}
    for column in ("level1", "level2"):
        path = f"{match[0]}.{column}"
        if path not in shown:
            yield from by_field.get(path, ())


def _cell_of(path: str) -> str:
    """The cell that carries a note: a whole row's notes stand at its name."""
    if re.fullmatch(r"(?:overall_)?indicators\[\d+\]", path):
        return f"{path}.level3"
    return _STAND_INS.get(path, path)


def _doubts(reading: FormReading) -> Iterator[Note]:
    for doubt in reading.doubts:
        yield Note("doubt", doubt.field, doubt.reason, origin=doubt.origin)


def _repairs(reading: FormReading) -> Iterator[Note]:
    for repair in reading.repairs:
        yield Note("repair", repair.field, repair.what, origin=repair.origin)


def _numbered(notes: list[Note]) -> list[Note]:
    return [replace(note, id=f"note-{number}") for number, note in enumerate(notes, start=1)]
