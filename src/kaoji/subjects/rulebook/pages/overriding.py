"""Set a rule otherwise for a region, or take that back: an administrator's work."""

from __future__ import annotations

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from kaoji.core.speech import say
from kaoji.platform.refusals import UnableToAct
from kaoji.platform.ui import saying
from kaoji.subjects.rulebook.actions.override_rule import override_rule, restore_rule
from kaoji.subjects.rulebook.models import Override
from kaoji.workflow.roles import MAY_OVERRIDE


@require_POST
@permission_required(MAY_OVERRIDE, raise_exception=True)
def override(request: HttpRequest, rule_id: str) -> HttpResponse:
    """Set the severity, switch the rule off, or set one of its thresholds."""
    kind, _, value = request.POST.get("set", "").partition(":")
    subject = rule_id.upper()
    if kind == Override.Kind.THRESHOLD:
        subject, value = value, request.POST.get("value", "")
    try:
        override_rule(
            kind=kind,
            subject=subject,
            region=request.POST.get("region", ""),
            value=value,
            reason=request.POST.get("reason", ""),
            acting_user=request.user,  # type: ignore[arg-type]
            now=timezone.now(),
        )
    except UnableToAct as refusal:
        saying.tell(request, refusal.sentence)
    else:
        saying.confirm(request, say("已改写，今后的检查照此进行"))
    return redirect("rule", rule_id.upper())


@require_POST
@permission_required(MAY_OVERRIDE, raise_exception=True)
def restore(request: HttpRequest, rule_id: str, pk: int) -> HttpResponse:
    """Let it be again as it is written."""
    held = get_object_or_404(Override, pk=pk)
    restore_rule(held, acting_user=request.user, now=timezone.now())  # type: ignore[arg-type]
    saying.confirm(request, say("已恢复"))
    return redirect("rule", rule_id.upper())
