"""The button that saves the chosen forms, and the page that shows how far many of them are."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from kaoji.core.speech import restored, say
from kaoji.platform.refusals import UnableToAct
from kaoji.platform.ui import saying
from kaoji.platform.ui.numbers import number_in
from kaoji.subjects.intake.actions.confirm_aside import MANY, confirm_aside, seen
from kaoji.subjects.intake.actions.confirm_intake import confirm_intake
from kaoji.subjects.intake.models import Confirmation, Intake

_AGAIN_AFTER = 2


def save_chosen(request: HttpRequest, intake: Intake) -> HttpResponse:
    """Save the chosen forms: a few while the person waits, many in a process of its own."""
    user: Any = request.user
    numbers = [number_in(text) for text in request.POST.getlist("form")]
    chosen = {number for number in numbers if number is not None}
    if len(chosen) < len(set(numbers)):
        raise BadRequest  # no form has such a number
    now = timezone.now()
    try:
        if len(chosen) > MANY:
            confirm_aside(intake, form_numbers=chosen, acting_user=user, now=now)
            return redirect("intake", intake.pk)
        saved = confirm_intake(intake, form_numbers=chosen, acting_user=user, now=now)
    except UnableToAct as refusal:
        saying.tell(request, refusal.sentence)
        return redirect("intake", intake.pk)
    return _saved(request, intake, len(saved))


def on_its_way(request: HttpRequest, intake: Intake) -> HttpResponse | None:
    """How far the saving is, or what came of it; None where nobody asked, or it was refused."""
    asked = Confirmation.objects.filter(intake=intake).first()
    if asked is None:
        return None
    if asked.is_pending:
        response = render(
            request, "intake/pages/saving.html", {"intake": intake, "asked": asked}
        )
        response["Refresh"] = str(_AGAIN_AFTER)
        return response
    if asked.asked_by_id != request.user.pk:
        return None
    seen(asked)
    if asked.state == Confirmation.State.SAVED:
        return _saved(request, intake, asked.saved)
    if asked.saved:
        saying.confirm(request, say("已保存 {count} 份申报表", count=asked.saved))
    saying.tell(request, restored(asked.refusal or ""))
    return None


def _saved(request: HttpRequest, intake: Intake, count: int) -> HttpResponse:
    """Say how many were saved, and lead to what is left or to the list."""
    saying.confirm(request, say("已保存 {count} 份申报表", count=count))
    intake.refresh_from_db(fields=["state"])
    return (
        redirect("intake", intake.pk)
        if intake.state == Intake.State.OPEN
        else redirect("declarations")
    )
