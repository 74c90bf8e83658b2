"""Search in what forms say: every word must be in it, wherever.

On PostgreSQL an index of pairs of signs finds the forms (migration 0014); a word of two signs is such a
pair, a longer one is compared besides. Elsewhere every form is looked at.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection
from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from kaoji.records.models import Declaration

_PAIR = 2
# Found first and joined then: within the other conditions the planner would work out the pairs of
# every form instead of reading the index.
_FOUND = """records_declaration.id = ANY(ARRAY(
SELECT found.id FROM records_declaration AS found WHERE {conditions}))"""
_HAS_PAIRS = "records_grams(found.search_text) @> records_grams(%s)"


def containing(found: QuerySet[Declaration], words: Iterable[str]) -> QuerySet[Declaration]:
    """The declarations whose form has every word."""
    words = list(words)
    indexed = [word for word in words if len(word) >= _PAIR]
    if connection.vendor == "postgresql" and indexed:
        conditions = " AND ".join([_HAS_PAIRS] * len(indexed))
        pairs = RawSQL(  # noqa: S611 - the words are parameters
            _FOUND.format(conditions=conditions), indexed, output_field=BooleanField()
        )
        found = found.filter(pairs)
        words = [word for word in words if len(word) != _PAIR]
    for word in words:
        found = found.filter(search_text__icontains=word)
    return found
