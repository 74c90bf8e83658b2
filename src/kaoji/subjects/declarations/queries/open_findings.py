"""What the rules found in a form and nobody waived: counted the same way for a list, a desk, a file and a move."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from kaoji.core.finding import Outcome, Severity
from kaoji.subjects.declarations.models import Declaration, FindingRow, Waiver

# The columns of a form that count what was found, waived or not.
_COUNTED = {"errors": Severity.ERROR, "warnings": Severity.WARNING}


@dataclass(frozen=True)
class OpenFindings:
    """How many errors and warnings of a form nobody waived."""

    errors: int
    warnings: int


def with_open_findings(
    declarations: QuerySet[Declaration], *, on: date
) -> QuerySet[Declaration]:
    """The same forms, each with its `open_errors` and `open_warnings` on a day."""
    counts: dict[str, Any] = {
        f"open_{column}": _open(column, severity, on) for column, severity in _COUNTED.items()
    }
    return declarations.annotate(**counts)


def open_findings(declaration: Declaration, *, on: date) -> OpenFindings:
    """What is open of one form on a day."""
    counted = with_open_findings(Declaration.objects.filter(pk=declaration.pk), on=on).get()
    return OpenFindings(counted.open_errors, counted.open_warnings)


def _open(column: str, severity: Severity, on: date) -> Any:
    """All that were found less the waived; where nothing was found no waiver is looked for."""
    return Case(
        When(**{column: 0}, then=0),
        default=F(column) - Coalesce(Subquery(_waived(severity, on)), 0),
    )


def _waived(severity: Severity, on: date) -> QuerySet[Any]:
    """Of the form of the outer query: how many findings of its latest revision are waived on a day."""
    waivers = Waiver.objects.filter(
        declaration=OuterRef("revision__declaration"),
        rule=OuterRef("rule"),
        place=OuterRef("place"),
        said=OuterRef("said"),
        ended_at__isnull=True,
        until__gte=on,
    )
    found = FindingRow.objects.filter(
        Exists(waivers),
        revision__declaration=OuterRef("pk"),
        revision__number=OuterRef("revision_count"),
        severity=severity.value,
        outcome=Outcome.FOUND.value,
    )
    counted = found.order_by().values("revision__declaration").annotate(count=Count("pk"))
    return counted.values("count")
