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

from django.db.models import F
from django.utils.timezone import localdate

from kaoji.benefits.facts import Dossier
from kaoji.benefits.months import Month
from kaoji.benefits.payments import BankLine, Outcome, TryState, state_of_try
from kaoji.benefits.rates import ItemResult, Rate, covered, right_items, right_money, timely
from kaoji.benefits.reckoning import Reckoning
from kaoji.benefits.run import Granted, reading_of
from kaoji.benefits.run import Run as KernelRun
from kaoji.subjects.benefits.models import (
    Fact,
    Item,
    LeftOut,
    ListRow,
    ReceivedList,
    ReturnLine,
    Run,
    Tally,
    Try,
)
from kaoji.subjects.benefits.queries.dossiers import dossiers, facts_for, flat_programmes
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
    entitled = _entitled(run)
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
        if entitled is not None:
            paid = {str(row.person) for row in rows if row.result.credited_on is not None}
            told.append(Told(town, "covered", covered(entitled.get(town, ()), paid)))
    return told


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


def credited(run: Run) -> dict[tuple[int, int], tuple[date, int]]:
    """By person and month on which day the bank credited a run's payment, and how much; sent again included."""
    heard: defaultdict[int, list[BankLine]] = defaultdict(list)
    lines = ReturnLine.objects.filter(answers__payment__run=run)
    for key, on, outcome, fen in lines.values_list("answers", "on", "outcome", "fen"):
        heard[key].append(BankLine(on, Outcome(outcome), "", fen))
    found: dict[tuple[int, int], tuple[date, int]] = {}
    tries = Try.objects.filter(payment__run=run).order_by("number")
    for key, person, months in tries.values_list("id", "payment__person", "months"):
        said = heard.get(key, [])
        if state_of_try(said) is TryState.CREDITED:
            on = max(line.on for line in said if line.outcome is Outcome.CREDITED)
            for month, fen in months:
                before = found.get((person, month), (on, 0))
                found[person, month] = (min(on, before[0]), before[1] + fen)
    return found


def doubly_credited(run: Run) -> int:
    """How many payments of a run the bank credited twice and has not taken back."""
    heard: defaultdict[int, list[BankLine]] = defaultdict(list)
    lines = ReturnLine.objects.filter(answers__payment__run=run)
    for key, on, outcome, fen in lines.values_list("answers", "on", "outcome", "fen"):
        heard[key].append(BankLine(on, Outcome(outcome), "", fen))
    times: defaultdict[int, int] = defaultdict(int)
    for key, payment in Try.objects.filter(payment__run=run).values_list("id", "payment"):
        times[payment] += state_of_try(heard.get(key, ())) is TryState.CREDITED
    return sum(count > 1 for count in times.values())


def _reckoned_again(run: Run, basis: str, known_at: datetime) -> Mapping[tuple[int, int], int]:
    """What months of this run should have been, of everybody of whom something was learned since its freezing."""
    learned = Fact.objects.filter(
        person__place=run.place_id, made_at__gt=run.as_known_at, made_at__lte=known_at
    )
    people = set(learned.values_list("person_id", flat=True))
    if not people:
        return {}
    asked: defaultdict[int, list[Item]] = defaultdict(list)
    for item in items_of(run).filter(fen__gt=0, person__in=people):
        asked[item.person_id].append(item)
    frozen_on = localdate(run.as_known_at)
    found: dict[tuple[int, int], int] = {}
    for person, dossier in dossiers(
        facts_for(run, known_at=known_at).filter(person__in=people)
    ):
        if basis == Basis.ON_DAY:
            dossier = _in_hand(dossier, frozen_on)
        found |= _should(run, person, dossier, asked.get(person, []), localdate(known_at))
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
    run: Run, person: int, dossier: Dossier, items: list[Item], known_on: date
) -> dict[tuple[int, int], int]:
    reckoning = Reckoning(flat_programmes()[run.programme], dossier, known_on)
    asked = KernelRun(run.period, known_on)
    found = {}
    for item in items:
        # An arrear is one part of its month: right when nothing of the month is owed back.
        of = Month(item.month)
        whole = reading_of(reckoning, of, Granted(0, localdate(run.as_known_at)), asked)
        granted = _granted_by(run, person, item.month)
        found[person, item.month] = max(0, min(item.fen, whole.entitlement.fen - granted))
    return found


def _granted_by(run: Run, person: int, month: int) -> int:
    """What runs before this one granted of the month."""
    rows = Item.objects.filter(
        run__place=run.place_id,
        run__programme=run.programme,
        run__approved_at__lt=run.approved_at,
        computation=F("run__computation"),
        left_out__isnull=True,
        person=person,
        month=month,
    )
    return sum(rows.values_list("fen", flat=True))


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


def _entitled(run: Run) -> dict[int, set[str]] | None:
    """By town who is entitled by somebody else's list; None without such a list. Whom nobody knows counts at the office."""
    last = ReceivedList.objects.filter(
        place=run.place_id, programme=run.programme, kind=ReceivedList.Kind.ENTITLED
    ).first()
    if last is None:
        return None
    towns = {
        person: int(value)
        for person, value in Fact.objects.filter(
            kind="town", person__place=run.place_id
        ).order_by("id").values_list("person_id", "value")
    }  # fmt: skip
    found: defaultdict[int, set[str]] = defaultdict(set)
    for key, person in ListRow.objects.filter(list=last).values_list("id", "person"):
        found[towns.get(person, run.place_id)].add(str(person) if person else f"#{key}")
    return found
