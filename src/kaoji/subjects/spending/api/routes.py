"""What was spent, reported by the system that pays."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from kaoji.platform.api.door import key_of
from kaoji.platform.api.shapes import Faults
from kaoji.subjects.spending.actions.report_spendings import Entry, report_spendings
from kaoji.subjects.spending.api.shapes import SpendingsIn, SpendingsTaken

router = Router(tags=["spendings"])


@router.post(
    "",
    response={200: SpendingsTaken, (401, 403, 409, 422): Faults},
    operation_id="reportSpendings",
)
def report(request: HttpRequest, body: SpendingsIn) -> dict[str, Any]:
    """Take all entries, or none. Needs a key that may write, of somebody who files for the place.

    An entry that is on record already changes nothing; one that differs needs `replace`. A month may
    not lie in the future, and a project may not spend more than its approved budget.
    """
    taken = report_spendings(
        [Entry(**item.dict()) for item in body.entries],
        place=body.place.strip(),
        year=body.year,
        replace=body.replace,
        key=key_of(request),
        now=timezone.now(),
    )
    return {
        "entries": taken.entries,
        "total": f"{taken.total:.2f}",
        "already_known": taken.known,
    }
