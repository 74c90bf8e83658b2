"""Every indicator as a row, over all declarations that the key's person sees."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from ninja import Router

from kaoji.documents.data_package.cells import as_json
from kaoji.documents.data_package.published import indicators_of
from kaoji.documents.data_package.tables import INDICATORS
from kaoji.platform.api.shapes import Faults, Moment, Number, Words, Year, lines_of
from kaoji.subjects.declarations.api.found import Asked, found, latest_of, with_forms
from kaoji.subjects.declarations.api.shapes import Indicators
from kaoji.subjects.declarations.models import Declaration, Revision
from kaoji.workflow.moves import State

router = Router(tags=["indicators"])
# Declarations in an answer: each comes with all its indicators.
_PER_PAGE = 100


@router.get("", response={200: Indicators, (401, 422): Faults}, operation_id="listIndicators")
def indicators(
    request: HttpRequest,
    year: Year | None = None,
    unit: Words = "",
    place: Words = "",
    state: State | None = None,
    changed_since: Moment | None = None,
    after: Number = 0,
) -> dict[str, Any]:
    """The indicators of the latest form of each declaration that listDeclarations would find for the same question.

    An answer has those of 100 declarations, each with all of them; `next` of one is `after` of the following.
    """
    asked = Asked(year, unit, place, state, changed_since)
    page = list(found(request, asked).filter(pk__gt=after)[: _PER_PAGE + 1])
    told = page[:_PER_PAGE]
    return {
        "items": [line for row, kept in latest_of(told) for line in _rows(row, kept)],
        "next": told[-1].pk if len(page) > _PER_PAGE else None,
    }


@router.get(
    "/lines",
    response={(401, 422): Faults},
    operation_id="streamIndicators",
    openapi_extra=lines_of("a line for each indicator, as listIndicators tells it"),
)
def lines(
    request: HttpRequest,
    year: Year | None = None,
    unit: Words = "",
    place: Words = "",
    state: State | None = None,
    changed_since: Moment | None = None,
) -> StreamingHttpResponse:
    """The same indicators all at once, as JSON Lines: one on a line."""
    rows = found(request, Asked(year, unit, place, state, changed_since))
    return StreamingHttpResponse(_written(rows), content_type="application/jsonl")


def _written(rows: QuerySet[Declaration]) -> Iterator[bytes]:
    for row, kept in with_forms(rows):
        for line in _rows(row, kept):
            yield json.dumps(line, ensure_ascii=False).encode() + b"\n"


def _rows(row: Declaration, kept: Revision) -> Iterator[dict[str, Any]]:
    whose = {
        "revision": kept.number,
        "year": row.year,
        "project_name": row.project_name,
        "unit_name": row.organisation.name,
        "state": str(row.state),
    }
    for line in indicators_of(row.pk, kept.form):
        told = as_json(INDICATORS, line)
        yield {"declaration": told.pop("declaration"), **whose, **told}
