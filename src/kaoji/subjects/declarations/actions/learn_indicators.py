"""Let the library follow what is on record: as a job, so that whoever saves a form does not wait for it.

    a form is saved   a row of LibraryBacklog, in the same transaction
    the job           what the latest revisions of these forms say, some forms at a time
                      then each entry that was touched is summed up, once, however many forms touched it

Every step is a short transaction that takes its own mark away – the row of the backlog, the mark of a
stale entry –, so that others write meanwhile and a job that was killed goes on where it was.
The library is derived, so that it has no events of its own; the event is that of the form.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Count, Max, Min, Q
from django_tasks import task

from kaoji.core.declaration import Declaration as Form
from kaoji.core.indicator import Indicator
from kaoji.library.naming import key_of, pairs_of_name, same_meaning
from kaoji.library.norms import norm_of
from kaoji.platform.jobs.queue import ask_once
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.library.models import LibraryBacklog, LibraryEntry, LibraryPair, Observation
from kaoji.subjects.library.queries import nearest

_COLUMN_LIMIT = Decimal(10) ** 17
_NEAR = 30
_LATEST = 1_000
# Forms that are saved within so long are learned from together.
_GATHERED_WITHIN = timedelta(seconds=3)
_FORMS_AT_A_TIME, _ENTRIES_AT_A_TIME = 2, 10
# Between two steps others get their turn, those too who write outside of transactions.
_BREATH_SECONDS = 0.05


def learn_later(declaration: Declaration) -> None:
    """Let the library follow a declaration's latest form; call it in the transaction that saves it."""
    LibraryBacklog.objects.create(declaration=declaration)
    ask_once(learn_what_waits, within=_GATHERED_WITHIN)


# Nobody waits for it: files that were handed in are read first.
@task(priority=-10)
def learn_what_waits() -> None:
    """Learn from all forms that wait, then sum up what they touched."""
    follow_records()


def follow_records() -> None:
    """Do what the job does, here."""
    entries = _Entries()
    while _learn_some(entries):
        time.sleep(_BREATH_SECONDS)
    while _sum_up_some():
        time.sleep(_BREATH_SECONDS)


def seed(forms: Iterable[Form], *, source: str) -> None:
    """Bring forms along that are not on record here; a source is taken in once."""
    with transaction.atomic():
        if not Observation.objects.filter(source=source).exists():
            entries = _Entries()
            for form in forms:
                _touch(_observe(form, entries, source=source))
    follow_records()


def catch_up() -> None:
    """Learn from every declaration that the library does not know yet, such as after an upgrade."""
    unknown = Declaration.objects.filter(observations__isnull=True, indicators__gt=0)
    LibraryBacklog.objects.bulk_create(
        LibraryBacklog(declaration_id=key) for key in unknown.values_list("pk", flat=True)
    )
    follow_records()


def _learn_some(entries: _Entries) -> bool:
    """Learn from some forms of the backlog; is any left?

    A row names a form, not a revision: what counts is the latest there is.
    """
    with transaction.atomic():
        rows = list(LibraryBacklog.objects.order_by("pk")[:_FORMS_AT_A_TIME])
        keys = {row.declaration_id for row in rows}
        held = Declaration.objects.select_for_update(of=("self",)).filter(pk__in=keys)
        touched: set[int] = set()
        for declaration in held.order_by("pk"):
            revision = declaration.revisions.get(number=declaration.revision_count)
            known = Observation.objects.filter(declaration=declaration)
            touched |= set(known.values_list("entry_id", flat=True))
            known.delete()
            touched |= _observe(revision.form, entries, declaration=declaration)
        _touch(touched)
        LibraryBacklog.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows) == _FORMS_AT_A_TIME


def _observe(
    form: Form, entries: _Entries, *, declaration: Declaration | None = None, source: str = ""
) -> set[int]:
    """Keep what every named indicator of a form says; the entries that they belong to."""
    observed = [
        _observation(entries.of(row), row, declaration, source, form.year)
        for row in form.indicators
        if row.level3 and key_of(row.level3)
    ]
    Observation.objects.bulk_create(observed)
    return {item.entry_id for item in observed}


def _touch(entries: set[int]) -> None:
    """Say that the sums of these entries are no longer what they were."""
    held = LibraryEntry.objects.select_for_update().filter(pk__in=entries).order_by("pk")
    LibraryEntry.objects.filter(pk__in=[entry.pk for entry in held]).update(is_stale=True)


class _Entries:
    """The entry of each meaning and class, looked up once; a new one where there is none."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], int] = {}

    def of(self, row: Indicator) -> int:
        """The key of an indicator's entry."""
        name = key_of(row.level3 or "")[:300], (row.level2 or "")[:100]
        if name not in self._known:
            self._known[name] = _entry_for(row, *name).pk
        return self._known[name]


def _entry_for(row: Indicator, key: str, level2: str) -> LibraryEntry:
    entry = LibraryEntry.objects.filter(key=key, level2=level2).first() or _near(key, level2)
    if entry is None:
        entry = LibraryEntry.objects.create(
            key=key,
            level1=(row.level1 or "")[:100],
            level2=level2,
            name=(row.level3 or "")[:300],
        )
        LibraryPair.objects.bulk_create(
            LibraryPair(pair=pair, entry=entry) for pair in sorted(pairs_of_name(entry.name))
        )
    return entry


def _near(key: str, level2: str) -> LibraryEntry | None:
    """An entry of the class whose key differs by hardly a letter."""
    ids = [pk for pk, _ in nearest(pairs_of_name(key), _NEAR)]
    near = LibraryEntry.objects.filter(level2=level2, pk__in=ids)
    return next((entry for entry in near if same_meaning(entry.key, key)), None)


def _observation(
    entry: int, row: Indicator, declaration: Declaration | None, source: str, year: int | None
) -> Observation:
    value = row.target.value
    return Observation(
        entry_id=entry,
        declaration=declaration,
        source=source,
        year=year,
        position=row.position,
        name=(row.level3 or "")[:500],
        target_raw=row.target.text[:500],
        value=value if value is not None and abs(value) < _COLUMN_LIMIT else None,
        measurable=row.target.measurable,
        unit=(row.target.unit or "")[:40],
    )


def _sum_up_some() -> bool:
    """Sum up some of the entries that were touched; is any left?"""
    with transaction.atomic():
        stale = LibraryEntry.objects.filter(is_stale=True).select_for_update(skip_locked=True)
        some = list(stale.order_by("pk")[:_ENTRIES_AT_A_TIME])
        for entry in some:
            _sum_up(entry)
    return len(some) == _ENTRIES_AT_A_TIME


def _sum_up(entry: LibraryEntry) -> None:
    """Set the columns to what the observations say; an entry that nobody uses stays, unused.

    Names and norms follow the latest uses, so that a form costs the same in the tenth year.
    """
    sums = entry.observations.aggregate(
        uses=Count("id"),
        measurable=Count("id", filter=Q(measurable=True)),
        first=Min("year"),
        last=Max("year"),
    )
    entry.uses, entry.measurable_uses = sums["uses"], sums["measurable"]
    entry.first_year, entry.last_year = sums["first"], sums["last"]
    latest = entry.observations.order_by("-id").values_list("name", "unit", "value")
    seen = list(latest[:_LATEST])
    norm = norm_of(entry.key, [(unit or None, v) for _, unit, v in seen if v is not None])
    entry.norm_uses = norm.count if norm else 0
    entry.unit = (norm.unit if norm else None) or ""
    entry.low, entry.middle, entry.high = (
        (norm.low, norm.middle, norm.high) if norm else (None, None, None)
    )
    names = Counter(name for name, _, _ in seen)
    if names:
        entry.name = max(names, key=lambda name: (names[name], name))[:300]
    entry.is_stale = False
    entry.save()
