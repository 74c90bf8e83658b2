"""The way into everything that follows an approval, with what is open in each."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kaoji.core.speech import say
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.organisation.reach import places_of
from kaoji.platform.ui.acting import attempt
from kaoji.platform.ui.numbers import number_in
from kaoji.subjects.declarations.queries.reach import declarations_of
from kaoji.subjects.department_expenditure.models import WholePlan
from kaoji.subjects.evaluation.models import Evaluation
from kaoji.subjects.monitoring.queries import periods_for
from kaoji.subjects.rectification.models import Rectification
from kaoji.subjects.rectification.queries import State, overdue, with_state
from kaoji.subjects.self_evaluation.actions.draw_rechecks import draw_rechecks
from kaoji.subjects.self_evaluation.models import RecheckSample, SelfEvaluation
from kaoji.subjects.self_evaluation.queries import not_self_evaluated
from kaoji.workflow.places import FILING, PlaceKind
from kaoji.workflow.roles import MAY_FOLLOW, MAY_VIEW

PER_PAGE = 50


@require_safe
@permission_required(MAY_VIEW, raise_exception=True)
def following(request: HttpRequest) -> HttpResponse:
    """Counts of what is open in the person's reach, each leading to its page."""
    person: Any = request.user
    today = timezone.localdate()
    mine = declarations_of(person)
    places = places_of(person, MAY_VIEW)
    demands = Rectification.objects.filter(place__in=places)
    context = {
        "periods": periods_for(mine).filter(due_on__gte=today).count(),
        "open": with_state(demands).exclude(state=State.CLOSED).count(),
        "overdue": overdue(demands, on=today).count(),
        "filed": mine.filter(self_evaluations__isnull=False).distinct().count(),
        "evaluations": Evaluation.objects.filter(declaration__in=mine, report=None).count(),
        "wholes": WholePlan.objects.filter(place__in=places, decision=None).count(),
    }
    return render(request, "home/pages/hub.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(MAY_VIEW, raise_exception=True)
def rechecks(request: HttpRequest) -> HttpResponse:
    """The self-evaluations filed, those drawn for re-checking first; draw a sample."""
    person: Any = request.user
    status: int | None = 200
    places = places_of(person, MAY_FOLLOW).filter(kind__in=[*FILING, PlaceKind.BUREAU])
    if request.method == "POST":

        def act(acting: User, now: datetime) -> object:
            place: Organisation = get_object_or_404(
                places, pk=number_in(request.POST.get("place"))
            )
            return draw_rechecks(
                place,
                year=number_in(request.POST.get("year")) or 0,
                size=number_in(request.POST.get("size")) or 0,
                seed=request.POST.get("seed", ""),
                acting_user=acting,
                now=now,
            )

        status = attempt(request, act, confirmed=say("样本已抽取"))
        if status is None:
            return redirect("rechecks")
    mine = declarations_of(person)
    samples = [
        item
        for item in RecheckSample.objects.select_related("place", "drawn_by")[:PER_PAGE]
        if places_of(person, MAY_VIEW).filter(pk=item.place_id).exists()
    ]
    drawn = {key for item in samples for key in item.chosen}
    later = SelfEvaluation.objects.filter(
        declaration=OuterRef("declaration"), number__gt=OuterRef("number")
    )
    found = (
        SelfEvaluation.objects.filter(~Exists(later), declaration__in=mine)
        .select_related("declaration__organisation")
        .prefetch_related("rechecks")
        .order_by(
            "-declaration__year", "declaration__organisation__path", "declaration", "-number"
        )
    )
    if request.GET.get("drawn"):
        found = found.filter(declaration__in=drawn)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    missing = not_self_evaluated(on=timezone.localdate()).filter(pk__in=mine.values("pk"))
    context = {
        "missing": missing.select_related("organisation").order_by("-year", "pk")[:PER_PAGE],
        "missing_count": missing.count(),
        "page": page,
        "rows": [(item, item.declaration_id in drawn) for item in page.object_list],
        "samples": samples,
        "places": places,
        "typed": request.POST,
        "today": timezone.localdate(),
        "may_draw": person.has_perm(MAY_FOLLOW),
    }
    return render(request, "self_evaluation/pages/rechecks.html", context, status=status or 200)
