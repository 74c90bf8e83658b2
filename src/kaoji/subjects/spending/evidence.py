"""Spending as evidence."""

from __future__ import annotations

from decimal import Decimal

from kaoji.measuring.answer import Row
from kaoji.platform.imports.evidence import Evidence
from kaoji.subjects.spending.models import Spending


def told(row: Row) -> tuple[str, str]:
    """The month, and the amount in yuan."""
    return row.on.strftime("%Y-%m"), f"{Decimal(row.says['amount']):,.2f}"


EVIDENCE = {"spendings": Evidence(Spending, told)}
