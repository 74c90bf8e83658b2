"""Search the library, look at one entry, write its sheet; suggest names while somebody types."""

from __future__ import annotations

from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_POST, require_safe
from django_htmx.middleware import HtmxDetails

from kaoji.core.speech import say
from kaoji.library.suggest import Candidate, better_than
from kaoji.platform.organisation.reach import places_of
from kaoji.platform.refusals import UnableToAct
from kaoji.platform.ui import saying
from kaoji.subjects.library.actions.write_indicator_sheet import (
    FIELDS,
    OPTIONAL,
    write_indicator_sheet,
)
from kaoji.subjects.library.models import LibraryEntry, Observation
from kaoji.subjects.library.queries import candidate, search, seen_by, suggest
from kaoji.workflow.roles import MAY_VIEW, MAY_WRITE_SHEETS

PER_PAGE = 50
_LONGEST_QUERY = 100
_CLASSES = ("数量指标", "质量指标", "时效指标", "成本指标", "社会效益指标", "经济效益指标",
            "生态效益指标", "可持续影响指标", "服务对象满意度指标")  # fmt: skip
_ALTERNATIVES_AMONG = 50


@require_safe
@permission_required(MAY_VIEW, raise_exception=True)
def library(request: HttpRequest) -> HttpResponse:
    """The library; htmx asks for the results alone."""
    typed = request.GET.get("q", "")[:_LONGEST_QUERY]
    level2 = request.GET.get("class", "")
    known = seen_by(request.user)
    found = search(typed, level2=level2 if level2 in _CLASSES else None, among=known)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined]
    alone = htmx and not htmx.boosted and not htmx.history_restore_request
    template = "library/pages/_results.html" if alone else "library/pages/list.html"
    response = render(request, template, {"page": page, "classes": _CLASSES})
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
@permission_required(MAY_VIEW, raise_exception=True)
def suggestions(request: HttpRequest) -> HttpResponse:
    """Names for what is being typed, the measurable first: options for htmx, else JSON."""
    typed = (request.GET.get("q") or request.GET.get("value", ""))[:_LONGEST_QUERY]
    found = _suggested(request, typed) if typed.strip() else []
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "library/pages/_options.html", {"found": found})
    return JsonResponse(
        {
            "suggestions": [
                {
                    "name": item.name,
                    "level2": item.level2,
                    "unit": item.unit,
                    "uses": item.uses,
                    "measurable": item.is_measurable,
                }
                for item in found
            ]
        }
    )


def _suggested(request: HttpRequest, typed: str) -> list[Candidate]:
    level2 = request.GET.get("class") or None
    return suggest(typed, level2=level2, among=seen_by(request.user))


@require_safe
@permission_required(MAY_VIEW, raise_exception=True)
def entry_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry: where it is used and how, better-measurable names, its sheet."""
    return _entry_page(request, get_object_or_404(seen_by(request.user), pk=pk))


@require_POST
@permission_required(MAY_WRITE_SHEETS, raise_exception=True)
def write_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Save the next version of the sheet; a refusal keeps what was typed."""
    entry = get_object_or_404(seen_by(request.user), pk=pk)
    parts = {name: request.POST.get(name, "") for name in FIELDS}
    try:
        sheet = write_indicator_sheet(
            entry,
            parts=parts,
            acting_user=request.user,  # type: ignore[arg-type]
            now=timezone.now(),
        )
    except UnableToAct as refusal:
        saying.tell(request, refusal.sentence)
        return _entry_page(request, entry, typed=parts, status=422)
    saying.confirm(request, say("已保存第 {version} 版", version=sheet.number))
    return redirect("library-entry", pk)


def _seen_by(request: HttpRequest, entry: LibraryEntry) -> QuerySet[Observation]:
    """Where the entry is used: in the person's reach, or in what the library came with."""
    mine = places_of(request.user, MAY_VIEW)
    return entry.observations.filter(
        Q(declaration__isnull=True) | Q(declaration__organisation__in=mine)
    ).select_related("declaration")


def _entry_page(
    request: HttpRequest,
    entry: LibraryEntry,
    *,
    typed: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    sheets = list(entry.sheets.select_related("made_by"))
    latest = sheets[0] if sheets else None
    near = [
        candidate(item)
        for item in search(entry.name, among=seen_by(request.user))[:_ALTERNATIVES_AMONG]
    ]
    values = typed or {name: getattr(latest, name, "") for name in FIELDS}
    context = {
        "entry": entry,
        "observations": _seen_by(request, entry)[:PER_PAGE],
        "sheets": sheets,
        "latest": latest,
        "parts": [
            (name, title, values[name], name in OPTIONAL) for name, title in FIELDS.items()
        ],
        "alternatives": better_than(entry.name, near)[:5],
    }
    return render(request, "library/pages/entry.html", context, status=status)
