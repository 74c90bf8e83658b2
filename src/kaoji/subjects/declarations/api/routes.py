"""What was promised, as far as the key's person may see."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from ninja import Router

from kaoji.core.declaration_json import as_data
from kaoji.platform.api.door import key_of
from kaoji.platform.api.shapes import Faults, Moment, Number, Words, Year, lines_of
from kaoji.subjects.declarations.api.expand import Expand, Reader, expanded
from kaoji.subjects.declarations.api.found import Asked, found, with_forms
from kaoji.subjects.declarations.api.shapes import DeclarationOut, Declarations
from kaoji.subjects.declarations.models import Declaration, Revision
from kaoji.subjects.declarations.queries.line import line_of
from kaoji.subjects.declarations.queries.reach import declarations_of
from kaoji.workflow.moves import State

router = Router(tags=["declarations"])
_PER_PAGE = 200


@router.get(
    "", response={200: Declarations, (401, 422): Faults}, operation_id="listDeclarations"
)
def declarations(
    request: HttpRequest,
    year: Year | None = None,
    unit: Words = "",
    place: Words = "",
    state: State | None = None,
    changed_since: Moment | None = None,
    after: Number = 0,
) -> dict[str, Any]:
    """The declarations of a year, unit (whole name) and state, or all, in the order of their numbers.

    `place` is a code or a whole name, and leaves what is in that place and below it. `changed_since` leaves only those of which the log has an entry at that moment or later. There are 200 in an
    answer; `next` of one is `after` of the following.
    """
    asked = Asked(year, unit, place, state, changed_since)
    page = list(found(request, asked).filter(pk__gt=after)[: _PER_PAGE + 1])
    more = len(page) > _PER_PAGE
    return {
        "items": [line_of(row) for row in page[:_PER_PAGE]],
        "next": page[_PER_PAGE - 1].pk if more else None,
    }


@router.get(
    "/lines",
    response={(401, 422): Faults},
    operation_id="streamDeclarations",
    openapi_extra=lines_of("a line for each declaration, as showDeclaration tells it"),
)
def lines(
    request: HttpRequest,
    year: Year | None = None,
    unit: Words = "",
    place: Words = "",
    state: State | None = None,
    changed_since: Moment | None = None,
) -> StreamingHttpResponse:
    """The same declarations all at once, each with its latest form, as JSON Lines: one on a line."""
    rows = found(request, Asked(year, unit, place, state, changed_since))
    return StreamingHttpResponse(_written(rows), content_type="application/jsonl")


def _written(rows: QuerySet[Declaration]) -> Iterator[bytes]:
    for row, kept in with_forms(rows):
        yield json.dumps(_whole(row, kept), ensure_ascii=False).encode() + b"\n"


@router.get(
    "/{number}",
    response={200: DeclarationOut, (401, 404, 422): Faults},
    exclude_unset=True,
    operation_id="showDeclaration",
)
def declaration(
    request: HttpRequest,
    number: Number,
    revision: Number | None = None,
    expand: Expand = "",
    events_before: Number | None = None,
) -> dict[str, Any]:
    """One declaration with its form: the latest revision, or the one that is asked for.

    `expand=results,scores,events` tells along what became of it as of today, the self-evaluations with their
    re-checks, and the log of it, each where it is asked for. The log tells 200 entries, the latest first; `events_before=` and the
    last `sequence` bring older ones.
    """
    held = visible(request, number)
    kept = get_object_or_404(
        held.revisions, number=held.revision_count if revision is None else revision
    )
    return {
        **_whole(held, kept),
        **expanded(held, expand, Reader(key_of(request).person, events_before)),
    }


def _whole(row: Declaration, kept: Revision) -> dict[str, Any]:
    return {
        **line_of(row),
        "revision": kept.number,
        "sha256": kept.sha256,
        "written": json.loads(kept.content),
        "form": as_data(kept.form),
    }


def visible(request: HttpRequest, number: int) -> Declaration:
    """The declaration, where the person of the key sees it; 404 otherwise."""
    found = declarations_of(key_of(request).person).select_related("organisation")
    return get_object_or_404(found, pk=number)
