"""What somebody decided not to pay: it is not offered again until something new is known of the person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import Exists, F, Max, OuterRef

from kaoji.subjects.benefits.models import (
    DoubtDecision,
    Fact,
    LeftOut,
    PayeeAccount,
    Run,
    Try,
)
from kaoji.subjects.benefits.queries.money import payable_of
from kaoji.subjects.benefits.queries.requests import blocks

_STOP = DoubtDecision.Settlement.STOP


def stopped_months(run: Run) -> dict[int, set[int]]:
    """By person the months that earlier runs were decided not to pay, with nothing new known by the freezing."""
    rows = LeftOut.objects.filter(
        why=LeftOut.Why.STOPPED,
        item__run__place=run.place_id,
        item__run__programme=run.programme,
        item__run__approved_at__isnull=False,
        item__computation=F("item__run__computation"),
    )
    decided = _decided(Run.objects.filter(pk__in=rows.values("item__run")))
    heard = _heard({person for person, _run in decided}, run.as_known_at or run.made_at)
    found: defaultdict[int, set[int]] = defaultdict(set)
    for person, month, of in rows.values_list("item__person", "item__month", "item__run"):
        at = decided.get((person, of))
        if at is not None and not _news(heard, person, at):
            found[person].add(month)
    return found


def waits_to_be_resent(run: Run, now: datetime) -> bool:
    """Is anything owed that nobody sends again yet, and of which it was not decided that nobody shall?"""
    if run.resent_by.exclude(state__in=("closed", "cancelled")).exists():
        return False
    return bool(payable_of(run).keys() - stopped_in_resendings(run, now))


def stopped_in_resendings(run: Run, now: datetime) -> set[int]:
    """Whom nobody sends a run's failed money again: it was decided so, and nothing new is known of them."""
    decided = _decided(run.resent_by.filter(approved_at__isnull=False))
    heard = _heard({person for person, _run in decided}, now)
    return {person for (person, _run), at in decided.items() if not _news(heard, person, at)}


def refused_people(run: Run, now: datetime) -> set[int]:
    """To whom a file of the run went that the bank refused whole, and no other one since; where money is still owed.

    Whom a small run of the money was decided to stop gets nothing by a new file either.
    """
    refused = Try.objects.filter(file__run=run, file__turned_down__isnull=False)
    if not refused.exists():
        return set()
    later = Try.objects.filter(payment=OuterRef("payment"), number__gt=OuterRef("number"))
    mine = set(refused.exclude(Exists(later)).values_list("payment__person", flat=True))
    owed = mine & payable_of(run).keys()
    return owed - stopped_in_resendings(run.resends or run, now)


def heard_since(person: int, since: datetime, until: datetime) -> bool:
    """Is anything new known of the person since then?"""
    return _news(_heard([person], until), person, since)


def _decided(runs: Iterable[Run]) -> dict[tuple[int, int], datetime]:
    """By person and run when it was decided to stop them."""
    rows = DoubtDecision.objects.filter(
        settlement=_STOP,
        doubt__run__in=runs,
        doubt__computation=F("doubt__run__computation"),
        doubt__person__isnull=False,
    )
    found: dict[tuple[int, int], datetime] = {}
    for person, of, at in rows.values_list("doubt__person", "doubt__run", "made_at"):
        found[person, of] = max(at, found.get((person, of), at))
    return found


def _heard(people: Iterable[int], until: datetime) -> dict[int, datetime]:
    """By person when a fact or an account of theirs was last heard of."""
    found: dict[int, datetime] = {}
    for some in blocks(people):
        for table in (Fact, PayeeAccount):
            rows = table.objects.filter(person__in=some, made_at__lte=until).order_by()
            for person, at in rows.values_list("person").annotate(at=Max("made_at")):
                found[person] = max(at, found.get(person, at))
    return found


def _news(heard: Mapping[int, datetime], person: int, since: datetime) -> bool:
    return person in heard and heard[person] > since
