"""How well the units in the person's reach do their part of the work, as a table and as a file."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as now_in
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_safe

from kaoji.platform.organisation.models import Organisation
from kaoji.platform.organisation.reach import places_of
from kaoji.platform.ui.numbers import number_in
from kaoji.platform.ui.tables_out import table_file
from kaoji.subjects.appraisal.queries import SHARES, Conduct, Share, conduct_in
from kaoji.subjects.declarations.queries.reach import usual_year
from kaoji.workflow.places import FILING
from kaoji.workflow.roles import MAY_VIEW

TITLES = {
    "declared": _("按时申报"),
    "unreturned": _("一次通过"),
    "measurable": _("可衡量指标"),
    "monitored": _("按时监控"),
    "evaluated": _("按时自评"),
    "upheld": _("复核未改分"),
    "rectified": _("整改销号"),
}
_FIRST_YEAR, _LAST_YEAR = 2000, 2100


@require_safe
@permission_required(MAY_VIEW, raise_exception=True)
def appraisal(request: HttpRequest) -> HttpResponse:
    """A line for each unit, and all together."""
    year, rows = _rows(request)
    whole = Conduct()
    for _place, conduct in rows:
        whole.add(conduct)
    context = {
        "year": year,
        "titles": TITLES.values(),
        "rows": [(place, conduct.forms, _shares(conduct)) for place, conduct in rows],
        "whole": (whole.forms, _shares(whole)) if len(rows) > 1 else None,
    }
    return render(request, "appraisal/pages/appraisal.html", context)


@require_safe
@permission_required(MAY_VIEW, raise_exception=True)
def export(request: HttpRequest, form: str) -> HttpResponse:
    """The same as CSV or Excel: for each rate how many, of how many, and the percentage."""
    year, rows = _rows(request)
    head = [now_in(_("单位")), now_in(_("申报表"))]
    for title in TITLES.values():
        head += [now_in(title), now_in(_("应办")), "%"]
    lines = [
        [
            place.name,
            conduct.forms,
            *(cell for _title, share in _shares(conduct) for cell in _cells(share)),
        ]
        for place, conduct in rows
    ]
    return table_file(form, f"{now_in(_('绩效管理工作考核'))} {year}", head, lines)


def _rows(request: HttpRequest) -> tuple[int, list[tuple[Organisation, Conduct]]]:
    person: Any = request.user
    today = timezone.localdate()
    year = number_in(request.GET.get("year")) or usual_year(person, today=today)
    year = min(max(year, _FIRST_YEAR), _LAST_YEAR)
    places = places_of(person, MAY_VIEW).filter(kind__in=FILING).order_by("path")
    return year, conduct_in(places, year, on=today)


def _shares(conduct: Conduct) -> list[tuple[str, Share]]:
    return [(TITLES[name], getattr(conduct, name)) for name in SHARES]


def _cells(share: Share) -> tuple[int, int, Decimal | None]:
    percent = share.percent
    return share.done, share.whole, round(percent, 2) if percent is not None else None
