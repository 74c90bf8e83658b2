"""应补尽补率: who is entitled by somebody else's list, and of them who was paid the run's month.

Everybody on the list counts: whom the office does not know stands at the office itself, and who lives where this
run pays nobody in their town. A month that an earlier run paid ahead is paid.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from django.db.models import F

from kaoji.benefits.months import Month, first_day
from kaoji.benefits.rates import Rate, covered
from kaoji.subjects.benefits.models import Fact, ListRow, Person, ReceivedList, Run
from kaoji.subjects.benefits.queries.credits import credited
from kaoji.subjects.benefits.queries.dossiers import granted_items


def coverage(run: Run, *, known_at: datetime) -> dict[int, Rate]:
    """By town how many of those entitled were paid the month of the run; nothing without a list."""
    last = entitled_list(run, known_at=known_at)
    if last is None:
        return {}
    paid = paid_in(run)
    towns = _towns(run, known_at)
    people = people_on(last)
    entitled: defaultdict[int, set[str]] = defaultdict(set)
    for hashed in (
        ListRow.objects.filter(list=last).values_list("id_hash", flat=True).iterator()
    ):
        person = people.get(hashed)
        town = run.place_id if person is None else towns.get(person, run.place_id)
        entitled[town].add(hashed)
    credited_to = {hashed for hashed, person in people.items() if person in paid}
    return {town: covered(hashes, credited_to & hashes) for town, hashes in entitled.items()}


def entitled_list(run: Run, *, known_at: datetime) -> ReceivedList | None:
    """The latest list of those entitled by the end of the run's month; where there is none yet, the first after it."""
    lists = ReceivedList.objects.filter(
        place=run.place_id,
        programme=run.programme,
        kind=ReceivedList.Kind.ENTITLED,
        made_at__lte=known_at,
    )
    next_month = first_day(Month(run.month + 1))
    before = lists.filter(as_of__lt=next_month).order_by("-as_of", "-id").first()
    return before or lists.order_by("as_of", "-id").first()


def people_on(received: ReceivedList) -> dict[str, int]:
    """By the hash of their number who of a list is known by now, whenever they became so."""
    hashes = ListRow.objects.filter(list=received).values("id_hash")
    found = Person.objects.filter(place=received.place_id, id_hash__in=hashes)
    return dict(found.values_list("id_hash", "pk"))


def paid_in(run: Run) -> set[int]:
    """To whom the bank credited the run's month, by whichever run."""
    month = granted_items(run).filter(month=run.month, fen__gt=0)
    runs = Run.objects.filter(pk__in=month.values("run"))
    return {person for each in runs for person, of in credited(each) if of == run.month}


def _towns(run: Run, known_at: datetime) -> dict[int, int]:
    """By person their town, as it was told last."""
    facts = Fact.objects.filter(kind="town", person__place=run.place_id, made_at__lte=known_at)
    rows = facts.order_by("id").values_list(F("person_id"), "value")
    return {person: int(value) for person, value in rows.iterator()}
