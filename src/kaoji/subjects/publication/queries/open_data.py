"""All that is public, to be taken whole: the same that the public pages tell, promise by promise.

One query names the version and the self-evaluation of each promise. The rows behind these names are never
changed, so that everything read after it, however long that takes, is of one moment.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from hashlib import sha256
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate, make_aware

from kaoji import __version__
from kaoji.documents.data_package.descriptor import About
from kaoji.documents.data_package.published import Published, Reached, Settlement
from kaoji.platform.events.models import Event
from kaoji.platform.organisation.office import name_of_office
from kaoji.platform.ui.discreet import discreet
from kaoji.subjects.declarations.models import Declaration, Revision
from kaoji.subjects.publication.queries.published import LAST_LOOK
from kaoji.subjects.results.queries.in_bulk import Wanted, known_in_bulk
from kaoji.subjects.results.queries.results import Known, Result, rows_on
from kaoji.subjects.spending.queries import counted_spendings

_AT_A_TIME = 100
_CHANGES = (
    "declaration.approve",
    "declaration.publish",
    "declaration.withdraw",
    "recheck.made",
)


@dataclass(frozen=True, slots=True)
class Looked:
    """What finance looked at, when, and what it settled; money in yuan."""

    evaluation: int
    filed_at: datetime
    at: datetime
    executed: Decimal
    indicators: int
    met: int
    score: Decimal
    grade: str


@dataclass(frozen=True, slots=True)
class Entry:
    """Which version of a promise is public since when; *looked* only where its results may be seen too."""

    id: int
    name: str
    revision: int
    public_from: date
    looked: Looked | None


def entries_of(found: QuerySet[Declaration]) -> list[Entry]:
    """What is told of the published promises that were found, in their order."""
    told = found.annotate(last_look=LAST_LOOK).values_list(
        "is_final", "pk", "public_name", "public_revision", "public_from",
        "settled__evaluation", "settled__evaluation__filed_at", "last_look",
        "settled__executed", "settled__indicators", "settled__met", "settled__score",
        "settled__grade",
    )  # fmt: skip
    return [_entry(row) for row in told]


def _entry(row: tuple[Any, ...]) -> Entry:
    is_final, pk, name, revision, since, *settled = row
    return Entry(pk, name, revision, since, Looked(*settled) if is_final else None)


def promises(entries: Sequence[Entry]) -> Iterator[Published]:
    """Each promise with all that is public of it; some are read at a time, so that memory does not grow."""
    for first in range(0, len(entries), _AT_A_TIME):
        yield from _read(entries[first : first + _AT_A_TIME])


def _read(entries: Sequence[Entry]) -> Iterator[Published]:
    held = _revisions(entries)
    forms = {number: revision.form for number, revision in held.items()}
    wanted = [
        Wanted(held[item.id], forms[item.id], item.looked.filed_at)
        for item in entries
        if item.looked is not None
    ]
    known = {item.declaration.pk: item for item in known_in_bulk(wanted)}
    for item in entries:
        yield Published(
            item.id, item.name, item.revision, item.public_from, forms[item.id],
            _settlement(item.looked, known.get(item.id)),
        )  # fmt: skip


def _revisions(entries: Sequence[Entry]) -> dict[int, Revision]:
    """By the number of the promise the version that is public."""
    asked = {(item.id, item.revision) for item in entries}
    found = Revision.objects.filter(
        declaration__in={number for number, _ in asked},
        number__in={revision for _, revision in asked},
    )
    return {
        item.declaration_id: item
        for item in found.select_related("declaration").defer(
            "notes", "declaration__search_text"
        )
        if (item.declaration_id, item.number) in asked
    }


def _settlement(looked: Looked | None, known: Known | None) -> Settlement | None:
    """What finance looked at, with the rows of the indicators as they were known when it was filed."""
    if looked is None or known is None:
        return None
    end = date(known.form.year or date.max.year, 12, 31)
    return Settlement(
        localdate(looked.at),
        looked.executed,
        looked.indicators,
        looked.met,
        looked.score,
        looked.grade,
        tuple(_reached(row) for row in rows_on(known, end)),
        tuple(_months(known, end)),
    )


def _reached(row: Result) -> Reached:
    """As the public page tells it, numbers of people blacked out."""
    actual = row.actual
    return Reached(
        discreet(actual.value) if actual else None,
        True if row.is_met else False if row.is_missed else None,
        row.measure.title if actual and row.measure else None,
        discreet(actual.reason) or None if actual else None,
    )


def _months(known: Known, end: date) -> Iterator[tuple[date, Decimal]]:
    """By month what was spent, whatever source it came from."""
    counted = counted_spendings(known.spendings, end)
    for month, items in groupby(counted, key=lambda item: item.month):
        yield month, sum((item.amount for item in items), Decimal(0))


def about(entries: Sequence[Entry]) -> About:
    """Who publishes, and as of when: the newest thing that changed what is public, not the day of asking."""
    changed = Event.objects.filter(type__in=_CHANGES).exclude(declaration__publication="")
    event = changed.aggregate(last=Max("at"))["last"]
    day = max((item.public_from for item in entries), default=None)
    moments = [event, beginning_of(day) if day else None]
    site = settings.SITE_ADDRESS
    return About(
        name_of_office(),
        f"{site}{reverse('public')}" if site else "",
        max(filter(None, moments), default=datetime(1970, 1, 1, tzinfo=UTC)),
        settings.PUBLIC_LICENCE,
    )


def beginning_of(day: date) -> datetime:
    """The moment at which a day begins here: from then on what is public from that day is."""
    return make_aware(datetime.combine(day, time()))


def fingerprint(entries: Sequence[Entry], told: About) -> str:
    """Of all that the package is made from: the same as long as it would come out the same."""
    seen = sha256(repr((__version__, told)).encode())
    for item in entries:
        seen.update(repr(item).encode())
    return seen.hexdigest()
