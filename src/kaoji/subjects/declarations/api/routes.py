"""What was promised, as far as the key's person may see."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router

from kaoji.core.declaration_json import as_data
from kaoji.platform.api.door import key_of
from kaoji.platform.api.shapes import Faults, Number, Words, Year
from kaoji.subjects.declarations.api.shapes import DeclarationOut, Declarations
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.declarations.queries.reach import declarations_of

router = Router(tags=["declarations"])
_PER_PAGE = 200


@router.get(
    "", response={200: Declarations, (401, 422): Faults}, operation_id="listDeclarations"
)
def declarations(
    request: HttpRequest,
    year: Year | None = None,
    unit: Words = "",
    after: Number = 0,
) -> dict[str, Any]:
    """The declarations of a year and unit (whole name), or all, in the order of their numbers.

    There are 200 in an answer; `next` of one is `after` of the following.
    """
    found = declarations_of(key_of(request).person).filter(pk__gt=after)
    if year is not None:
        found = found.filter(year=year)
    if unit:
        found = found.filter(organisation__name=unit)
    rows = found.select_related("organisation").defer("search_text").order_by("pk")
    page = list(rows[: _PER_PAGE + 1])
    more = len(page) > _PER_PAGE
    return {
        "items": [_line(row) for row in page[:_PER_PAGE]],
        "next": page[_PER_PAGE - 1].pk if more else None,
    }


@router.get(
    "/{number}",
    response={200: DeclarationOut, (401, 404): Faults},
    operation_id="showDeclaration",
)
def declaration(
    request: HttpRequest, number: Number, revision: Number | None = None
) -> dict[str, Any]:
    """One declaration with its form: the latest revision, or the one that is asked for."""
    held = visible(request, number)
    kept = get_object_or_404(
        held.revisions, number=held.revision_count if revision is None else revision
    )
    return {
        **_line(held),
        "revision": kept.number,
        "sha256": kept.sha256,
        "written": json.loads(kept.content),
        "form": as_data(kept.form),
    }


def visible(request: HttpRequest, number: int) -> Declaration:
    """The declaration, where the person of the key sees it; 404 otherwise."""
    found = declarations_of(key_of(request).person).select_related("organisation")
    return get_object_or_404(found, pk=number)


def _line(row: Declaration) -> dict[str, Any]:
    return {
        "id": row.pk,
        "year": row.year,
        "project_name": row.project_name,
        "unit": row.organisation.name,
        "state": row.state,
        "annual_total": text_of(row.annual_total),
        "approved_revision": row.approved_revision,
    }


def text_of(amount: Decimal | None) -> str | None:
    """An amount in yuan with two decimals."""
    return None if amount is None else f"{amount:.2f}"
