"""Which entries of spending count on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.spending.models import Spending


def counted_spendings(spendings: Sequence[Spending], as_of: date) -> tuple[Spending, ...]:
    """Of each month and source until the day the last entry, by month."""
    last = {(row.month, row.source): row for row in spendings if row.month <= as_of}
    return tuple(last[key] for key in sorted(last))


def counted_amounts(held: Declaration) -> dict[tuple[date, str], Decimal]:
    """What counts by month and source."""
    known = counted_spendings(tuple(held.spendings.order_by("month", "id")), date.max)
    return {(item.month, item.source): item.amount for item in known}
