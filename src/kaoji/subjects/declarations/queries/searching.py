"""Search in what forms say: every word must be in it, wherever.

On PostgreSQL an index of pairs of signs (migration 0014) finds the forms where there are not too many; words
that stand in very many are looked for form by form, in the order of the list, and soon found.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models import QuerySet

from kaoji.subjects.declarations.models import Declaration

_PAIR, _MOST = 2, 2_000
_FOUND = "SELECT id FROM declarations_declaration WHERE {conditions} LIMIT %s"
_HAS_PAIRS = "declarations_grams(search_text) @> declarations_grams(%s)"


def containing(found: QuerySet[Declaration], words: Iterable[str]) -> QuerySet[Declaration]:
    """The declarations whose form has every word."""
    words = [word.lower() for word in words]  # as the text to be searched is
    indexed = [word for word in words if len(word) >= _PAIR]
    if connection.vendor == "postgresql" and indexed:
        keys = _keys(indexed)
        if len(keys) <= _MOST:
            found = found.filter(pk__in=keys)
            words = [word for word in words if len(word) != _PAIR]  # a pair is found exactly
    for word in words:
        found = found.filter(search_text__contains=word)
    return found


def _keys(words: list[str]) -> list[int]:
    """The keys of the forms that have all pairs of the words, or one more than are too many."""
    conditions = " AND ".join([_HAS_PAIRS] * len(words))
    with transaction.atomic(), connection.cursor() as cursor:
        # For words that stand in nearly all forms PostgreSQL would rather take them apart one by one.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(_FOUND.format(conditions=conditions), [*words, _MOST + 1])
        keys = [row[0] for row in cursor.fetchall()]
        cursor.execute("SET LOCAL enable_seqscan = on")
    return keys
