"""Spending from the treasury's sheet: for all projects of a place at once, its columns settled once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kaoji.actions.import_spendings import import_spendings, remembered_columns
from kaoji.actions.permission import UnableToAct
from kaoji.actions.refused_rows import UnableToImport
from kaoji.core.speech import say
from kaoji.documents.spending_sheet import COLUMNS
from kaoji.records.models import Batch, Organisation
from kaoji.records.reach import places_of
from kaoji.web.acting import attempt
from kaoji.web.numbers import number_in
from kaoji.web.typed import needed_file
from kaoji.workflow.places import FILING
from kaoji.workflow.roles import MAY_FILE

_MOST_SHOWN = 20
# The months are found by their own names.
_SETTLED = [
    item for item in COLUMNS if not item.name.startswith("month") or item.name == "month"
]


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(MAY_FILE, raise_exception=True)
def import_page(request: HttpRequest) -> HttpResponse:
    """Upload a sheet; every row at fault is named, and nothing is taken then."""
    person: Any = request.user
    places = places_of(person, MAY_FILE).filter(kind__in=FILING)
    refused: UnableToImport | None = None
    status: int | None = 200
    if request.method == "POST":

        def act(acting: User, now: datetime) -> object:
            nonlocal refused
            name, content = needed_file(request, "sheet")
            place = get_object_or_404(places, pk=number_in(request.POST.get("place")))
            try:
                return import_spendings(
                    content,
                    name=name,
                    place=place,
                    year=_year(request),
                    columns=_columns(request),
                    replace=request.POST.get("replace") == "on",
                    acting_user=acting,
                    now=now,
                )
            except UnableToImport as refusal:
                refused = refusal
                raise

        status = attempt(request, act, confirmed=say("已导入"))
        if status is None:
            return redirect("import-spendings")
    context = {
        "places": places,
        "year": request.POST.get("year") or timezone.localdate().year,
        "refusals": refused.refusals if refused else (),
        "captions": refused.sheet.ledger.captions if refused and refused.sheet else (),
        "fields": [(item, _columns(request).get(item.name, "")) for item in _SETTLED],
        "remembered": _remembered(places),
        "batches": Batch.objects.filter(place__in=places, kind=Batch.Kind.SPENDINGS)
        .select_related("place", "document", "made_by")
        .defer("document__content")[:_MOST_SHOWN],
        "typed": request.POST,
    }
    return render(request, "evidence/spendings.html", context, status=status or 200)


def _year(request: HttpRequest) -> int:
    year = number_in(request.POST.get("year"))
    if year is None or not 2000 <= year <= 2100:
        raise UnableToAct(say("请写年度"))
    return year


def _columns(request: HttpRequest) -> dict[str, str]:
    """Which caption somebody chose for which field."""
    return {
        item.name: request.POST[f"column.{item.name}"]
        for item in _SETTLED
        if request.POST.get(f"column.{item.name}")
    }


def _remembered(places: Any) -> list[tuple[Organisation, dict[str, str]]]:
    """What was settled in each place, told by captions."""
    titles = {item.name: item.title for item in COLUMNS}
    found = []
    for place in places[:_MOST_SHOWN]:
        columns = remembered_columns(place, Batch.Kind.SPENDINGS)
        if columns:
            found.append((place, {titles[name]: caption for name, caption in columns.items()}))
    return found
