"""Rows of evidence out of what an export says of them: the same rows for the site and for an auditor."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from kaoji.measuring.answer import Row

# Of which day a row of each table tells.
_DAYS = {
    "actuals": "as_of",
    "spendings": "month",
    "service_records": "on",
    "surveys": "opens_on",
    "survey_answers": "on",
    "benefit_tallies": "month",
}
TABLES = tuple(_DAYS)


def row_of(table: str, told: Mapping[str, Any]) -> Row:
    """The row of a table as exported."""
    return Row(table, told["id"], date.fromisoformat(told[_DAYS[table]]), told)
