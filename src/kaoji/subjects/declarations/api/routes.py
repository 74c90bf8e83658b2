"""What was promised, and what became of it, as far as the key's person may see."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from ninja import Router

from kaoji.core.declaration_json import as_data
from kaoji.core.speech import say
from kaoji.platform.api.door import key_of
from kaoji.platform.refusals import UnableToAct
from kaoji.standards.scoring import NoScoringPolicy
from kaoji.subjects.declarations.api.shapes import (
    DeclarationOut,
    Declarations,
    Faults,
    Number,
    ResultsOut,
    Words,
    Year,
)
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.declarations.queries.reach import declarations_of
from kaoji.subjects.results.queries.results import Result, results_of

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
    held = _visible(request, number)
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


@router.get(
    "/{number}/results",
    response={200: ResultsOut, (401, 404, 409, 422): Faults},
    operation_id="showResults",
)
def results(request: HttpRequest, number: Number, as_of: Words = "") -> dict[str, Any]:
    """What is known of an approved promise on a day (2023-12-31), else today: values, points, spending."""
    held = _visible(request, number)
    day = _day(as_of) if as_of else localdate()
    if held.approved_revision is None:
        raise Http404
    try:
        known = results_of(held, as_of=day)
    except NoScoringPolicy:
        raise Http404 from None
    earned = [row.earned for row in known.card.rows]
    return {
        "declaration": held.pk,
        "as_of": day,
        "budget": _text(known.budget),
        "executed": f"{known.executed:.2f}",
        "total": _text(known.card.total),
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


def _day(text: str) -> date:
    """A day written 2023-12-31; Python alone would read 20231231 and 2023-W52 too."""
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        raise UnableToAct(say("“{text}”不是日期；请写成 2023-12-31", text=text)) from None


def _visible(request: HttpRequest, number: int) -> Declaration:
    found = declarations_of(key_of(request).person).select_related("organisation")
    return get_object_or_404(found, pk=number)


def _line(row: Declaration) -> dict[str, Any]:
    return {
        "id": row.pk,
        "year": row.year,
        "project_name": row.project_name,
        "unit": row.organisation.name,
        "state": row.state,
        "annual_total": _text(row.annual_total),
        "approved_revision": row.approved_revision,
    }


def _result(row: Result, earned: Decimal | None) -> dict[str, Any]:
    return {
        "level1": row.indicator.level1,
        "level2": row.indicator.level2,
        "level3": row.indicator.level3,
        "target": row.indicator.target.text,
        "actual": row.actual.value if row.actual else None,
        "as_of": row.actual.as_of if row.actual else None,
        "points": _text(row.points),
        "earned": _text(earned),
    }


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"
