"""What this room sets beside a rule: how often it finds something."""

from __future__ import annotations

from django.db.models import Count, F

from kaoji.subjects.declarations.models import FindingRow


def times_fired() -> dict[str, int]:
    """How often each rule finds something in the latest revisions."""
    rows = FindingRow.objects.filter(
        outcome="found", revision__number=F("revision__declaration__revision_count")
    )
    counts = rows.values("rule").annotate(times=Count("id"))
    return {entry["rule"]: entry["times"] for entry in counts}


BESIDE = {"times_fired": times_fired}
