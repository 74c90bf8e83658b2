"""Rosters of a run: what waits for a town, which towns have confirmed, which doubts hold whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, Count, Q, QuerySet, Sum, When

from kaoji.platform.organisation.models import Organisation
from kaoji.subjects.benefits.models import Doubt, Item, Person, Run

_MOST_NAMED = 5


def items_of(run: Run) -> QuerySet[Item]:
    """The items of the last computation."""
    return Item.objects.filter(run=run, computation=run.computation)


def to_confirm(run: Run, town: Organisation | None = None) -> QuerySet[Item]:
    """What is not the same as before; of one town, or of all."""
    found = items_of(run).exclude(change=Item.Change.SAME)
    return found.filter(town=town) if town else found


def in_order(items: QuerySet[Item]) -> QuerySet[Item]:
    """What waits for the town first, then what is the same; by person and month, however often it was reckoned."""
    same = Case(When(change=Item.Change.SAME, then=1), default=0)
    return items.order_by(same, "person_id", "month", "id")


def doubts_of(run: Run) -> QuerySet[Doubt]:
    """The doubts of the last computation."""
    return Doubt.objects.filter(run=run, computation=run.computation)


def named(people: Sequence[int]) -> str:
    """The first few of these people, masked, for a sentence."""
    found = Person.objects.filter(pk__in=people[:_MOST_NAMED]).order_by("pk")
    return "、".join(map(" ".join, found.values_list("name_masked", "id_masked")))


def open_doubts(run: Run) -> QuerySet[Doubt]:
    """Those that hold money and that nobody decided."""
    return doubts_of(run).filter(effect="hold", decision__isnull=True)


@dataclass(frozen=True)
class Town:
    """A town in a run: everybody there, what it has to confirm, whether it did."""

    place: Organisation
    count: int
    fen: int
    waiting: int
    confirmed: bool


def towns_in(run: Run) -> list[Town]:
    """Town by town, those that have not confirmed first."""
    changed = ~Q(change=Item.Change.SAME)
    rows = (
        items_of(run)
        .values("town")
        .annotate(count=Count("id"), fen=Sum("fen"), waiting=Count("id", filter=changed))
    )
    done = set(
        run.confirmations.filter(computation=run.computation).values_list("town", flat=True)
    )
    places = Organisation.objects.in_bulk([row["town"] for row in rows])
    found = [
        Town(
            places[row["town"]], row["count"], int(row["fen"]), row["waiting"],
            row["town"] in done or not row["waiting"],
        )
        for row in rows
    ]  # fmt: skip
    return sorted(found, key=lambda town: (town.confirmed, str(town.place.path)))
