"""What follows the report of an evaluation: the letter that tells of it, what the unit says of the third party."""

from __future__ import annotations

from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from kaoji.core.speech import say
from kaoji.platform.ui.acting import attempt
from kaoji.platform.ui.files_out import as_file
from kaoji.platform.ui.typed import day_in
from kaoji.subjects.evaluation.actions.assess_agency import assess_agency
from kaoji.subjects.evaluation.actions.send_feedback import send_feedback
from kaoji.subjects.evaluation.pages.third_party import points_in
from kaoji.subjects.evaluation.pages.views import answered, evaluation_for
from kaoji.workflow.roles import MAY_VIEW


@require_POST
@permission_required(MAY_VIEW, raise_exception=True)
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the letter and open its demand."""
    held = evaluation_for(request, pk)
    made = getattr(held, "report", None)
    if made is None:
        raise Http404
    status = attempt(
        request,
        lambda person, now: send_feedback(
            made,
            reference=request.POST.get("reference", ""),
            demand=request.POST.get("demand", ""),
            due_on=day_in(request.POST.get("due_on", "")),
            acting_user=person,
            now=now,
        ),
        confirmed=say("反馈书已发出，单位已收到整改通知"),
    )
    return answered(request, held, status)


@require_POST
@permission_required(MAY_VIEW, raise_exception=True)
def assess(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the unit's sheet on the third party's work."""
    held = evaluation_for(request, pk)
    status = attempt(
        request,
        lambda person, now: assess_agency(
            held, scores=points_in(request), acting_user=person, now=now
        ),
        confirmed=say("考核已记下"),
    )
    return answered(request, held, status)


@require_safe
@permission_required(MAY_VIEW, raise_exception=True)
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter as it was sent."""
    sent = getattr(getattr(evaluation_for(request, pk), "report", None), "feedback", None)
    if sent is None:
        raise Http404
    return as_file(bytes(sent.document.content), sent.document.name, sent.document.media_type)
