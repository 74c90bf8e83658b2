"""The dashboards: of a unit, a department, the bureau, and the one that everybody sees."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from django.contrib.auth.decorators import login_not_required, permission_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kaoji.platform.organisation.models import Organisation
from kaoji.platform.organisation.reach import places_of
from kaoji.platform.ui.files_out import as_file
from kaoji.platform.ui.numbers import number_in
from kaoji.platform.ui.tables_out import table_file
from kaoji.subjects.dashboards.pages.charts import (
    Picture,
    comparison,
    distribution_of_scores,
    execution_curve,
    findings_by_rule,
    findings_by_unit,
    lights_over_months,
    measurable_over_years,
    money_by_category,
    promised_and_done,
)
from kaoji.subjects.dashboards.pages.drawn import drawing_of
from kaoji.subjects.dashboards.queries import Figures, added, figures_of, stamp_of, years_of
from kaoji.workflow.places import PlaceKind
from kaoji.workflow.roles import MAY_VIEW

_KEPT_FOR = 600
# How a table is taken home.
_FORMS = (("csv", gettext_noop("表（CSV）")), ("xlsx", gettext_noop("表（Excel）")))


@require_safe
@permission_required(MAY_VIEW, raise_exception=True)
def figures(request: HttpRequest) -> HttpResponse:
    """The figures of the places in the person's reach, or of one of them with all below."""
    person: Any = request.user
    return _page(request, list(places_of(person, MAY_VIEW)), public=False)


@login_not_required
@require_safe
def public_figures(request: HttpRequest) -> HttpResponse:
    """The figures of what is public, for everybody."""
    return _page(request, _all_places(), public=True)


@require_safe
@permission_required(MAY_VIEW, raise_exception=True)
def table(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """The table behind a picture, as CSV or Excel."""
    person: Any = request.user
    return _table(
        _context(request, list(places_of(person, MAY_VIEW)), public=False), name, form
    )


@login_not_required
@require_safe
def public_table(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """The table behind a public picture, as CSV or Excel."""
    return _table(_context(request, _all_places(), public=True), name, form)


def _all_places() -> list[Organisation]:
    return list(Organisation.objects.exclude(kind=PlaceKind.AGENCY))


def _page(request: HttpRequest, places: list[Organisation], *, public: bool) -> HttpResponse:
    """The page; its pictures are kept until a figure in them changes."""
    stamp = stamp_of(place.pk for place in places)
    query = f"{request.GET.get('year')}:{request.GET.get('place')}"
    key = f"{public}:{stamp}:{sorted(place.pk for place in places)}:{query}:{get_language()}"
    key += f":{timezone.localdate()}"
    name = f"figures:{sha256(key.encode()).hexdigest()}"
    body = cache.get(name)
    if body is None:
        context = _context(request, places, public=public)
        body = render_to_string("dashboards/pages/_pictures.html", context, request)
        cache.set(name, body, _KEPT_FOR)
    return render(request, "dashboards/pages/page.html", {"body": body, "public": public})


def _context(
    request: HttpRequest, places: list[Organisation], *, public: bool
) -> dict[str, Any]:
    chosen = _chosen(request, places)
    within = [place for place in places if chosen is None or place.is_within(str(chosen.path))]
    keys = [place.pk for place in within]
    years = years_of(keys)
    year = number_in(request.GET.get("year"))
    known = figures_of(keys, years, public=public)
    year = year if year in years else _usual_year(years, known)
    named = [
        (place.name, known[place.pk, year]) for place in within if (place.pk, year) in known
    ]
    by_year = [
        (each, added(item for (_place, when), item in known.items() if when == each))
        for each in years
    ]
    return {
        "public": public,
        "places": places,
        "chosen": chosen,
        "years": years,
        "year": year,
        "pictures": [
            (picture, drawing_of(picture))
            for picture in _pictures(named, by_year, year, public=public)
        ],
        "query": request.GET.urlencode(),
        "forms": _FORMS,
    }


def _chosen(request: HttpRequest, places: list[Organisation]) -> Organisation | None:
    asked = number_in(request.GET.get("place"))
    if asked is None:
        return None
    if asked not in {place.pk for place in places}:
        raise Http404
    return get_object_or_404(Organisation, pk=asked)


def _pictures(
    named: list[tuple[str, Figures]],
    by_year: list[tuple[int, Figures]],
    year: int,
    *,
    public: bool,
) -> Iterable[Picture]:
    whole = added(item for _name, item in named)
    months = _months_of(year)
    yield money_by_category(named)
    yield execution_curve(whole, months)
    yield promised_and_done(named)
    yield measurable_over_years(by_year)
    yield comparison(by_year)
    if not public:
        yield distribution_of_scores(whole)
        yield lights_over_months(named, months)
        yield findings_by_unit(named)
        yield findings_by_rule(whole)


def _usual_year(years: Sequence[int], known: Mapping[tuple[int, int], Figures]) -> int:
    """The newest year in which anything is in force: one of which there are drafts alone has nothing to show."""
    in_force = {year for (_place, year), figures in known.items() if figures.projects}
    newest = [year for year in years if year in in_force] or years
    return newest[0] if newest else timezone.localdate().year


def _months_of(year: int) -> int:
    """How many months of the year have begun; all of a year that has passed."""
    today: date = timezone.localdate()
    return 12 if today.year > year else max(1, today.month if today.year == year else 1)


def _table(context: dict[str, Any], name: str, form: str) -> HttpResponse:
    picture = next((item for item, _drawing in context["pictures"] if item.name == name), None)
    if picture is None:
        raise Http404
    title = f"{context['year']}-{_(picture.title)}"
    return table_file(form, title, [_(caption) for caption in picture.head], picture.rows)


@require_safe
@permission_required(MAY_VIEW, raise_exception=True)
def drawing(request: HttpRequest, name: str) -> HttpResponse:
    """A picture as a file, for a report."""
    person: Any = request.user
    return _svg(_context(request, list(places_of(person, MAY_VIEW)), public=False), name)


@login_not_required
@require_safe
def public_drawing(request: HttpRequest, name: str) -> HttpResponse:
    """A public picture as a file."""
    return _svg(_context(request, _all_places(), public=True), name)


def _svg(context: dict[str, Any], name: str) -> HttpResponse:
    found = next(
        ((item, drawn) for item, drawn in context["pictures"] if item.name == name), None
    )
    if found is None or not found[1]:
        raise Http404
    title = f"{context['year']}-{_(found[0].title)}.svg"
    return as_file(str(found[1]), title, "image/svg+xml")
