"""What is said of a form while it is written: each remark beside its cell, with the corrections that a click makes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.contrib.auth.models import User
from django.utils import timezone

from kaoji.core.finding import Correction
from kaoji.core.paths import FieldPath
from kaoji.documents.editing import Typed, TypedRow
from kaoji.platform.ui.numbers import number_in
from kaoji.rules.engine import Report
from kaoji.subjects.declarations.actions.check_on_record import check_on_record
from kaoji.subjects.declarations.actions.edit_declaration import typed_on
from kaoji.subjects.declarations.actions.stored_reading import reading_of
from kaoji.subjects.declarations.models import Declaration, Revision
from kaoji.subjects.declarations.pages.sheet_notes import Note
from kaoji.subjects.declarations.pages.shown import opinion_notes

BETWEEN = "\t"  # a sign that no label has
_LABELS = ("level1", "level2")
_MOST_ROUNDS = 3
_Rows = Mapping[str, Mapping[int, int]]


@dataclass(frozen=True)
class Fix:
    """What a click writes: into which cell of the page, and which text; a *safe* one says the same, better written."""

    table: str
    row: int | None
    cell: str
    value: str
    label: str
    safe: bool = False

    @property
    def step(self) -> str:
        """How the page's button names it: `fix:indicators:2:target_raw:≥95%`."""
        row = "" if self.row is None else self.row
        return f"fix:{self.table}:{row}:{self.cell}:{self.value}"

    @classmethod
    def named(cls, step: str) -> Fix | None:
        """The correction that a button named; None for nonsense."""
        verb, *parts = step.split(":", 4)
        if verb != "fix" or len(parts) != len(("table", "row", "cell", "value")):
            return None
        table, row, cell, value = parts
        return cls(table, number_in(row), cell, value, value)

    def made_in(self, typed: Typed) -> Typed:
        """The form as typed with this text in its cell; as it was where there is no such cell."""
        if self.row is None:
            cells = {self.cell: self.value} if self.cell in typed.cells else {}
            return replace(typed, cells={**typed.cells, **cells})
        rows = list(typed.rows.get(self.table, ()))
        if self.row >= len(rows):
            return typed
        if self.cell == "class":
            level1, _, level2 = self.value.partition(BETWEEN)
            rows[self.row] = replace(rows[self.row], level1=level1, level2=level2)
        elif self.cell in {"level3", "target_raw", "weight"}:
            changed: dict[str, str] = {self.cell: self.value}
            rows[self.row] = replace(rows[self.row], **changed)  # type: ignore[arg-type]
        return replace(typed, rows={**typed.rows, self.table: rows})


@dataclass(frozen=True)
class Said:
    """One remark, the cell of the page that it is about, and what would mend it."""

    note: Note
    table: str
    row: int | None
    cell: str
    fixes: tuple[Fix, ...] = field(default=())


def remarks_on(
    declaration: Declaration, base: Revision, typed: Typed, person: User
) -> list[Said]:
    """Refused values, open opinions, what the rules find in the form as typed; years moved when it was started."""
    edited = typed_on(base, typed, person=person, now=timezone.now())
    report = check_on_record(edited.reading, place=declaration.organisation)
    refused = [_at(Note("error", item.field, item.sentence), {}) for item in edited.refusals]
    opinions = [
        _beside_its_name(note, place, typed) for note, place in opinion_notes(declaration)
    ]
    return [*refused, *opinions, *_found(report, typed), *_moved_years(base)]


def mended(declaration: Declaration, base: Revision, typed: Typed, person: User) -> Typed:
    """The form as typed with every safe correction made, until none is left."""
    for _ in range(_MOST_ROUNDS):
        remarks = remarks_on(declaration, base, typed, person)
        safe = {
            (fix.table, fix.row, fix.cell): fix
            for item in reversed(remarks)
            for fix in item.fixes
            if fix.safe
        }
        if not safe:
            break
        for fix in safe.values():
            typed = fix.made_in(typed)
    return typed


def _moved_years(base: Revision) -> Iterator[Said]:
    """What was changed in the texts of a form started from another one, until it is saved the first time."""
    if base.number == 1 and base.document_id is None:
        for item in reading_of(base).repairs:
            yield _at(Note("repair", item.field, item.what), {})


def _found(report: Report, typed: Typed) -> Iterator[Said]:
    """What the rules find, at the rows of the page: blank ones between are no rows of the form."""
    shown = {
        table: dict(enumerate(at for at, row in enumerate(rows) if not row.is_blank))
        for table, rows in typed.rows.items()
    }
    for item in report.findings:
        tone = item.severity.value if item.outcome.value == "found" else "undecided"
        said = _at(Note(tone, item.field, item.message, item.suggestion, item.rule.id), shown)
        fixes = (_fix(one, shown, typed) for one in item.finding.corrections)
        yield replace(said, fixes=tuple(fix for fix in fixes if fix is not None))


def _fix(correction: Correction, shown: _Rows, typed: Typed) -> Fix | None:
    """A rule's correction as a click on the page; a label moves the row to the class of that name."""
    path, text = FieldPath.parse(correction.field), correction.text
    if path.row is None:
        known = str(path) in typed.cells
        return Fix("", None, str(path), text, text, correction.safe) if known else None
    row = shown.get(path.table, {}).get(path.row)
    if row is None:
        return None
    if path.name not in _LABELS:
        return Fix(path.table, row, path.name, text, text, correction.safe)
    held = typed.rows[path.table][row]
    labels: dict[str, str] = {path.name: text}
    moved = replace(held, **labels)  # type: ignore[arg-type]
    value = f"{moved.level1}{BETWEEN}{moved.level2}"
    return Fix(path.table, row, "class", value, text, correction.safe)


def _beside_its_name(note: Note, place: str, typed: Typed) -> Said:
    """An opinion on a row stands beside the row of that name, wherever it is by now."""
    said = _at(note, {})
    if said.row is None:
        return said
    name = place.partition(" ")[2]
    rows: Sequence[TypedRow] = typed.rows.get(said.table, ())
    found = [at for at, row in enumerate(rows) if row.level3.strip() == name.strip()]
    return replace(said, row=found[0] if len(found) == 1 else None)


def _at(note: Note, shown: _Rows) -> Said:
    """Where the page shows a note; *shown* tells by table which row of the page a row is."""
    bare = note.field if "." in note.field or "[" not in note.field else f"{note.field}.level3"
    try:
        path = FieldPath.parse(bare)
    except ValueError:
        return Said(note, "", None, note.field)
    if path.row is None:
        return Said(note, "", None, str(path))
    row = shown[path.table].get(path.row) if path.table in shown else path.row
    column = "class" if path.name in _LABELS else path.name
    return Said(note, path.table, row, column)
