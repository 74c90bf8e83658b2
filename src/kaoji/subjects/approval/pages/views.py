"""The letters that were issued, and a page to issue the next one."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kaoji.core.speech import say
from kaoji.platform.accounts.pages.proving import proved
from kaoji.platform.organisation.reach import places_of
from kaoji.platform.refusals import UnableToAct
from kaoji.platform.ui import saying
from kaoji.platform.ui.acting import refused
from kaoji.platform.ui.numbers import number_in
from kaoji.subjects.approval.actions.issue_letter import issue_letter, waiting_for_a_letter
from kaoji.subjects.approval.models import ApprovalLetter
from kaoji.subjects.review.models import ApprovedForm
from kaoji.workflow.places import PlaceKind
from kaoji.workflow.roles import MAY_ISSUE, MAY_VIEW

PER_PAGE = 50
_HEADS = (PlaceKind.DEPARTMENT, PlaceKind.TOWN)


@require_safe
@permission_required(MAY_VIEW, raise_exception=True)
def letters(request: HttpRequest) -> HttpResponse:
    """Letters to places in the person's reach; departments whose approvals wait for one."""
    waiting = ApprovedForm.objects.filter(
        letter__isnull=True, revision_number=F("declaration__approved_revision")
    )
    below = waiting.filter(declaration__organisation__path__startswith=OuterRef("path"))
    own = waiting.filter(declaration__organisation=OuterRef("pk"))
    heads = places_of(request.user, MAY_ISSUE).filter(
        Q(Exists(below), kind__in=_HEADS) | Q(Exists(own), kind=PlaceKind.BUREAU)
    )
    page = Paginator(_visible(request), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "approval/pages/letters.html", {"page": page, "heads": heads})


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(MAY_ISSUE, raise_exception=True)
@proved()
def issue(request: HttpRequest, place: int) -> HttpResponse:
    """Choose among a department's approvals, name the letter, issue it."""
    person: Any = request.user
    head = get_object_or_404(places_of(person, MAY_ISSUE), pk=place)
    reference, status = request.POST.get("reference", ""), 200
    if request.method == "POST":
        chosen = [number_in(key) or 0 for key in request.POST.getlist("approval")]
        try:
            made = issue_letter(
                head,
                approvals=chosen,
                reference=reference,
                acting_user=person,
                now=timezone.now(),
            )
        except UnableToAct as refusal:
            status = refused(request, refusal)
        else:
            saying.confirm(request, say("已发出批复 {reference}", reference=made.reference))
            return redirect("letters")
    context = {
        "head": head,
        "waiting": waiting_for_a_letter(head),
        "reference": reference or f"〔{timezone.localdate().year}〕{{number}}号",
    }
    return render(request, "approval/pages/issue.html", context, status=status)


@require_safe
@permission_required(MAY_VIEW, raise_exception=True)
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter as it was issued."""
    letter = get_object_or_404(_visible(request).select_related("document"), pk=pk)
    response = HttpResponse(bytes(letter.document.content), content_type="application/pdf")
    name = quote(letter.document.name)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response


def _visible(request: HttpRequest) -> QuerySet[ApprovalLetter]:
    places = places_of(request.user, MAY_VIEW)
    return (
        ApprovalLetter.objects.filter(place__in=places)
        .select_related("place", "issued_by")
        .annotate(count=Count("approvals"))
        .order_by("-year", "-number")
    )
