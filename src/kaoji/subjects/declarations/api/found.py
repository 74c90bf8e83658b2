"""What a question leaves of the declarations that the key's person sees, and the latest form of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db.models import F, Q, QuerySet
from django.http import HttpRequest

from kaoji.platform.api.door import key_of
from kaoji.platform.events.models import Event
from kaoji.platform.organisation.models import Organisation
from kaoji.subjects.declarations.models import Declaration, Revision
from kaoji.subjects.declarations.queries.reach import declarations_of
from kaoji.workflow.moves import State

# How many are read at a time, so that memory does not grow with their number.
_AT_A_TIME = 200


@dataclass(frozen=True)
class Asked:
    """The filters; what is None or empty leaves everything. *place* is a code or a whole name, all below included."""

    year: int | None = None
    unit: str = ""
    place: str = ""
    state: State | None = None
    changed_since: datetime | None = None


def found(request: HttpRequest, asked: Asked) -> QuerySet[Declaration]:
    """In the order of their numbers."""
    rows = declarations_of(key_of(request).person)
    if asked.year is not None:
        rows = rows.filter(year=asked.year)
    if asked.unit:
        rows = rows.filter(organisation__name=asked.unit)
    if asked.place:
        rows = rows.filter(_below(asked.place))
    if asked.state is not None:
        rows = rows.filter(state=asked.state.value)
    if asked.changed_since is not None:
        changed = Event.objects.filter(at__gte=asked.changed_since).exclude(declaration=None)
        rows = rows.filter(pk__in=changed.values("declaration"))
    return rows.select_related("organisation").defer("search_text").order_by("pk")


def _below(place: str) -> Q:
    """Whatever stands in places of this code or name, or below them; nothing where there is none."""
    below = Q(pk__in=[])
    for path in Organisation.objects.filter(Q(code=place) | Q(name=place)).values_list(
        "path", flat=True
    ):
        below |= Q(organisation__path__startswith=path)
    return below


def with_forms(rows: QuerySet[Declaration]) -> Iterator[tuple[Declaration, Revision]]:
    """Each with its latest form."""
    every = rows.iterator(chunk_size=_AT_A_TIME)
    while page := list(islice(every, _AT_A_TIME)):
        yield from latest_of(page)


def latest_of(page: Sequence[Declaration]) -> Iterator[tuple[Declaration, Revision]]:
    """The same for those that are in memory."""
    latest = Revision.objects.filter(
        declaration__in=page, number=F("declaration__revision_count")
    )
    kept = {item.declaration_id: item for item in latest}
    for row in page:
        yield row, kept[row.pk]
