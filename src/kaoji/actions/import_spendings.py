"""Take what was spent from the treasury's spreadsheet: all of its rows, or none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.contrib.auth.models import User
from django.db import transaction

from kaoji.actions.enter_spendings import Entering, entered, keep
from kaoji.actions.in_force import kept_file, require_new_sheet
from kaoji.actions.permission import require
from kaoji.actions.refused_rows import UnableToImport
from kaoji.core.speech import say
from kaoji.documents.guarded.process import rows_guarded
from kaoji.documents.spending_sheet import read_spendings
from kaoji.records.models import Batch, Organisation
from kaoji.workflow.roles import MAY_FILE


@dataclass(frozen=True)
class Imported:
    """What came of a sheet: entries made, their sum, projects touched, sums as stated."""

    entries: int
    total: Decimal
    projects: int
    stated_total: Decimal | None


def remembered_columns(place: Organisation, kind: str) -> dict[str, str]:
    """Which column is which, as it was settled the last time in this place."""
    last = Batch.objects.filter(place=place, kind=kind).exclude(columns={}).first()
    return dict(last.columns) if last else {}


def import_spendings(
    content: bytes,
    *,
    name: str,
    place: Organisation,
    year: int,
    columns: Mapping[str, str] | None = None,
    replace: bool = False,
    is_invented: bool = False,
    acting_user: User,
    now: datetime,
) -> Imported:
    """Read the sheet for the projects of *place* and all below, in force in *year*.

    *columns* says by field under which caption it stands; what is said once is remembered for
    the place. An amount that differs from what is on record is taken only with *replace*.
    Raises UnreadableDocument, UnableToImport with every row at fault, NotPermitted.
    """
    require(acting_user, MAY_FILE, place)
    settled = {**remembered_columns(place, Batch.Kind.SPENDINGS), **(columns or {})}
    sheet = read_spendings(rows_guarded(content, name=name), year=year, columns=settled)
    if sheet.refusals:
        raise UnableToImport(sheet.refusals, sheet)
    with transaction.atomic():
        before = Batch.objects.filter(kind=Batch.Kind.SPENDINGS, place=place)
        require_new_sheet(content, name, before)
        try:
            made = entered(sheet.lines, Entering(place, year, replace, acting_user, now))
        except UnableToImport as refusal:
            raise UnableToImport(refusal.refusals, sheet) from refusal
        if not made:
            raise UnableToImport((say("表里的执行数都已经在记录里，没有新的"),), sheet)
        batch = Batch.objects.create(
            kind=Batch.Kind.SPENDINGS,
            place=place,
            document=kept_file((name, content), acting_user, now),
            columns=dict(sheet.ledger.columns),
            rows=len(made),
            is_invented=is_invented,
            made_at=now,
            made_by=acting_user,
        )
        keep(made, batch, "spendings.imported", {"document": name})
    touched = {row.declaration_id for row in made}
    return Imported(len(made), sheet.total, len(touched), sheet.stated_total)
