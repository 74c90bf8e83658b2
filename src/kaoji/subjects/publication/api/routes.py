"""What is public, question by question: the same rows as in the package, without a key."""

from __future__ import annotations

from typing import Any, Literal

from django.http import Http404, HttpRequest
from ninja import Router
from ninja.errors import HttpError

from kaoji.documents.data_package.cells import as_json
from kaoji.documents.data_package.published import Published, Rows, rows_of
from kaoji.documents.data_package.tables import (
    DECLARATIONS,
    FUNDS,
    GRADES,
    INDICATORS,
    RESULTS,
    SPENDING,
    Table,
)
from kaoji.platform.api.often import spend
from kaoji.platform.api.shapes import Faults, Number, Words, Year
from kaoji.platform.middleware.limits import PUBLIC_QUESTIONS, PUBLIC_SEARCHES
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.publication.api.shapes import (
    PublicDeclarationOut,
    PublicDeclarations,
    PublicResults,
)
from kaoji.subjects.publication.queries.open_data import entries_of, promises
from kaoji.subjects.publication.queries.published import Asked, found_by, published

router = Router(tags=["public"], auth=None)
_PER_PAGE = 200
_GONE = 410


@router.get(
    "/declarations",
    response={200: PublicDeclarations, (422, 429): Faults},
    operation_id="listPublicDeclarations",
)
def public_declarations(
    request: HttpRequest,
    q: Words = "",
    year: Year | None = None,
    unit: Words = "",
    grade: Literal["优", "良", "中", "差"] | None = None,
    missed: bool = False,
    after: Number = 0,
) -> dict[str, Any]:
    """The published promises that the public page would find, in the order of their numbers.

    `q` looks in the names of projects, units and indicators; `unit` is a whole name; `missed` leaves those of which
    not every promise was kept. There are 200 in an answer; `next` of one is `after` of the following.
    """
    spend(request, PUBLIC_QUESTIONS, *([PUBLIC_SEARCHES] if q else []))
    asked = Asked(words=q.strip(), year=year, unit=unit, grade=grade or "", missed=missed)
    found = found_by(asked).filter(pk__gt=after).order_by("pk")
    entries = entries_of(found[: _PER_PAGE + 1])
    page = entries[:_PER_PAGE]
    return {
        "items": [_line(rows_of(held)) for held in promises(page)],
        "next": page[-1].id if len(entries) > _PER_PAGE else None,
    }


@router.get(
    "/declarations/{number}",
    response={200: PublicDeclarationOut, (404, 410, 429): Faults},
    operation_id="showPublicDeclaration",
)
def public_declaration(request: HttpRequest, number: Number) -> dict[str, Any]:
    """One published promise with its money and its indicators; 410 once it was withdrawn."""
    rows = rows_of(_held(request, number))
    return {
        **_line(rows),
        "funds": _told(rows, FUNDS),
        "indicators": _told(rows, INDICATORS),
    }


@router.get(
    "/declarations/{number}/results",
    response={200: PublicResults, (404, 410, 429): Faults},
    operation_id="showPublicResults",
)
def public_results(request: HttpRequest, number: Number) -> dict[str, Any]:
    """The results of one promise as finance looked at them; 404 before it has."""
    held = _held(request, number)
    if held.settlement is None:
        raise Http404
    rows = rows_of(held)
    [grade] = _told(rows, GRADES)
    return {
        "grade": grade,
        "indicators": _told(rows, RESULTS),
        "spending": _told(rows, SPENDING),
    }


def _held(request: HttpRequest, number: int) -> Published:
    """The promise as everybody may see it. Raises Http404 and, for what was withdrawn, 410."""
    spend(request, PUBLIC_QUESTIONS)
    for held in promises(entries_of(published().filter(pk=number))):
        return held
    withdrawn = Declaration.Publication.WITHDRAWN
    if Declaration.objects.filter(pk=number, publication=withdrawn).exists():
        raise HttpError(_GONE, "withdrawn")
    raise Http404


def _line(rows: Rows) -> dict[str, Any]:
    [told] = _told(rows, DECLARATIONS)
    return {**told, "grade": next(iter(_told(rows, GRADES)), None)}


def _told(rows: Rows, table: Table) -> list[dict[str, Any]]:
    return [as_json(table, row) for row in rows[table.name]]
