"""Questionnaires that came back on paper, from a sheet: read, shown, and then taken whole."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from kaoji.core.speech import say
from kaoji.documents.rows_json import Rows
from kaoji.platform.imports.models import Upload
from kaoji.platform.imports.pages.desk import Desk, Shown, tried
from kaoji.platform.imports.pages.tray import taken_in
from kaoji.platform.ui import saying
from kaoji.subjects.declarations.pages.access import approved_for, require_right
from kaoji.subjects.surveys.actions.import_answers import import_answers
from kaoji.subjects.surveys.pages.views import survey_page
from kaoji.workflow.roles import MAY_FILE, MAY_VIEW


@require_POST
@permission_required(MAY_VIEW, raise_exception=True)
def import_sheet(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Have a sheet of questionnaires read; it is shown before anything is entered."""
    declaration = approved_for(request, pk)
    require_right(request, MAY_FILE, declaration)
    held = get_object_or_404(declaration.surveys, pk=number)
    return taken_in(
        request,
        Upload.Purpose.ANSWERS,
        {"declaration": declaration.pk, "survey": held.pk},
        field="sheet",
        again=lambda refusal: survey_page(
            request, declaration, held, refusals=(refusal,), status=422
        ),
    )


def _show(request: HttpRequest, upload: Upload, rows: Rows) -> Shown:
    person = cast("User", request.user)
    count, refusals = tried(lambda: _imported(request, upload, rows, person, timezone.now()))
    return Shown(say("共 {count} 份答卷", count=count), refusals)


def _take(
    request: HttpRequest, upload: Upload, rows: Rows, person: User, now: datetime
) -> HttpResponse:
    count = _imported(request, upload, rows, person, now)
    saying.confirm(request, say("记下 {count} 份答卷", count=count))
    return redirect("survey", upload.asked["declaration"], upload.asked["survey"])


def _imported(
    request: HttpRequest, upload: Upload, rows: Rows, person: User, now: datetime
) -> int:
    declaration = approved_for(request, upload.asked["declaration"])
    return import_answers(
        bytes(upload.content),
        name=upload.name,
        survey=get_object_or_404(declaration.surveys, pk=upload.asked["survey"]),
        rows=rows,
        acting_user=person,
        now=now,
    )


ANSWERS_DESK = Desk(
    _show,
    _take,
    lambda upload: reverse(
        "survey", args=[upload.asked["declaration"], upload.asked["survey"]]
    ),
)
