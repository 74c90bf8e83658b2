"""What was promised, as far as the key's person may see."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.db.models import F, QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from ninja import Router

from kaoji.core.declaration_json import as_data
from kaoji.platform.api.door import key_of
from kaoji.platform.api.shapes import Faults, Moment, Number, Words, Year
from kaoji.platform.events.models import Event
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
    state: State | None = None,
    changed_since: Moment | None = None,
    after: Number = 0,
) -> dict[str, Any]:
    """The declarations of a year, unit (whole name) and state, or all, in the order of their numbers.

    `changed_since` leaves only those of which the log has an entry at that moment or later. There are 200 in an
    answer; `next` of one is `after` of the following.
    """
    found = _found(request, year, unit, state, changed_since).filter(pk__gt=after)
    page = list(found[: _PER_PAGE + 1])
    more = len(page) > _PER_PAGE
    return {
        "items": [line_of(row) for row in page[:_PER_PAGE]],
        "next": page[_PER_PAGE - 1].pk if more else None,
    }


@router.get(
    "/lines",
    response={(401, 422): Faults},
    operation_id="streamDeclarations",
    openapi_extra={
        "responses": {
            200: {
                "description": "OK",
                "content": {
                    "application/jsonl": {
                        "schema": {
                            "type": "string",
                            "description": "a line for each declaration, as showDeclaration tells it",
                        }
                    }
                },
            }
        }
    },
)
def lines(
    request: HttpRequest,
    year: Year | None = None,
    unit: Words = "",
    state: State | None = None,
    changed_since: Moment | None = None,
) -> StreamingHttpResponse:
    """The same declarations all at once, each with its latest form, as JSON Lines: one on a line."""
    found = _found(request, year, unit, state, changed_since)
    return StreamingHttpResponse(_written(found), content_type="application/jsonl")


def _found(
    request: HttpRequest,
    year: int | None,
    unit: str,
    state: State | None,
    changed_since: datetime | None,
) -> QuerySet[Declaration]:
    found = declarations_of(key_of(request).person)
    if year is not None:
        found = found.filter(year=year)
    if unit:
        found = found.filter(organisation__name=unit)
    if state is not None:
        found = found.filter(state=state.value)
    if changed_since is not None:
        changed = Event.objects.filter(at__gte=changed_since).exclude(declaration=None)
        found = found.filter(pk__in=changed.values("declaration"))
    return found.select_related("organisation").defer("search_text").order_by("pk")


def _written(found: QuerySet[Declaration]) -> Iterator[bytes]:
    """Line by line; some are fetched at a time, so that memory does not grow with their number."""
    rows = found.iterator(chunk_size=_PER_PAGE)
    while page := list(islice(rows, _PER_PAGE)):
        latest = Revision.objects.filter(
            declaration__in=page, number=F("declaration__revision_count")
        )
        kept = {item.declaration_id: item for item in latest}
        for row in page:
            told = _whole(row, kept[row.pk])
            yield json.dumps(told, ensure_ascii=False).encode() + b"\n"


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
    return _whole(held, kept)


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
