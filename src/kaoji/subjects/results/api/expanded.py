"""What became of a promise, as it is known today."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import localdate

from kaoji.standards.scoring import NoScoringPolicy
from kaoji.subjects.declarations.api.expand import Reader
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.results.api.told import told_results


def _results(row: Declaration, reader: Reader) -> dict[str, Any] | None:
    """Null before an approval, and for a year that no policy scores."""
    if row.approved_revision is None:
        return None
    try:
        return told_results(row, as_of=localdate())
    except NoScoringPolicy:
        return None


EXPANDED = {"results": _results}
