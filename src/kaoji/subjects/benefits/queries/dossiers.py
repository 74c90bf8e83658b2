"""What the tables know, as the kernel takes it: facts of a person, and what each month was granted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.timezone import localdate

from kaoji.benefits.entitlement import Programme
from kaoji.benefits.facts import Dossier, Fact, corrected
from kaoji.benefits.kinds import Value, kinds
from kaoji.benefits.months import Month
from kaoji.benefits.programmes.catalogue import programmes
from kaoji.benefits.run import Granted, GrantedMonths
from kaoji.benefits.run_states import RunState
from kaoji.subjects.benefits.models import Fact as FactRow
from kaoji.subjects.benefits.models import Item, ReceivedList, Run

# From its approval on what a run found counts as granted.
GRANTED = (
    RunState.APPROVED, RunState.FILED, RunState.SENT, RunState.RECONCILED, RunState.CLOSED,
)  # fmt: skip
# Flat allowances: those of households and decisions come with their own tables.
FLAT = ("old_age_allowance", "child_living", "disability_living", "disability_nursing")
_COLUMNS = (
    "person_id", "id", "kind", "value", "since", "until", "asked_on", "decided_on",
    "received_on", "list_id",
)  # fmt: skip


def flat_programmes() -> dict[str, Programme]:
    """The programmes that this room pays, by their names."""
    return {name: programmes()[name] for name in FLAT}


def facts_for(run: Run, *, known_at: datetime | None = None) -> QuerySet[FactRow]:
    """The facts of everybody with a grant of the run's programme, known at its freezing or at another moment."""
    at = known_at or run.as_known_at
    granted = FactRow.objects.filter(programme=run.programme, kind="grant", made_at__lte=at)
    return FactRow.objects.filter(
        Q(programme="") | Q(programme=run.programme),
        person__place=run.place_id,
        made_at__lte=at,
        person__in=granted.values("person"),
    ).order_by("person_id", "id")


def dossiers(facts: QuerySet[FactRow]) -> Iterator[tuple[int, Dossier]]:
    """Person after person, with what is known of each."""
    # Each fact was heard with its list: a moment a list is read, not a moment a row.
    heard = {key: day_of(at) for key, at in ReceivedList.objects.values_list("id", "made_at")}
    rows = facts.values_list(*_COLUMNS).iterator(chunk_size=5_000)
    for person, found in groupby(rows, key=itemgetter(0)):
        yield person, Dossier(str(person), corrected(_fact(row, heard) for row in found))


def _fact(row: tuple[Any, ...], heard: Mapping[int, date]) -> Fact:
    _person, number, kind, value, since, until, asked, decided, received, list_of = row
    known_at = heard[list_of]
    return Fact(
        number, kind, _value(kind, value), since, until, known_at, received, asked, decided
    )


def _value(kind: str, text: str) -> Value:
    how = kinds()[kind]
    if how.dated_by_value:
        return _day(text)
    return int(text) if how.value in {"number", "amount"} else text


@lru_cache(maxsize=4_096)
def _day(text: str) -> date:
    return date.fromisoformat(text)


@lru_cache(maxsize=4_096)
def day_of(at: datetime) -> date:
    """The day of a moment, where the office is."""
    return localdate(at)


def granted_items(run: Run) -> QuerySet[Item]:
    """What earlier runs of the programme granted: approved, and not left out; a small run grants nothing."""
    return Item.objects.filter(
        run__place=run.place_id,
        run__programme=run.programme,
        run__state__in=GRANTED,
        run__resends__isnull=True,
        computation=F("run__computation"),
        left_out__isnull=True,
    )


def granted_months(items: QuerySet[Item]) -> Iterator[tuple[int, GrantedMonths]]:
    """Person after person what each month was granted so far."""
    frozen = dict(Run.objects.values_list("id", "as_known_at"))
    found = items.order_by("person_id", "id").values_list("person_id", "month", "fen", "run_id")
    rows = found.iterator(chunk_size=5_000)
    for person, of_person in groupby(rows, key=itemgetter(0)):
        yield person, summed((month, fen, frozen[run]) for _, month, fen, run in of_person)


def summed(rows: Iterable[tuple[Any, ...]]) -> dict[Month, Granted]:
    """By month what was granted in all, and by the knowledge of which day at first."""
    months: dict[Month, Granted] = {}
    for month, fen, known_at in rows:
        before = months.get(Month(month))
        months[Month(month)] = Granted(
            (before.fen if before else 0) + fen,
            before.first_known_at if before else day_of(known_at),
        )
    return months
