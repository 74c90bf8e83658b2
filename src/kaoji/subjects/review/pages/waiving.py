"""Let a finding stand, or take that back; both come back to the form."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from kaoji.core.period import UnreadableDate, read_date
from kaoji.core.speech import say
from kaoji.platform.refusals import UnableToAct
from kaoji.platform.ui import saying
from kaoji.subjects.declarations.actions.end_waiver import end_waiver
from kaoji.subjects.declarations.actions.waive_finding import waive_finding
from kaoji.subjects.declarations.models import FindingRow, Waiver
from kaoji.subjects.declarations.pages.access import declaration_for
from kaoji.workflow.roles import MAY_WAIVE


@require_POST
@permission_required(MAY_WAIVE, raise_exception=True)
def waive(request: HttpRequest, pk: int, finding: int) -> HttpResponse:
    """Waive one finding."""
    declaration = declaration_for(request, pk, right=MAY_WAIVE)
    row = get_object_or_404(FindingRow, pk=finding, revision__declaration=declaration)
    try:
        until: date = read_date(request.POST.get("until", ""))
        waive_finding(
            declaration,
            finding=row,
            reason=request.POST.get("reason", ""),
            until=until,
            acting_user=request.user,  # type: ignore[arg-type]
            now=timezone.now(),
        )
    except (UnreadableDate, UnableToAct) as refusal:
        saying.tell(request, refusal.sentence)
    else:
        saying.confirm(request, say("已豁免 {rule}", rule=row.rule))
    return redirect(reverse("declaration", args=[pk]))


@require_POST
@permission_required(MAY_WAIVE, raise_exception=True)
def end(request: HttpRequest, pk: int, waiver: int) -> HttpResponse:
    """End a waiver."""
    declaration = declaration_for(request, pk, right=MAY_WAIVE)
    held = get_object_or_404(Waiver, pk=waiver, declaration=declaration)
    try:
        end_waiver(held, acting_user=request.user, now=timezone.now())  # type: ignore[arg-type]
    except UnableToAct as refusal:
        saying.tell(request, refusal.sentence)
    return redirect(reverse("declaration", args=[pk]))
