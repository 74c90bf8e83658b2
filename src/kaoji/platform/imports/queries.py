"""What earlier imports of a place settled."""

from __future__ import annotations

from kaoji.platform.imports.models import Batch
from kaoji.platform.organisation.models import Organisation


def remembered_columns(place: Organisation, kind: str) -> dict[str, str]:
    """Which column is which, as it was settled the last time in this place."""
    last = Batch.objects.filter(place=place, kind=kind).exclude(columns={}).first()
    return dict(last.columns) if last else {}
