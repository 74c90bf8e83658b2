"""What administrators set otherwise, ready for checking a form of some region."""

from __future__ import annotations

from decimal import Decimal

from kaoji.core.finding import Severity
from kaoji.rules.overrides import Overrides
from kaoji.subjects.rulebook.models import Override


def overrides_for(region: str | None) -> Overrides:
    """The overrides that hold in a region; its own outrank those for everywhere."""
    held: dict[tuple[str, str], Override] = {}
    rows = Override.objects.filter(region__in=["", region or ""]).order_by("region")
    for row in rows:
        held[row.kind, row.subject] = row
        if row.region and row.kind == Override.Kind.SEVERITY:
            held.pop((Override.Kind.OFF, row.subject), None)  # here the rule speaks after all
    return Overrides(
        {
            subject: Severity(row.value)
            for (kind, subject), row in held.items()
            if kind == Override.Kind.SEVERITY
        },
        frozenset(subject for kind, subject in held if kind == Override.Kind.OFF),
        {
            subject: Decimal(row.value)
            for (kind, subject), row in held.items()
            if kind == Override.Kind.THRESHOLD
        },
    )
