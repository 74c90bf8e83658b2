"""Take what was spent from the treasury's spreadsheet: all of its rows, or none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.contrib.auth.models import User
from django.db import transaction

from kaoji.actions.in_force import held_in_force, kept_file
from kaoji.actions.permission import UnableToAct, require
from kaoji.actions.record_result import require_spending
from kaoji.core.declaration_json import digest
from kaoji.core.speech import Sentence, say
from kaoji.documents.guarded.process import rows_guarded
from kaoji.documents.spending_sheet import (
    SpendingSheet,
    by_month_and_source,
    read_spendings,
)
from kaoji.records.event_log import record_event
from kaoji.records.models import Batch, Declaration, Organisation, Spending
from kaoji.records.reach import declarations_of
from kaoji.records.results import counted_spendings
from kaoji.records.standings import refresh_standing
from kaoji.workflow.roles import MAY_FILE, MAY_VIEW


class UnableToImport(UnableToAct):
    """Rows that cannot be taken; *refusals* name each, *sheet* is what was read. Nothing was entered."""

    def __init__(
        self, refusals: tuple[Sentence, ...], sheet: SpendingSheet | None = None
    ) -> None:
        self.refusals, self.sheet = refusals, sheet
        super().__init__(refusals[0])


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
        _require_new_file(content, place, name)
        made = _enter(sheet, place, year, replace, acting_user, now)
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
        for row in made:
            row.batch = batch
        Spending.objects.bulk_create(made)
        record_event(
            "spendings.imported",
            at=now,
            actor=acting_user,
            payload={
                "document": name,
                "count": len(made),
                "total": f"{sheet.total:.2f}",
                "batch": batch.pk,
            },
            rows=[batch, *made],
        )
        touched = {row.declaration_id: row.declaration for row in made}
        for declaration in touched.values():
            refresh_standing(declaration)
    return Imported(len(made), sheet.total, len(touched), sheet.stated_total)


def _require_new_file(content: bytes, place: Organisation, name: str) -> None:
    known = Batch.objects.filter(
        kind=Batch.Kind.SPENDINGS, place=place, document__sha256=digest(content)
    ).first()
    if known is not None:
        raise UnableToImport(
            (
                say(
                    "“{name}”已于 {day} 导入过，没有再记一次",
                    name=name,
                    day=known.made_at.date(),
                ),
            )
        )


def _enter(
    sheet: SpendingSheet,
    place: Organisation,
    year: int,
    replace: bool,
    acting_user: User,
    now: datetime,
) -> list[Spending]:
    made: list[Spending] = []
    refusals: list[Sentence] = []
    lines = {(line.project, line.unit): line.line for line in reversed(sheet.lines)}
    for (project, unit), entries in by_month_and_source(sheet.lines).items():
        try:
            held = held_in_force(_named(project, unit, place, year, acting_user))
            new = _differing(held, entries, replace)
            require_spending(held, new, now)
        except UnableToAct as refusal:
            line = lines[project, unit]
            refusals.append(say("第 {line} 行：{why}", line=line, why=refusal.sentence))
            continue
        made += [
            Spending(
                declaration=held,
                month=month,
                source=source,
                amount=amount,
                made_at=now,
                made_by=acting_user,
            )
            for (month, source), amount in new.items()
        ]
    if refusals:
        raise UnableToImport(tuple(refusals), sheet)
    if not made:
        raise UnableToImport((say("表里的执行数都已经在记录里，没有新的"),), sheet)
    return made


def _named(
    project: str, unit: str, place: Organisation, year: int, acting_user: User
) -> Declaration:
    """The one project of that name in force under the place."""
    within = declarations_of(acting_user, MAY_VIEW).filter(
        year=year, project_name=project, organisation__path__startswith=str(place.path)
    )
    if unit:
        within = within.filter(organisation__name=unit)
    found = list(within[:2])
    if not found:
        raise UnableToAct(
            say(
                "“{place}”没有 {year} 年的项目“{project}”；是别的单位的，请由那个单位导入",
                place=unit or place.name,
                year=year,
                project=project,
            )
        )
    if len(found) > 1:
        raise UnableToAct(say("有几个单位都有“{project}”；请加一列单位名称", project=project))
    return found[0]


def _differing(
    held: Declaration, entries: Mapping[tuple[date, str], Decimal], replace: bool
) -> dict[tuple[date, str], Decimal]:
    """The entries that are not on record yet; a differing amount needs leave to replace."""
    counted = counted_spendings(tuple(held.spendings.order_by("month", "id")), date.max)
    known = {(item.month, item.source): item.amount for item in counted}
    new = {key: amount for key, amount in entries.items() if known.get(key) != amount}
    for (month, source), amount in new.items():
        before = known.get((month, source))
        if before is not None and not replace:
            raise UnableToAct(
                say(
                    "“{project}”{month} 已记 {before} 元，表上是 {amount} 元；确要改的，请勾选“以表上的为准”",
                    project=held.project_name,
                    month=f"{month:%Y-%m}",
                    before=f"{before:,.2f}",
                    amount=f"{amount:,.2f}",
                )
            )
    return new
