"""运行状况: what `kaoji doctor` tells, for the superuser and for the administrators of the bureau."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kaoji.platform.health.examination import examine
from kaoji.platform.health.line import Condition
from kaoji.workflow.roles import MAY_MANAGE

_TONES = {Condition.OK: "clear", Condition.WARN: "warning", Condition.FAIL: "error"}


@require_safe
def installation(request: HttpRequest) -> HttpResponse:
    """Every line; the mail server is called only when that is asked for, because it may take long."""
    if not (request.user.is_superuser or request.user.has_perm(MAY_MANAGE)):
        raise PermissionDenied
    asked = "mail" in request.GET
    lines = examine(timezone.now(), ask_mail=asked)
    context = {
        "rows": [(line, _TONES[line.condition]) for line in lines],
        "broken": sum(line.condition is Condition.FAIL for line in lines),
        "doubtful": sum(line.condition is Condition.WARN for line in lines),
        "asked": asked,
    }
    return render(request, "health/pages/installation.html", context)
