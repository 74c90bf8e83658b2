"""A declaration in a line of JSON, as lists of the API show it and webhooks tell it: nothing of it names a person."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from kaoji.subjects.declarations.models import Declaration


def line_of(row: Declaration) -> dict[str, Any]:
    """What is told of it; its organisation should have come along."""
    return {
        "id": row.pk,
        "year": row.year,
        "project_name": row.project_name,
        "unit": row.organisation.name,
        "state": str(row.state),
        "annual_total": text_of(row.annual_total),
        "approved_revision": row.approved_revision,
        "publication": row.publication or None,
        "public_from": row.public_from.isoformat() if row.public_from else None,
        "public_revision": row.public_revision,
    }


def text_of(amount: Decimal | None) -> str | None:
    """An amount in yuan with two decimals."""
    return None if amount is None else f"{amount:.2f}"
