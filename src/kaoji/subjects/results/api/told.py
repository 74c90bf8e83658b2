"""Results in JSON, of one promise on one day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.declarations.queries.line import text_of
from kaoji.subjects.results.queries.results import Result, results_of


def told_results(held: Declaration, *, as_of: date) -> dict[str, Any]:
    """As `ResultsOut` has them, of the promise in force. Raises NoScoringPolicy."""
    known = results_of(held, as_of=as_of)
    earned = [row.earned for row in known.card.rows]
    return {
        "declaration": held.pk,
        "as_of": as_of,
        "budget": text_of(known.budget),
        "executed": f"{known.executed:.2f}",
        "total": text_of(known.card.total),
        "spendings": [
            {
                "month": f"{item.month:%Y-%m}",
                "amount": f"{item.amount:.2f}",
                "source": item.source,
                "recorded_at": item.made_at,
            }
            for item in known.months
        ],
        "indicators": [
            _result(row, score) for row, score in zip(known.rows, earned, strict=True)
        ],
    }


def _result(row: Result, earned: Decimal | None) -> dict[str, Any]:
    return {
        "level1": row.indicator.level1,
        "level2": row.indicator.level2,
        "level3": row.indicator.level3,
        "target": row.indicator.target.text,
        "actual": row.actual.value if row.actual else None,
        "as_of": row.actual.as_of if row.actual else None,
        "points": text_of(row.points),
        "earned": text_of(earned),
    }
