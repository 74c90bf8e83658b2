"""Put lines of spending on record, whoever brings them: all of them, or none, each refusal by its line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.contrib.auth.models import User

from kaoji.core.speech import say
from kaoji.documents.spending_sheet import SpendingLine
from kaoji.platform.events.event_log import record_event
from kaoji.platform.imports.actions.refused_rows import Refusals
from kaoji.platform.imports.models import Batch
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.refusals import UnableToAct
from kaoji.subjects.declarations.actions.in_force import held_in_force
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.declarations.queries.reach import declarations_of
from kaoji.subjects.spending.actions.record_spending import require_entry, require_within_budget
from kaoji.subjects.spending.models import Spending
from kaoji.subjects.spending.queries import counted_amounts
from kaoji.workflow.roles import MAY_VIEW


@dataclass(frozen=True)
class Entering:
    """For which projects and by whom: of *place* and below, in force in *year*, by *person*, *now*.

    An amount that differs from what is on record is taken only with *replace*. Lines of one month
    and source add up, as payments do, or (*are_whole*) each is the whole amount and stands alone.
    """

    place: Organisation
    year: int
    replace: bool
    person: User
    now: datetime
    are_whole: bool = False


_Key = tuple[date, str]


@dataclass
class _Project:
    """What the lines say of one promise: amounts by month and source, and the line of each."""

    declaration: Declaration
    amounts: dict[_Key, Decimal] = field(default_factory=dict)
    lines: dict[_Key, int] = field(default_factory=dict)


def entered(
    lines: Sequence[SpendingLine], entering: Entering, refusals: Refusals | None = None
) -> list[Spending]:
    """The rows that are new, made but not yet saved.

    Raises UnableToImport with every line at fault, those too that *refusals* has already.
    """
    refusals = refusals or Refusals()
    projects = _projects(lines, entering, refusals)
    made: list[Spending] = []
    # Locked always in the same order, so that two who report at once never wait for each other.
    for _, project in sorted(projects.items()):
        with refusals.at(min(project.lines.values())):
            held = held_in_force(project.declaration)
            made += _new_rows(held, project, entering, refusals)
    refusals.tell()
    return made


def compared(
    lines: Sequence[SpendingLine], entering: Entering
) -> list[tuple[Declaration, date, str, Decimal | None, Decimal]]:
    """Each project's month and source: what is on record, and what the lines come to.

    Lines that name no project in force are left out; `entered` refuses them.
    """
    found = []
    for _, project in sorted(_projects(lines, entering, Refusals()).items()):
        counted = counted_amounts(project.declaration)
        found += [
            (project.declaration, month, source, counted.get((month, source)), amount)
            for (month, source), amount in sorted(project.amounts.items())
        ]
    return found


def _projects(
    lines: Sequence[SpendingLine], entering: Entering, refusals: Refusals
) -> dict[int, _Project]:
    """The lines by the promise that they name, however they name it."""
    found: dict[int, _Project] = {}
    known: dict[tuple[str, str], Declaration] = {}
    for line in lines:
        with refusals.at(line.line):
            name = line.project, line.unit
            if name not in known:
                known[name] = _named(line.project, line.unit, entering)
            project = found.setdefault(known[name].pk, _Project(known[name]))
            key = line.month, line.source
            first = project.lines.setdefault(key, line.line)
            if entering.are_whole and first != line.line:
                raise UnableToAct(say("与第 {line} 行是同一项目、同月、同一来源", line=first))
            project.amounts[key] = project.amounts.get(key, Decimal(0)) + line.amount
    return found


def _new_rows(
    held: Declaration, project: _Project, entering: Entering, refusals: Refusals
) -> list[Spending]:
    """What is not on record yet, each month and source looked at by itself, then all against the budget."""
    counted = counted_amounts(held)
    known = dict(counted)
    made: list[Spending] = []
    for key, amount in project.amounts.items():
        with refusals.at(project.lines[key]):
            if known.get(key) == amount:
                continue
            _require_leave(held, key, known.get(key), amount, entering)
            require_entry(held, counted, key, amount, entering.now)
            counted[key] = amount
            made.append(
                Spending(
                    declaration=held,
                    month=key[0],
                    source=key[1],
                    amount=amount,
                    made_at=entering.now,
                    made_by=entering.person,
                )
            )
    if made:
        with refusals.at(max(project.lines.values())):
            require_within_budget(held, counted)
    return made


def _require_leave(
    held: Declaration, key: _Key, before: Decimal | None, amount: Decimal, entering: Entering
) -> None:
    """Raise UnableToAct for an amount that differs from that on record, without leave to replace it."""
    if before is not None and not entering.replace:
        raise UnableToAct(
            say(
                "“{project}”{month} 已记 {before} 元，这里当月合计 {amount} 元；要改的，请指明以新的为准（须是当月的全部）",
                project=held.project_name,
                month=f"{key[0]:%Y-%m}",
                before=f"{before:,.2f}",
                amount=f"{amount:,.2f}",
            )
        )


def keep(made: Sequence[Spending], batch: Batch, event: str, told: dict[str, str]) -> None:
    """Save the rows of a batch under one event."""
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
                "“{place}”没有 {year} 年的项目“{project}”；是别的单位的，请由那个单位报",
                place=unit or place.name,
                year=year,
                project=project,
            )
        )
    if len(found) > 1:
        raise UnableToAct(say("有几个单位都有“{project}”；请写明是哪个单位", project=project))
    return found[0]
