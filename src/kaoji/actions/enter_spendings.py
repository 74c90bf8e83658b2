"""Put lines of spending on record, whoever brings them: all of them, or none, each refusal by its line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.contrib.auth.models import User

from kaoji.actions.in_force import held_in_force
from kaoji.actions.permission import UnableToAct
from kaoji.actions.record_result import require_spending
from kaoji.core.speech import Sentence, say
from kaoji.documents.spending_sheet import SpendingLine, SpendingSheet, by_month_and_source
from kaoji.records.event_log import record_event
from kaoji.records.models import Batch, Declaration, Organisation, Spending
from kaoji.records.reach import declarations_of
from kaoji.records.results import counted_spendings
from kaoji.records.standings import refresh_standing
from kaoji.workflow.roles import MAY_VIEW


class UnableToImport(UnableToAct):
    """Rows that cannot be taken; *refusals* name each, *sheet* is what was read. Nothing was entered."""

    def __init__(
        self, refusals: tuple[Sentence, ...], sheet: SpendingSheet | None = None
    ) -> None:
        self.refusals, self.sheet = refusals, sheet
        super().__init__(refusals[0])


@dataclass(frozen=True)
class Entering:
    """For which projects and by whom: of *place* and below, in force in *year*, by *person*, *now*.

    An amount that differs from what is on record is taken only with *replace*.
    """

    place: Organisation
    year: int
    replace: bool
    person: User
    now: datetime


def entered(lines: Sequence[SpendingLine], entering: Entering) -> list[Spending]:
    """The rows that are new, made but not yet saved. Raises UnableToImport with every line at fault."""
    made: list[Spending] = []
    refusals: dict[int, Sentence] = {}
    told: dict[int, int] = {}
    first = {(line.project, line.unit): line.line for line in reversed(lines)}
    # Always in the same order, so that two who report at once never wait for each other.
    for (project, unit), entries in sorted(by_month_and_source(lines).items()):
        line = first[project, unit]
        try:
            held = held_in_force(_named(project, unit, entering))
            _require_one_name(told.setdefault(held.pk, line), line)
            new = _differing(held, entries, entering.replace)
            require_spending(held, new, entering.now)
        except UnableToAct as refusal:
            refusals[line] = say("第 {line} 行：{why}", line=line, why=refusal.sentence)
            continue
        made += [
            Spending(
                declaration=held,
                month=month,
                source=source,
                amount=amount,
                made_at=entering.now,
                made_by=entering.person,
            )
            for (month, source), amount in new.items()
        ]
    if refusals:
        raise UnableToImport(tuple(refusals[line] for line in sorted(refusals)))
    return made


def _require_one_name(first: int, line: int) -> None:
    if first != line:
        raise UnableToAct(
            say(
                "与第 {line} 行是同一个项目，单位一处写了、一处没有写；请写成一样的", line=first
            )
        )


def keep(made: Sequence[Spending], batch: Batch, event: str, told: dict[str, str]) -> None:
    """Save the rows of a batch under one event, and what is derived from them."""
    for row in made:
        row.batch = batch
    Spending.objects.bulk_create(made)
    record_event(
        event,
        at=batch.made_at,
        actor=batch.made_by,
        payload={
            **told,
            "count": len(made),
            "total": f"{sum(row.amount for row in made):.2f}",
            "batch": batch.pk,
        },
        rows=[batch, *made],
    )
    for declaration in {row.declaration_id: row.declaration for row in made}.values():
        refresh_standing(declaration)


def _named(project: str, unit: str, entering: Entering) -> Declaration:
    """The one project of that name in force under the place."""
    place, year = entering.place, entering.year
    within = declarations_of(entering.person, MAY_VIEW).filter(
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
