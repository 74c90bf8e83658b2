"""From a file to saved declarations: upload, look, settle, confirm or discard."""

from __future__ import annotations

import logging
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kaoji.core.speech import Sentence, say
from kaoji.documents.reading import FormReading, Reading
from kaoji.documents.reading_json import reading_from_data
from kaoji.platform.imports.models import Upload
from kaoji.platform.imports.pages.tray import taken_in
from kaoji.platform.organisation.reach import places_of
from kaoji.platform.refusals import UnableToAct
from kaoji.platform.ui import saying
from kaoji.rules.engine import Report
from kaoji.subjects.declarations.actions.check_on_record import check_on_record
from kaoji.subjects.declarations.actions.record_form import MatchOnRecord, matches_on_record
from kaoji.subjects.declarations.pages.sheet_notes import annotate
from kaoji.subjects.declarations.queries.surroundings import Surroundings
from kaoji.subjects.intake.actions.confirm_aside import MANY
from kaoji.subjects.intake.actions.discard_intake import discard_intake
from kaoji.subjects.intake.actions.draw_page import picture_of
from kaoji.subjects.intake.actions.reopen_doubt import reopen_doubt, settled_fields
from kaoji.subjects.intake.actions.settle_doubt import settle_doubt
from kaoji.subjects.intake.models import Intake
from kaoji.subjects.intake.pages.doubts import open_doubts
from kaoji.subjects.intake.pages.saving import on_its_way, save_chosen
from kaoji.subjects.intake.pages.source import view_source
from kaoji.workflow.moves import State, why_closed
from kaoji.workflow.roles import MAY_IMPORT

_log = logging.getLogger(__name__)

_DAY = 86_400


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(MAY_IMPORT, raise_exception=True)
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a file; it is read by a process of its own, and then shown to be confirmed."""
    if request.method == "POST":
        return taken_in(
            request,
            Upload.Purpose.DOCUMENT,
            {},
            field="document",
            again=lambda refusal: upload_page(request, saying.spoken(refusal)),
        )
    return upload_page(request)


def upload_page(request: HttpRequest, refusal: str = "") -> HttpResponse:
    """The page to choose a file on; *refusal* says why the last one was not read."""
    mine = _reachable(request).filter(state=Intake.State.OPEN).order_by("-opened_at")
    context = {"refusal": refusal, "open_intakes": mine}
    return render(request, "intake/pages/upload.html", context, status=422 if refusal else 200)


def _reachable(request: HttpRequest) -> QuerySet[Intake]:
    """The intakes that this person opened; all of them for an administrator."""
    intakes = Intake.objects.select_related("document", "opened_by", "confirmation")
    user: Any = request.user
    return intakes if user.is_superuser else intakes.filter(opened_by=user)


@require_safe
@permission_required(MAY_IMPORT, raise_exception=True)
def overview(request: HttpRequest, pk: int) -> HttpResponse:
    """All forms of the document: what is new, what is doubted, what to save; how far the saving is."""
    intake = get_object_or_404(_reachable(request), pk=pk)
    under_way = on_its_way(request, intake)
    if under_way is not None:
        return under_way
    try:
        return render(request, "intake/pages/overview.html", _overview_context(request, intake))
    except Exception:  # whatever a file made of itself, its import can be left again
        return _broken(request, intake)


def _broken(request: HttpRequest, intake: Intake) -> HttpResponse:
    """A page that cannot be shown says so and offers what is left to do."""
    _log.exception("intake %s cannot be shown", intake.pk)
    return render(request, "intake/pages/broken.html", {"intake": intake}, status=500)


def _overview_context(request: HttpRequest, intake: Intake) -> dict[str, Any]:
    reading = reading_from_data(intake.reading)
    mine = places_of(request.user, MAY_IMPORT)
    stand = matches_on_record([item.form for item in reading.forms], mine)
    reports = _reports(reading, stand)
    forms = [
        _summary(number, form, match, report)
        for number, (form, match, report) in enumerate(
            zip(reading.forms, stand, reports, strict=True)
        )
    ]
    return {
        "intake": intake,
        "reading": reading,
        "forms": forms,
        "checked_later": len(forms) > MANY,
        "doubts": sum(form["doubts"] for form in forms),
    }


def _reports(reading: Reading, stand: list[MatchOnRecord]) -> list[Report | None]:
    """What the rules find in each form; many forms are checked where they are saved, not while one waits."""
    if len(reading.forms) > MANY:
        return [None] * len(reading.forms)
    around = Surroundings(item.form for item in reading.forms)
    return [
        check_on_record(form, place=match.place, surroundings=around, vouched=False)
        for form, match in zip(reading.forms, stand, strict=True)
    ]


def _summary(
    number: int, reading: FormReading, match: MatchOnRecord, report: Report | None
) -> dict[str, Any]:
    return {
        "number": number,
        "form": reading.form,
        "report": report,
        "doubts": len({doubt.field for doubt in reading.doubts}),
        "repairs": len(reading.repairs),
        "declaration": match.declaration,
        "unchanged": match.unchanged,
        "fewer": _loses_indicators(reading, match),
        "closed": _why_closed(match),
    }


def _why_closed(match: MatchOnRecord) -> Sentence | None:
    """Why what has changed cannot be saved as a version now; None where it can."""
    known = match.declaration
    if known is None or match.unchanged:
        return None
    return why_closed(known.project_name, State(known.state))


def _loses_indicators(reading: FormReading, match: MatchOnRecord) -> bool:
    """Would saving replace a version that has more indicators? Then a person must choose it."""
    known = match.declaration
    return known is not None and len(reading.form.indicators) < known.indicators


@require_safe
@permission_required(MAY_IMPORT, raise_exception=True)
def form_page(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One form: source text beside the recognised form, doubts first."""
    intake = get_object_or_404(_reachable(request), pk=pk)
    try:
        return render(request, "intake/pages/form.html", _form_context(intake, number))
    except Http404:
        raise
    except Exception:  # as above
        return _broken(request, intake)


def _form_context(intake: Intake, number: int) -> dict[str, Any]:
    reading: Reading = reading_from_data(intake.reading)
    if not 0 < number <= len(reading.forms):
        raise Http404
    forms = list(reading.forms)
    form = forms[number - 1]
    return {
        "intake": intake,
        "reading": form,
        "number": number,
        "count": len(forms),
        "doubts": open_doubts(form),
        "settled": [item for item in form.repairs if item.field in settled_fields(form)],
        "noted": annotate(form, ()),
        "source": view_source(intake, forms, number - 1),
        "next_doubted": _next_doubted(forms, number),
    }


def _next_doubted(forms: list[FormReading], number: int) -> int | None:
    """The next form, counted from 1 and going round, that still has doubts."""
    later = [*range(number + 1, len(forms) + 1), *range(1, number)]
    return next((place for place in later if forms[place - 1].doubts), None)


@require_safe
@permission_required(MAY_IMPORT, raise_exception=True)
@cache_control(private=True, max_age=_DAY, immutable=True)
def page_picture(request: HttpRequest, pk: int, page: int) -> HttpResponse:
    """A page of the document as a picture; documents never change, so it may be kept."""
    intake = get_object_or_404(_reachable(request), pk=pk)
    picture = picture_of(intake.document, page)
    if picture is None:
        raise Http404
    return HttpResponse(picture, content_type="image/png")


@require_POST
@permission_required(MAY_IMPORT, raise_exception=True)
def settle(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Settle one doubt: confirm what was read, or say what it is."""
    intake = get_object_or_404(_reachable(request), pk=pk)
    user: Any = request.user
    value = None if "as_read" in request.POST else request.POST.get("value", "")
    try:
        settle_doubt(
            intake,
            form_number=number - 1,
            field=request.POST.get("field", ""),
            value=value,
            acting_user=user,
            now=timezone.now(),
        )
    except UnableToAct as refusal:
        saying.tell(request, refusal.sentence)
    return _form_again(request, pk, number)


@require_POST
@permission_required(MAY_IMPORT, raise_exception=True)
def reopen(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Take a settled doubt back."""
    intake = get_object_or_404(_reachable(request), pk=pk)
    user: Any = request.user
    try:
        reopen_doubt(
            intake,
            form_number=number - 1,
            field=request.POST.get("field", ""),
            acting_user=user,
            now=timezone.now(),
        )
    except UnableToAct as refusal:
        saying.tell(request, refusal.sentence)
    return _form_again(request, pk, number)


def _form_again(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The form after a step: its fragment for htmx, the page otherwise."""
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(f"{reverse('intake-form', args=[pk, number])}#doubts")
    intake = get_object_or_404(_reachable(request), pk=pk)
    return render(request, "intake/pages/_form.html", _form_context(intake, number))


@require_POST
@permission_required(MAY_IMPORT, raise_exception=True)
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Save the chosen forms."""
    intake = get_object_or_404(_reachable(request), pk=pk)
    return save_chosen(request, intake)


@require_POST
@permission_required(MAY_IMPORT, raise_exception=True)
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the intake up."""
    intake = get_object_or_404(_reachable(request), pk=pk)
    user: Any = request.user
    try:
        discard_intake(intake, acting_user=user, now=timezone.now())
    except UnableToAct as refusal:
        saying.tell(request, refusal.sentence)
    else:
        saying.confirm(request, say("已放弃这次导入，原文件仍保留在档案中"))
    return redirect("upload")
