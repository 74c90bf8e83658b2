"""What became of a promise, as far as the key's person may see."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.timezone import localdate
from ninja import Router

from kaoji.core.speech import say
from kaoji.platform.api.shapes import Faults, Number, Words
from kaoji.platform.refusals import UnableToAct
from kaoji.standards.scoring import NoScoringPolicy
from kaoji.subjects.declarations.api.routes import visible
from kaoji.subjects.results.api.shapes import ResultsOut
from kaoji.subjects.results.api.told import told_results

router = Router(tags=["declarations"])


@router.get(
    "/{number}/results",
    response={200: ResultsOut, (401, 404, 409, 422): Faults},
    operation_id="showResults",
)
def results(request: HttpRequest, number: Number, as_of: Words = "") -> dict[str, Any]:
    """What is known of an approved promise on a day (2023-12-31), else today: values, points, spending."""
    held = visible(request, number)
    day = _day(as_of) if as_of else localdate()
    if held.approved_revision is None:
        raise Http404
    try:
        return told_results(held, as_of=day)
    except NoScoringPolicy:
        raise Http404 from None


def _day(text: str) -> date:
    """A day written 2023-12-31; Python alone would read 20231231 and 2023-W52 too."""
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        raise UnableToAct(say("“{text}”不是日期；请写成 2023-12-31", text=text)) from None
