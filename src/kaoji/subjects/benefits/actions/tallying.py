"""Write down the rates of a run; earlier ones stay.

*On the day* is pinned to what was known when the run was closed: only money moves it afterwards. *By now* is
written again whenever something is learned of somebody whom a closed run paid.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import F

from kaoji.benefits.months import month_of
from kaoji.benefits.rates import Rate
from kaoji.benefits.run_states import RunState
from kaoji.subjects.benefits.actions.held import moment_in
from kaoji.subjects.benefits.models import Fact, Item, ReceivedList, Run, Tally
from kaoji.subjects.benefits.queries.coverage import entitled_list
from kaoji.subjects.benefits.queries.results import rates_of

_BLOCK = 900


def tallied(
    run: Run, now: datetime, *, bases: Collection[str] = tuple(Tally.Basis.values)
) -> list[Tally]:
    """The rates of the run, town by town, by both ways of looking or one. Call it inside an action."""
    first = Tally.objects.filter(run=run, basis=Tally.Basis.ON_DAY).order_by("id").first()
    closed_at = first.made_at if first else now
    rows: list[Tally] = []
    for basis in bases:
        known_at = closed_at if basis == Tally.Basis.ON_DAY else now
        rates = {(t.town, t.statistic): t.rate for t in rates_of(run, basis, known_at=known_at)}
        gone = _told_before(run, basis) - rates.keys()
        rates |= dict.fromkeys(gone, Rate(0, 0))
        rows += [
            Tally(
                run=run,
                town_id=town,
                statistic=statistic,
                basis=basis,
                month=run.first_day,
                numerator=rate.numerator,
                denominator=rate.denominator,
                made_at=now,
            )
            for (town, statistic), rate in rates.items()
        ]
    return Tally.objects.bulk_create(rows)


def _told_before(run: Run, basis: str) -> set[tuple[int, str]]:
    """Where something was told before: a town of which nothing is left to tell says so, or its last row would stay."""
    known = Tally.objects.filter(run=run, basis=basis).order_by()
    return set(known.values_list("town_id", "statistic").distinct())


def tallied_anew(received: ReceivedList, facts: Iterable[Fact], now: datetime) -> list[Tally]:
    """What closed runs come to by now, where the list says something of whom they paid or should have."""
    closed = Run.objects.filter(
        place=received.place_id, state=RunState.CLOSED, resends__isnull=True
    )
    touched = _paid_since(closed, facts)
    if received.kind == ReceivedList.Kind.ENTITLED:
        for run in closed.filter(programme=received.programme):
            if entitled_list(run, known_at=now) == received:
                touched.add(run.pk)
    return [
        tally
        for run in closed.filter(pk__in=touched).order_by("pk")
        for tally in tallied(run, _counts_from(run, received, now), bases=(Tally.Basis.NOW,))
    ]


def _counts_from(run: Run, received: ReceivedList, now: datetime) -> datetime:
    """When the rates are written: after the list, and after all that moved money, whatever the clock says."""
    return max(received.made_at, moment_in(run, now))


def _paid_since(closed: Iterable[Run], facts: Iterable[Fact]) -> set[int]:
    """The runs that paid somebody a month for which one of the facts holds."""
    since: dict[int, int] = {}
    for fact in facts:
        of = month_of(fact.since)
        since[fact.person_id] = min(of, since.get(fact.person_id, of))
    people, found = sorted(since), set[int]()
    for start in range(0, len(people), _BLOCK):
        items = Item.objects.filter(
            run__in=closed,
            computation=F("run__computation"),
            fen__gt=0,
            person__in=people[start : start + _BLOCK],
        )
        for run, person, month in items.values_list("run", "person", "month").iterator():
            if month >= since[person]:
                found.add(run)
    return found
