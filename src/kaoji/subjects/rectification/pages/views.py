"""Rectifications: the list with what is overdue, one of them with its steps, a new one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kaoji.core.speech import say
from kaoji.platform.organisation.reach import places_of
from kaoji.platform.ui.acting import attempt
from kaoji.platform.ui.files_out import as_file
from kaoji.platform.ui.numbers import number_in
from kaoji.platform.ui.typed import day_in, day_or_none, file_in_form
from kaoji.subjects.declarations.pages.access import approved_for
from kaoji.subjects.rectification.actions.open_rectification import open_rectification
from kaoji.subjects.rectification.actions.step_rectification import step_rectification
from kaoji.subjects.rectification.models import Rectification
from kaoji.subjects.rectification.queries import (
    RECTIFICATION_STATES,
    State,
    due_day,
    overdue,
    state_of,
    with_state,
)
from kaoji.workflow.following import RECTIFICATION_SOURCES, RECTIFICATION_STEPS
from kaoji.workflow.places import FILING
from kaoji.workflow.roles import MAY_FILE, MAY_FOLLOW, MAY_VIEW

PER_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(MAY_VIEW, raise_exception=True)
def rectifications(request: HttpRequest) -> HttpResponse:
    """All in the person's reach, the most pressing first; demand one of a place."""
    person: Any = request.user
    places = places_of(person, MAY_FOLLOW).filter(kind__in=FILING)
    status: int | None = 200
    if request.method == "POST":

        def act(acting: User, now: datetime) -> object:
            place = get_object_or_404(places, pk=number_in(request.POST.get("place")))
            return open_rectification(
                place,
                source=request.POST.get("source", ""),
                finding=request.POST.get("finding", ""),
                demand=request.POST.get("demand", ""),
                due_on=day_in(request.POST.get("due_on", "")),
                acting_user=acting,
                now=now,
            )

        status = attempt(request, act, confirmed=say("整改要求已发出"))
        if status is None:
            return redirect("rectifications")
    found = with_state(_visible(person))
    asked = request.GET.get("state", "")
    today = timezone.localdate()
    if asked in set(State):
        found = found.filter(state=asked)
    elif asked == "overdue":
        found = overdue(_visible(person), on=today)
    context = {
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "states": RECTIFICATION_STATES.items(),
        "asked": asked,
        "places": places,
        "sources": RECTIFICATION_SOURCES.items(),
        "typed": request.POST,
        "may_demand": person.has_perm(MAY_FOLLOW),
        "today": today,
    }
    return render(
        request, "rectification/pages/rectifications.html", context, status=status or 200
    )


@require_safe
@permission_required(MAY_VIEW, raise_exception=True)
def of_declaration(request: HttpRequest, pk: int) -> HttpResponse:
    """The rectifications of one promise."""
    declaration = approved_for(request, pk)
    found = with_state(Rectification.objects.filter(declaration=declaration))
    context = {
        "declaration": declaration,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "today": timezone.localdate(),
    }
    return render(request, "rectification/pages/rectifications.html", context)


# What each step is called once it is done, and who has it now.
_DONE = {
    "answer": say("整改情况已报送，等提出整改的部门销号"),
    "accept": say("整改已销号"),
    "return": say("整改已退回，等单位再报"),
    "extend": say("整改期限已延长"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(MAY_VIEW, raise_exception=True)
def rectification(request: HttpRequest, pk: int) -> HttpResponse:
    """One with its steps; take the next."""
    person: Any = request.user
    held = get_object_or_404(
        _visible(person).select_related("place", "declaration", "opened_by"), pk=pk
    )
    status: int | None = 200
    if request.method == "POST":
        status = attempt(
            request,
            lambda acting, now: step_rectification(
                held,
                request.POST.get("kind", ""),
                text=request.POST.get("text", ""),
                file=file_in_form(request, "file"),
                due_on=day_or_none(request.POST.get("due_on", "")),
                acting_user=acting,
                now=now,
            ),
            confirmed=_DONE.get(request.POST.get("kind", "")),
        )
        if status is None:
            return redirect("rectification", pk)
    state = state_of(held)
    context = {
        "held": held,
        "state": state,
        "state_name": RECTIFICATION_STATES[state],
        "due": due_day(held),
        "steps": held.steps.select_related("made_by", "document").defer("document__content"),
        "may_answer": state is State.OPEN and person.has_perm(MAY_FILE, held.place),
        "may_decide": state is State.ANSWERED and person.has_perm(MAY_FOLLOW, held.place),
        "may_extend": state is not State.CLOSED and person.has_perm(MAY_FOLLOW, held.place),
        "names": RECTIFICATION_STEPS,
        "typed": request.POST,
        "today": timezone.localdate(),
    }
    return render(
        request, "rectification/pages/rectification.html", context, status=status or 200
    )


@require_safe
@permission_required(MAY_VIEW, raise_exception=True)
def step_file(request: HttpRequest, pk: int, step: int) -> HttpResponse:
    """The file that goes with a step."""
    person: Any = request.user
    held = get_object_or_404(_visible(person), pk=pk)
    document = get_object_or_404(held.steps.select_related("document"), pk=step).document
    if document is None:
        raise Http404
    return as_file(bytes(document.content), document.name)


def _visible(person: Any) -> Any:
    """Those of the person's places; those about a promise only with the promise."""
    places = places_of(person, MAY_VIEW)
    return Rectification.objects.filter(place__in=places)
