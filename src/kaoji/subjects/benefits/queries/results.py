"""How a run ended, item by item: what should have been, by when, what was credited on which day.

Two ways of looking. *On the day*: right by what was in the office's hands when the run was frozen, even if
it was typed in later. *By now*: right by all that is known today; money that came back heals nothing. What
was held or not confirmed stays among what was due, and is late.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, QuerySet, Sum
from django.utils.timezone import localdate

from kaoji.benefits.facts import Dossier
from kaoji.benefits.months import Month
from kaoji.benefits.rates import ItemResult, Rate, right_items, right_money, timely
from kaoji.benefits.reckoning import Reckoning
from kaoji.benefits.run import Granted, reading_of
from kaoji.benefits.run import Run as KernelRun
from kaoji.subjects.benefits.models import (
    Fact,
    Item,
    LeftOut,
    Run,
    Tally,
)
from kaoji.subjects.benefits.queries.coverage import coverage
from kaoji.subjects.benefits.queries.credits import credited, credited_to_nobody
from kaoji.subjects.benefits.queries.dossiers import (
    dossiers,
    facts_for,
    flat_programmes,
    granted_items,
)
from kaoji.subjects.benefits.queries.rosters import items_of

Basis = Tally.Basis


@dataclass(frozen=True)
class Told:
    """One rate of a town."""

    town: int
    statistic: str
    rate: Rate


@dataclass(frozen=True)
class _Ended:
    """An item with its result, whose it is and whether the person was new."""

    person: int
    town: int
    fresh: bool
    result: ItemResult


def rates_of(run: Run, basis: str, *, known_at: datetime) -> list[Told]:
    """Every rate of a run, town by town."""
    by_town: defaultdict[int, list[_Ended]] = defaultdict(list)
    for ended in _ended(run, basis, known_at):
        by_town[ended.town].append(ended)
    told = []
    for town, rows in sorted(by_town.items()):
        results = [row.result for row in rows]
        told += [
            Told(town, "timely", timely(results)),
            Told(town, "right_items", right_items(results)),
            Told(town, "right_money", right_money(results)),
        ]
        fresh = timely(row.result for row in rows if row.fresh)
        if fresh.denominator:
            told.append(Told(town, "new_timely", fresh))
    covered_in = coverage(run, known_at=known_at)
    return [*told, *(Told(town, "covered", rate) for town, rate in sorted(covered_in.items()))]


def _ended(run: Run, basis: str, known_at: datetime) -> Iterator[_Ended]:
    should = _reckoned_again(run, basis, known_at)
    paid_in = credited(run)
    seen_before = _left_out_before(run)
    stopped = LeftOut.Why.STOPPED
    rows = items_of(run).filter(fen__gt=0).exclude(left_out__why=stopped)
    names = ("person_id", "town_id", "month", "fen", "due_on", "change")
    for person, town, month, fen, due, change in rows.values_list(*names).iterator():
        if (person, month) in seen_before:
            continue  # it was due, and late, in the run that left it out
        on, paid = paid_in.get((person, month), (None, 0))
        right = should.get((person, month), fen) == fen
        result = ItemResult(should.get((person, month), fen), due, on, paid, right=right)
        if result.should > 0 or paid:
            yield _Ended(person, town, change == Item.Change.NEW, result)
    for on, paid in credited_to_nobody(
        run
    ):  # nobody was to get it: it stands at the office itself
        yield _Ended(0, run.place_id, False, ItemResult(0, on, on, paid, right=False))


def _reckoned_again(run: Run, basis: str, known_at: datetime) -> Mapping[tuple[int, int], int]:
    """What months of this run should have been, of everybody of whom something was learned since its freezing.

    A value of the law issued since is learned of everybody, by now; on the day nobody could know it.
    """
    frozen_on, today = run.frozen_on, localdate(known_at)
    on_day = basis == Basis.ON_DAY
    learned = Fact.objects.filter(
        person__place=run.place_id, made_at__gt=run.as_known_at, made_at__lte=known_at
    )
    people: QuerySet[Any, Any] = learned.values("person")
    law = flat_programmes()[run.programme].law
    if not on_day and law.changed(after=frozen_on, until=today):
        people = items_of(run).order_by().values("person")
    asked: defaultdict[int, list[Item]] = defaultdict(list)
    for item in items_of(run).filter(fen__gt=0, person__in=people):
        asked[item.person_id].append(item)
    if not asked:
        return {}
    before = _granted_before(run, people)
    law_of = KernelRun(run.period, frozen_on if on_day else today)
    found: dict[tuple[int, int], int] = {}
    for person, dossier in dossiers(
        facts_for(run, known_at=known_at).filter(person__in=people)
    ):
        known = _in_hand(dossier, frozen_on) if on_day else dossier
        reckoning = Reckoning(flat_programmes()[run.programme], known, today)
        found |= _should(reckoning, law_of, frozen_on, asked.get(person, []), before)
    return found


def _in_hand(dossier: Dossier, day: date) -> Dossier:
    """What the office had in its hands on a day, whenever it was typed in."""
    return Dossier(
        dossier.beneficiary,
        tuple(
            fact
            for fact in dossier.facts
            if fact.known_at <= day or (fact.received_on is not None and fact.received_on < day)
        ),
    )


def _should(
    reckoning: Reckoning,
    law_of: KernelRun,
    frozen_on: date,
    items: list[Item],
    before: Mapping[tuple[int, int], int],
) -> dict[tuple[int, int], int]:
    """What each item should have been: what its month comes to, less what runs before granted of it."""
    found = {}
    for item in items:
        of = Month(item.month)
        whole = reading_of(reckoning, of, Granted(0, frozen_on), law_of)
        rest = whole.entitlement.fen - before.get((item.person_id, item.month), 0)
        found[item.person_id, item.month] = max(0, rest)
    return found


def _granted_before(run: Run, people: QuerySet[Any]) -> dict[tuple[int, int], int]:
    """By person and month what runs before this one granted of it."""
    rows = granted_items(run).filter(run__approved_at__lt=run.approved_at, person__in=people)
    summed = rows.order_by().values("person_id", "month").annotate(granted=Sum("fen"))
    return {(row["person_id"], row["month"]): int(row["granted"]) for row in summed}


def _left_out_before(run: Run) -> set[tuple[int, int]]:
    """Months that an earlier run found and left out."""
    rows = LeftOut.objects.filter(
        item__run__place=run.place_id,
        item__run__programme=run.programme,
        item__run__month__lte=run.month,
        item__run__pk__lt=run.pk,
        item__computation=F("item__run__computation"),
        item__run__approved_at__isnull=False,
    ).exclude(why=LeftOut.Why.STOPPED)
    return set(rows.values_list("item__person_id", "item__month"))
