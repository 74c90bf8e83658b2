"""Let the library follow what is on record: inside the transaction of the action that calls it.

The library is derived, so that it has no events of its own; the event is that of the form.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction
from django.db.models import Count, Max, Min, Q

from kaoji.core.declaration import Declaration as Form
from kaoji.core.indicator import Indicator
from kaoji.library.naming import key_of, pairs_of_name, same_meaning
from kaoji.library.norms import norm_of
from kaoji.records.library import nearest
from kaoji.records.models import Declaration, LibraryEntry, LibraryPair, Observation

_COLUMN_LIMIT = Decimal(10) ** 17
_NEAR = 30
_LATEST = 1_000


def learn(declaration: Declaration, form: Form) -> None:
    """Let the library follow a declaration's latest form; call it in the same transaction."""
    old = Observation.objects.filter(declaration=declaration)
    touched = set(old.values_list("entry_id", flat=True))
    old.delete()
    _take_in(form, touched, declaration=declaration)


def seed(forms: Iterable[Form], *, source: str) -> None:
    """Bring forms along that are not on record here; a source is taken in once."""
    if not Observation.objects.filter(source=source).exists():
        for form in forms:
            _take_in(form, set(), source=source)


def catch_up() -> None:
    """Learn from every declaration that the library does not know yet, such as after an upgrade."""
    unknown = Declaration.objects.filter(observations__isnull=True, indicators__gt=0)
    for key in unknown.values_list("pk", flat=True):
        with transaction.atomic():  # one at a time, so that nobody who writes has to wait long
            declaration = Declaration.objects.select_for_update(of=("self",)).get(pk=key)
            revision = declaration.revisions.get(number=declaration.revision_count)
            learn(declaration, revision.form)


def _entry_for(row: Indicator) -> LibraryEntry:
    """The entry of that meaning and class; a new one where there is none."""
    key, level2 = key_of(row.level3 or "")[:300], (row.level2 or "")[:100]
    entry = LibraryEntry.objects.filter(key=key, level2=level2).first()
    entry = entry or _near(key, level2)
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


def _take_in(
    form: Form, touched: set[int], *, declaration: Declaration | None = None, source: str = ""
) -> None:
    """Observe every indicator of a form, and sum up the entries that were touched."""
    observed = []
    for row in form.indicators:
        if row.level3 and key_of(row.level3):
            entry = _entry_for(row)
            touched.add(entry.pk)
            seen = _observation(entry, row)
            seen.declaration, seen.source, seen.year = declaration, source, form.year
            observed.append(seen)
    Observation.objects.bulk_create(observed)
    for entry in LibraryEntry.objects.filter(pk__in=touched):
        _sum_up(entry)


def _observation(entry: LibraryEntry, row: Indicator) -> Observation:
    value = row.target.value
    return Observation(
        entry=entry,
        position=row.position,
        name=(row.level3 or "")[:500],
        target_raw=row.target.text[:500],
        value=value if value is not None and abs(value) < _COLUMN_LIMIT else None,
        measurable=row.target.measurable,
        unit=(row.target.unit or "")[:40],
    )


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
    entry.save()
