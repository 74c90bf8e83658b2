"""Take what was spent from the treasury's spreadsheet: shown first, then all of its rows, or none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.contrib.auth.models import User
from django.db import transaction

from kaoji.core.speech import Sentence, say
from kaoji.documents.guarded.process import rows_guarded
from kaoji.documents.rows_json import Rows
from kaoji.documents.spending_columns import MONEY_UNIT
from kaoji.documents.spending_sheet import SpendingSheet, read_spendings
from kaoji.platform.files.actions.keep_file import kept_file
from kaoji.platform.imports.actions.refused_rows import UnableToImport
from kaoji.platform.imports.models import Batch
from kaoji.platform.imports.queries import remembered_columns
from kaoji.platform.organisation.actions.permission import require
from kaoji.platform.organisation.models import Organisation
from kaoji.subjects.declarations.actions.in_force import require_new_sheet
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.spending.actions.enter_spendings import Entering, compared, entered, keep
from kaoji.workflow.roles import MAY_FILE


@dataclass(frozen=True)
class Imported:
    """What came of a sheet: entries made, their sum, projects touched, sums as stated, what was left out."""

    entries: int
    total: Decimal
    projects: int
    stated_total: Decimal | None
    left_out: tuple[Sentence, ...] = ()


@dataclass(frozen=True)
class Change:
    """A project's month as it stands on record and as the sheet has it; *source* blank for all money."""

    declaration: Declaration
    month: date
    source: str
    before: Decimal | None
    after: Decimal

    @property
    def is_new(self) -> bool:
        """Is nothing on record yet?"""
        return self.before is None

    @property
    def is_same(self) -> bool:
        """Would nothing change?"""
        return self.before == self.after


@dataclass(frozen=True)
class Foreseen:
    """What would come of a sheet: the sheet, each month beside the record, what stands against it."""

    sheet: SpendingSheet
    changes: tuple[Change, ...]
    refusals: tuple[Sentence, ...]

    @property
    def would_change(self) -> tuple[Change, ...]:
        """The months that the sheet brings or alters."""
        return tuple(change for change in self.changes if not change.is_same)


@dataclass(frozen=True)
class Asked:
    """What somebody says with a sheet: for which place and year, where its columns are, whether it outranks the record."""

    place: Organisation
    year: int
    columns: Mapping[str, str] | None = None
    replace: bool = False


def foresee_spendings(
    rows: Rows, asked: Asked, *, acting_user: User, now: datetime
) -> Foreseen:
    """What importing the sheet would do; nothing is written. Raises NotPermitted."""
    require(acting_user, MAY_FILE, asked.place)
    sheet = _read(rows, asked)
    if sheet.refusals:
        return Foreseen(sheet, (), sheet.refusals)
    with transaction.atomic():
        entering = _entering(asked, acting_user, now)
        refusals: tuple[Sentence, ...] = ()
        try:
            if not entered(sheet.lines, entering):
                refusals = (_nothing_new(),)
        except UnableToImport as refusal:
            refusals = refusal.refusals
        changes = tuple(Change(*row) for row in compared(sheet.lines, entering))
    return Foreseen(sheet, changes, refusals)


def import_spendings(
    content: bytes,
    *,
    name: str,
    place: Organisation,
    year: int,
    columns: Mapping[str, str] | None = None,
    replace: bool = False,
    rows: Rows | None = None,
    is_invented: bool = False,
    acting_user: User,
    now: datetime,
) -> Imported:
    """Take the sheet for the projects of *place* and all below, in force in *year*.

    *columns* says by field under which caption it stands; what is said once is remembered for
    the place. An amount that differs from what is on record is taken only with *replace*. *rows*
    are those of the content where they were read before. Raises UnreadableDocument,
    UnableToImport with every row at fault, NotPermitted.
    """
    require(acting_user, MAY_FILE, place)
    asked = Asked(place, year, columns, replace)
    sheet = _read(rows or rows_guarded(content, name=name), asked)
    if sheet.refusals:
        raise UnableToImport(sheet.refusals, sheet)
    with transaction.atomic():
        before = Batch.objects.filter(kind=Batch.Kind.SPENDINGS, place=place)
        require_new_sheet(content, name, before)
        try:
            made = entered(sheet.lines, _entering(asked, acting_user, now))
        except UnableToImport as refusal:
            raise UnableToImport(refusal.refusals, sheet) from refusal
        if not made:
            raise UnableToImport((_nothing_new(),), sheet)
        settled = dict(sheet.entries.columns)
        if sheet.unit is not None:
            settled[MONEY_UNIT] = sheet.unit
        batch = Batch.objects.create(
            kind=Batch.Kind.SPENDINGS,
            place=place,
            document=kept_file((name, content), acting_user, now),
            columns=settled,
            rows=len(made),
            is_invented=is_invented,
            made_at=now,
            made_by=acting_user,
        )
        keep(made, batch, "spendings.imported", {"document": name})
    touched = {row.declaration_id for row in made}
    return Imported(len(made), sheet.total, len(touched), sheet.stated_total, sheet.left_out)


def remembered_captions(place: Organisation) -> dict[str, str]:
    """Where the columns of the place's last sheet stood; its unit of money says nothing of the next one."""
    known = remembered_columns(place, Batch.Kind.SPENDINGS)
    return {name: caption for name, caption in known.items() if name != MONEY_UNIT}


def _read(rows: Rows, asked: Asked) -> SpendingSheet:
    settled = {**remembered_captions(asked.place), **(asked.columns or {})}
    return read_spendings(rows.rows, year=asked.year, columns=settled, omissions=rows.omissions)


def _entering(asked: Asked, acting_user: User, now: datetime) -> Entering:
    return Entering(asked.place, asked.year, asked.replace, acting_user, now)


def _nothing_new() -> Sentence:
    return say("表里的执行数都已经在记录里，没有新的")
