"""The library of indicators, searched by pairs of characters.

A name is cut into pairs of neighbouring characters (居民, 民满, 满意 …), each a row with an
index. A search counts the pairs that an entry shares with the query: plain SQL, equally quick
on both databases, and at home in a language without blanks.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from kaoji.library.naming import pairs_of_name
from kaoji.library.suggest import Candidate, ranked
from kaoji.platform.organisation.reach import places_of, reach_of
from kaoji.subjects.library.models import LibraryEntry, LibraryPair, Observation
from kaoji.workflow.roles import MAY_VIEW

_MOST_FOUND, _MOST_RANKED = 200, 50
_RAREST_PAIRS = 3


def seen_by(person: User | AnonymousUser) -> QuerySet[LibraryEntry]:
    """The entries that a person may know of.

    Those of forms in their reach, of forms that were approved anywhere, and what the library
    came with: what somebody drafts elsewhere is nobody else's to read.
    """
    entries = LibraryEntry.objects.filter(uses__gt=0)
    if reach_of(person).everywhere:
        return entries
    known = Observation.objects.filter(
        Q(declaration__isnull=True)
        | Q(declaration__approved_revision__isnull=False)
        | Q(declaration__organisation__in=places_of(person, MAY_VIEW)),
        entry=OuterRef("pk"),
    )
    return entries.filter(Exists(known))


def search(
    typed: str, *, level2: str | None = None, among: QuerySet[LibraryEntry]
) -> QuerySet[LibraryEntry] | list[LibraryEntry]:
    """Entries that share pairs of characters with what was typed, the nearest first.

    At most a few hundred: whoever needs more types more. Without a query, all of them.
    """
    entries = among.order_by("-uses", "name")
    if level2:
        entries = entries.filter(level2=level2)
    pairs = pairs_of_name(typed)
    if not pairs:
        return entries
    if max(map(len, pairs)) == 1:
        return entries.filter(name__contains=typed.strip())[:_MOST_FOUND]
    shared = dict(nearest(pairs, _MOST_FOUND))
    found = entries.filter(pk__in=shared)
    return sorted(found, key=lambda entry: (-shared[entry.pk], -entry.uses, entry.name))


def suggest(
    typed: str, *, level2: str | None = None, among: QuerySet[LibraryEntry]
) -> list[Candidate]:
    """The best names for what is being typed, the measurable ones first."""
    found = search(typed, among=among)[:_MOST_RANKED]
    return ranked(typed, map(candidate, found), level2=level2)


def candidate(entry: LibraryEntry) -> Candidate:
    """An entry as the ranking sees it."""
    return Candidate(
        entry.pk, entry.name, entry.level2, entry.unit, entry.uses, entry.measurable_uses
    )


def nearest(pairs: Iterable[str], most: int) -> Iterable[tuple[int, int]]:
    """Entries and how many pairs they share, the nearest first, from the table of pairs alone."""
    rows = LibraryPair.objects.filter(pair__in=_telling(pairs)).values_list("entry_id")
    return rows.annotate(shared=Count("entry_id")).order_by("-shared", "entry_id")[:most]


def _telling(pairs: Iterable[str]) -> list[str]:
    """The rarest pairs of a query: the common ones find half the library and tell little."""
    counted = (
        LibraryPair.objects.filter(pair__in=list(pairs))
        .values("pair")
        .annotate(times=Count("entry_id"))
        .order_by("times")
    )
    return [row["pair"] for row in counted[:_RAREST_PAIRS]] or list(pairs)
