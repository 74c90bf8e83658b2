"""Spending from the treasury's sheet: for all projects of a place at once, shown before it is entered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kaoji.core.money import YUAN_PER_UNIT
from kaoji.core.speech import Sentence, say
from kaoji.documents.rows_json import Rows
from kaoji.documents.spending_columns import COLUMNS, MONEY_UNIT
from kaoji.platform.imports.models import Batch, Upload
from kaoji.platform.imports.pages.desk import Desk, Shown
from kaoji.platform.imports.pages.tray import taken_in
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.organisation.reach import places_of
from kaoji.platform.refusals import UnableToAct
from kaoji.platform.ui import saying
from kaoji.platform.ui.numbers import number_in
from kaoji.subjects.spending.actions.import_spendings import (
    Asked,
    foresee_spendings,
    import_spendings,
    remembered_captions,
)
from kaoji.workflow.places import FILING
from kaoji.workflow.roles import MAY_FILE

_MOST_CHANGES = 500
_MOST_SHOWN = 20
# The months are found by their own names.
_SETTLED = [
    item for item in COLUMNS if not item.name.startswith("month") or item.name == "month"
]


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(MAY_FILE, raise_exception=True)
def import_page(request: HttpRequest) -> HttpResponse:
    """Choose a sheet, a place and a year; it is read, and shown before anything is entered."""
    if request.method != "POST":
        return _page(request)
    places = _places(request)
    try:
        place = get_object_or_404(places, pk=number_in(request.POST.get("place")))
        asked = {
            "place": place.pk,
            "year": _year(request),
            "replace": request.POST.get("replace") == "on",
        }
    except UnableToAct as refusal:
        return _page(request, refusal.sentence)
    return taken_in(
        request,
        Upload.Purpose.SPENDINGS,
        asked,
        field="sheet",
        again=lambda refusal: _page(request, refusal),
    )


def _places(request: HttpRequest) -> QuerySet[Organisation]:
    person: Any = request.user
    return places_of(person, MAY_FILE).filter(kind__in=FILING)


def _page(request: HttpRequest, refusal: Sentence | None = None) -> HttpResponse:
    places = _places(request)
    context = {
        "places": places,
        "year": request.POST.get("year") or timezone.localdate().year,
        "refusals": (refusal,) if refusal else (),
        "remembered": _remembered(places),
        "batches": Batch.objects.filter(place__in=places, kind=Batch.Kind.SPENDINGS)
        .select_related("place", "document", "made_by")
        .defer("document__content")[:_MOST_SHOWN],
        "typed": request.POST,
    }
    return render(
        request, "spending/pages/spendings.html", context, status=422 if refusal else 200
    )


def _asked(request: HttpRequest, upload: Upload) -> Asked:
    """For which place and year the sheet was handed in, and what was settled since."""
    place = get_object_or_404(_places(request), pk=upload.asked["place"])
    replace = upload.asked["replace"]
    if request.method == "POST":
        replace = request.POST.get("replace") == "on"
    return Asked(place, upload.asked["year"], _columns(request), replace)


def _show(request: HttpRequest, upload: Upload, rows: Rows) -> Shown:
    """Each month beside what is on record."""
    person: Any = request.user
    asked = _asked(request, upload)
    foreseen = foresee_spendings(rows, asked, acting_user=person, now=timezone.now())
    sheet = foreseen.sheet
    chosen = {**remembered_captions(asked.place), **(asked.columns or {})}
    told = say(
        "表上合计 {total} 元；将新记或改动 {count} 个月份",
        total=f"{sheet.total:,.2f}",
        count=len(foreseen.would_change),
    )
    more = {
        "place": asked.place,
        "year": asked.year,
        "replace": asked.replace,
        "unit": sheet.unit,
        "asks_unit": sheet.unit is None or MONEY_UNIT in chosen,
        "units": list(YUAN_PER_UNIT),
        "chosen_unit": chosen.get(MONEY_UNIT, ""),
        "changes": foreseen.changes[:_MOST_CHANGES],
        "captions": sheet.entries.captions,
        "fields": [(item, chosen.get(item.name, "")) for item in _SETTLED],
    }
    return Shown(told, foreseen.refusals, sheet.left_out, more)


def _take(
    request: HttpRequest, upload: Upload, rows: Rows, person: User, now: datetime
) -> HttpResponse:
    asked = _asked(request, upload)
    made = import_spendings(
        bytes(upload.content),
        name=upload.name,
        place=asked.place,
        year=asked.year,
        columns=asked.columns,
        replace=asked.replace,
        rows=rows,
        acting_user=person,
        now=now,
    )
    saying.confirm(
        request,
        say(
            "已导入 {projects} 个项目的 {entries} 笔，表上合计 {total} 元",
            projects=made.projects,
            entries=made.entries,
            total=f"{made.total:,.2f}",
        ),
    )
    return redirect("import-spendings")


SPENDINGS_DESK = Desk(
    _show, _take, lambda upload: reverse("import-spendings"), "imports/pages/spendings.html"
)


def _year(request: HttpRequest) -> int:
    year = number_in(request.POST.get("year"))
    if year is None or not 2000 <= year <= 2100:
        raise UnableToAct(say("请写年度"))
    return year


def _columns(request: HttpRequest) -> dict[str, str]:
    """Which caption somebody chose for which field."""
    names = (*(item.name for item in _SETTLED), MONEY_UNIT)
    return {
        name: request.POST[f"column.{name}"]
        for name in names
        if request.POST.get(f"column.{name}")
    }


def _remembered(places: Any) -> list[tuple[Organisation, dict[str, str]]]:
    """What was settled in each place, told by captions."""
    titles = {item.name: item.title for item in COLUMNS}
    found = []
    for place in places[:_MOST_SHOWN]:
        columns = remembered_captions(place)
        if columns:
            found.append((place, {titles[name]: caption for name, caption in columns.items()}))
    return found
