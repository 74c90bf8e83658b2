"""Search in what forms say: every word must be in it, wherever.

On PostgreSQL an index of pairs of signs (migration 0014) finds the forms where there are not too many; words
that stand in very many are looked for form by form, in the order of the list, and soon found.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection
from django.db.models import QuerySet

from kaoji.records.models import Declaration

_PAIR, _MOST = 2, 2_000
_FOUND = "SELECT id FROM records_declaration WHERE {conditions} LIMIT %s"
_HAS_PAIRS = "records_grams(search_text) @> records_grams(%s)"


def containing(found: QuerySet[Declaration], words: Iterable[str]) -> QuerySet[Declaration]:
    """The declarations whose form has every word."""
    words = list(words)
    indexed = [word for word in words if len(word) >= _PAIR]
    if connection.vendor == "postgresql" and indexed:
        keys = _keys(indexed)
        if len(keys) <= _MOST:
            found = found.filter(pk__in=keys)
            words = [word for word in words if len(word) != _PAIR]  # a pair is found exactly
    for word in words:
        # Chinese has no capitals: the comparison that knows none is several times as fast.
        kind = "contains" if word.upper() == word.lower() else "icontains"
        found = found.filter(**{f"search_text__{kind}": word})
    return found


def _keys(words: list[str]) -> list[int]:
    """The keys of the forms that have all pairs of the words, or one more than are too many."""
    conditions = " AND ".join([_HAS_PAIRS] * len(words))
    with connection.cursor() as cursor:
        cursor.execute(_FOUND.format(conditions=conditions), [*words, _MOST + 1])
        return [row[0] for row in cursor.fetchall()]
