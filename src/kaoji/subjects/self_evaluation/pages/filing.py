"""Filing a self-evaluation: what would be frozen is shown once more, and a receipt says what comes next."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_POST, require_safe

from kaoji.documents.reading import FormReading
from kaoji.platform.drafts.actions.drop_draft import drop_draft
from kaoji.platform.notices.actions.notify import people_at
from kaoji.platform.refusals import UnableToAct
from kaoji.platform.ui.acting import refused
from kaoji.rules.engine import RuleFinding
from kaoji.subjects.declarations.actions.check_on_record import check_on_record
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.declarations.pages.access import approved_for
from kaoji.subjects.self_evaluation.actions.file_self_evaluation import (
    Ready,
    file_self_evaluation,
    ready_to_file,
)
from kaoji.subjects.self_evaluation.models import SelfEvaluation
from kaoji.subjects.self_evaluation.pages.views import show
from kaoji.workflow.roles import MAY_FOLLOW, MAY_VIEW

AFTERWARDS = (
    _("存成不再改变的一份，完成值和执行数以此为准"),
    _("主管部门和财政可以抽取复核；复核前发现有误，可以再报一次"),
    _("财政复核后向社会公开"),
)


@require_POST
@permission_required(MAY_VIEW, raise_exception=True)
def file_evaluation(request: HttpRequest, pk: int) -> HttpResponse:
    """File the self-evaluation of the year; asked from the page of the results (`ask`) it is shown first."""
    declaration, person = approved_for(request, pk), cast("User", request.user)
    goal_done, now = request.POST.get("goal_done", ""), timezone.now()
    try:
        if "ask" in request.POST:
            ready = ready_to_file(declaration, goal_done=goal_done, acting_user=person, now=now)
            return _check_page(request, declaration, ready)
        made = file_self_evaluation(
            declaration, goal_done=goal_done, acting_user=person, now=now
        )
    except UnableToAct as refusal:
        return show(request, declaration, status=refused(request, refusal))
    # The page that asks names no draft: nothing is typed there.
    drop_draft(f"self-evaluation:{pk}", acting_user=person)
    return redirect("evaluation-receipt", pk, made.number)


def _check_page(request: HttpRequest, declaration: Declaration, ready: Ready) -> HttpResponse:
    missed = [row for row in ready.results.rows if row.is_missed]
    bare = [row for row in ready.results.rows if row.actual and not _is_shown(row.actual)]
    context = {
        "declaration": declaration,
        "ready": ready,
        "goal_done": request.POST.get("goal_done", ""),
        "missed": missed,
        "bare": bare,
        "findings": _findings(declaration, ready),
        "afterwards": AFTERWARDS,
    }
    return render(request, "self_evaluation/pages/check.html", context)


def _is_shown(actual: object) -> bool:
    """Is there a file or counted evidence behind the value?"""
    return bool(getattr(actual, "document", None) or getattr(actual, "measure", None))


def _findings(declaration: Declaration, ready: Ready) -> list[RuleFinding]:
    """What the rules say of it, as of any self-evaluation that comes in as a file; hints for next year left out."""
    reading = FormReading(ready.form, kind="self_evaluation", outcome=ready.outcome)
    report = check_on_record(reading, place=declaration.organisation)
    found = (item for item in report.findings if item.outcome.value == "found")
    return [item for item in found if item.severity.value != "hint"]


@require_safe
@permission_required(MAY_VIEW, raise_exception=True)
def receipt(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """What was filed, who may look at it now, what comes next."""
    declaration = approved_for(request, pk)
    filed = declaration.self_evaluations.select_related("filed_by")
    held: SelfEvaluation = get_object_or_404(filed, number=number)
    event = declaration.events.filter(type="evaluation.filed", payload__number=number).last()
    holders = people_at(declaration.organisation, [MAY_FOLLOW], now=timezone.now())
    context = {
        "declaration": declaration,
        "held": held,
        "event": event,
        "holders": [person.get_full_name() or person.get_username() for person in holders],
        "afterwards": AFTERWARDS[1:],
    }
    return render(request, "self_evaluation/pages/receipt.html", context)
