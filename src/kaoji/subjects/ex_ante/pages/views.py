"""Ex-ante evaluations: what there is, a new one, one with what finance says to it, and its paper."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kaoji.core.ex_ante import (
    ASPECT_NAMES,
    CONCLUSION_NAMES,
    JUDGEMENT_NAMES,
    Argument,
    ExAnte,
)
from kaoji.core.speech import say
from kaoji.documents.render.ex_ante import render_ex_ante
from kaoji.platform.organisation.reach import places_of
from kaoji.platform.ui.acting import attempt
from kaoji.platform.ui.files_out import as_file
from kaoji.platform.ui.numbers import number_in
from kaoji.platform.ui.paging import counted
from kaoji.platform.ui.typed import file_in_form, number_in_form
from kaoji.subjects.ex_ante.actions.file_ex_ante import file_ex_ante
from kaoji.subjects.ex_ante.actions.review_ex_ante import review_ex_ante
from kaoji.subjects.ex_ante.models import ExAnteEvaluation
from kaoji.subjects.ex_ante.queries import latest
from kaoji.workflow.following import VERDICT_NAMES
from kaoji.workflow.places import FILING
from kaoji.workflow.roles import MAY_FILE, MAY_REVIEW_FOR_FINANCE, MAY_VIEW

PER_PAGE = 50
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
@permission_required(MAY_VIEW, raise_exception=True)
def all_evaluations(request: HttpRequest) -> HttpResponse:
    """Of each project in the person's reach the last version."""
    person: Any = request.user
    found = latest().filter(place__in=places_of(person, MAY_VIEW))
    context = {
        "page": counted(found, PER_PAGE, found.count()).get_page(request.GET.get("page")),
        "may_file": places_of(person, MAY_FILE).filter(kind__in=FILING).exists(),
    }
    return render(request, "ex_ante/pages/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(MAY_FILE, raise_exception=True)
def new(request: HttpRequest) -> HttpResponse:
    """Write an evaluation and file it; nothing typed is lost by a refusal."""
    person: Any = request.user
    places = places_of(person, MAY_FILE).filter(kind__in=FILING)
    status: int | None = 200
    if request.method == "POST":

        def act(acting: User, now: datetime) -> object:
            place = get_object_or_404(places, pk=number_in(request.POST.get("place")))
            return file_ex_ante(
                place,
                _told(request, place.name),
                attachment=file_in_form(request, "attachment"),
                acting_user=acting,
                now=now,
            )

        status = attempt(request, act, confirmed=say("已报送，等财政审核"))
        if status is None:
            return redirect("ex-ante")
    context = {
        "places": places,
        "typed": request.POST,
        "year": request.POST.get("year") or timezone.localdate().year + 1,
        "aspects": [
            (
                name,
                title,
                request.POST.get(f"{name}.judgement", ""),
                request.POST.get(f"{name}.text", ""),
            )
            for name, title in ASPECT_NAMES.items()
        ],
        "judgements": JUDGEMENT_NAMES.items(),
        "conclusions": CONCLUSION_NAMES.items(),
    }
    return render(request, "ex_ante/pages/new.html", context, status=status or 200)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(MAY_VIEW, raise_exception=True)
def evaluation(request: HttpRequest, pk: int) -> HttpResponse:
    """One version, what finance said to it, the other versions; finance reviews it."""
    held = _held(request, pk)
    status: int | None = 200
    if request.method == "POST":
        status = attempt(
            request,
            lambda person, now: review_ex_ante(
                held,
                verdict=request.POST.get("verdict", ""),
                remark=request.POST.get("remark", ""),
                acting_user=person,
                now=now,
            ),
        )
        if status is None:
            return redirect("ex-ante-evaluation", pk)
    told = held.told
    versions = ExAnteEvaluation.objects.filter(
        place=held.place, year=held.year, project_name=held.project_name
    ).select_related("review")
    undecided = getattr(held, "review", None) is None
    context = {
        "held": held,
        "told": told,
        "aspects": [
            (ASPECT_NAMES[name], item.judgement, JUDGEMENT_NAMES[item.judgement], item.text)
            for name, item in told.arguments.items()
        ],
        "versions": versions,
        "verdicts": VERDICT_NAMES.items(),
        "may_review": undecided and request.user.has_perm(MAY_REVIEW_FOR_FINANCE, held.place),
        "typed": request.POST,
    }
    return render(request, "ex_ante/pages/one.html", context, status=status or 200)


@require_safe
@permission_required(MAY_VIEW, raise_exception=True)
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The report as Word."""
    held = _held(request, pk)
    day = timezone.localtime(held.filed_at)
    review = getattr(held, "review", None)
    verdict = (
        f"{VERDICT_NAMES[review.verdict]}{f'：{review.remark}' if review.remark else ''}"
        if review
        else ""
    )
    written = render_ex_ante(
        held.told, day=f"{day.year}年{day.month}月{day.day}日", verdict=verdict
    )
    return as_file(written, f"{held.year}-{held.project_name}-事前绩效评估.docx", _WORD)


@require_safe
@permission_required(MAY_VIEW, raise_exception=True)
def attachment(request: HttpRequest, pk: int) -> HttpResponse:
    """What was attached, as it was handed in."""
    held = _held(request, pk)
    if held.document is None:
        raise Http404
    return as_file(bytes(held.document.content), held.document.name)


def _held(request: HttpRequest, pk: int) -> ExAnteEvaluation:
    person: Any = request.user
    found = ExAnteEvaluation.objects.filter(place__in=places_of(person, MAY_VIEW))
    return get_object_or_404(
        found.select_related("place", "filed_by", "review__made_by"), pk=pk
    )


def _told(request: HttpRequest, place: str) -> ExAnte:
    given = request.POST
    return ExAnte(
        place=place,
        project=given.get("project", "").strip(),
        year=number_in(given.get("year")) or 0,
        amount=number_in_form(given.get("amount", "")) or Decimal(0),
        about=given.get("about", "").strip(),
        method=given.get("method", "").strip(),
        arguments={
            name: Argument(
                given.get(f"{name}.judgement", ""), given.get(f"{name}.text", "").strip()
            )
            for name in ASPECT_NAMES
        },
        conclusion=given.get("conclusion", ""),
        advice=given.get("advice", "").strip(),
    )
