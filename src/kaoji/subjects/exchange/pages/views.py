"""The exchange tables of a year and a place: what there is of them, and the file."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from kaoji.documents.exchange.workbook import workbook
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.organisation.reach import places_of
from kaoji.platform.refusals import UnableToAct
from kaoji.platform.ui import saying
from kaoji.platform.ui.files_out import as_file
from kaoji.platform.ui.numbers import number_in
from kaoji.standards.exchange import exchange_in_force
from kaoji.standards.languages import speaker
from kaoji.subjects.declarations.queries.reach import declarations_of, usual_year
from kaoji.subjects.exchange.queries import filled
from kaoji.workflow.roles import MAY_VIEW

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@permission_required(MAY_VIEW, raise_exception=True)
def exchange(request: HttpRequest) -> HttpResponse:
    """Which tables there are, whence they are known, and a button for the file."""
    person = cast("User", request.user)
    year = number_in(request.GET.get("year")) or usual_year(person, today=localdate())
    seen = declarations_of(person).order_by("year").values_list("year", flat=True).distinct()
    context = {
        "year": year,
        "years": sorted({item for item in seen if item is not None} | {year}, reverse=True),
        "places": places_of(person, MAY_VIEW).order_by("path"),
        "place": number_in(request.GET.get("place")),
        "exchange": exchange_in_force(on=localdate()),
    }
    return render(request, "exchange/pages/exchange.html", context)


@require_safe
@permission_required(MAY_VIEW, raise_exception=True)
def tables(request: HttpRequest) -> HttpResponse:
    """The workbook of what the person sees: of one place with all below it, or of all."""
    person = cast("User", request.user)
    year = number_in(request.GET.get("year")) or usual_year(person, today=localdate())
    places = _within(list(places_of(person, MAY_VIEW)), number_in(request.GET.get("place")))
    found = declarations_of(person).filter(organisation__in=[item.pk for item in places])
    try:
        told = filled(found, year=year, places=places)
    except UnableToAct as refusal:
        saying.tell(request, refusal.sentence)
        return redirect("exchange")
    speak = speaker("en" if saying.is_english() else "zh")
    return as_file(
        workbook(told.sheets, told.exchange, speak=speak), f"一体化-{year}.xlsx", _XLSX
    )


def _within(places: list[Organisation], chosen: int | None) -> list[Organisation]:
    """All of them; of a chosen one itself and what is below, nothing where it is none of them."""
    if chosen is None:
        return places
    paths = [str(item.path) for item in places if item.pk == chosen]
    return [item for item in places if any(map(item.is_within, paths))]
