"""From a file to saved declarations: upload, look, settle, confirm or discard."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kaoji.actions.check_on_record import check_on_record
from kaoji.actions.confirm_intake import confirm_intake
from kaoji.actions.discard_intake import discard_intake
from kaoji.actions.import_document import NothingToImport, import_document
from kaoji.actions.permission import UnableToAct
from kaoji.actions.record_form import Standing, standings
from kaoji.actions.reopen_doubt import reopen_doubt, settled_fields
from kaoji.actions.settle_doubt import settle_doubt
from kaoji.core.speech import say
from kaoji.documents.bundle import is_bundle, members
from kaoji.documents.guarded.process import GuardedReader
from kaoji.documents.read.refusals import DocumentTooLarge, UnreadableDocument
from kaoji.documents.read.text import MAX_BYTES
from kaoji.documents.reading import FormReading, Reading
from kaoji.documents.reading_json import reading_from_data
from kaoji.records.models import Intake
from kaoji.records.reach import places_of
from kaoji.records.surroundings import Surroundings
from kaoji.rules.engine import Report
from kaoji.web import saying
from kaoji.web.intake.doubts import open_doubts
from kaoji.web.intake.source import view_source
from kaoji.web.sheet_notes import annotate
from kaoji.workflow.roles import MAY_IMPORT

_DAY = 86_400
_MOST_BUNDLED = 100


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(MAY_IMPORT, raise_exception=True)
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a file; a file that cannot be read is refused on the same page."""
    refusal = ""
    if request.method == "POST":
        try:
            intakes = _import(request)
        except (UnreadableDocument, UnableToAct) as error:
            refusal = saying.spoken(error.sentence)
        else:
            alone = len(intakes) == 1
            return redirect("intake", intakes[0].pk) if alone else redirect("upload")
    mine = _reachable(request).filter(state=Intake.State.OPEN).order_by("-opened_at")
    context = {"refusal": refusal, "open_intakes": mine}
    return render(request, "intake/upload.html", context, status=422 if refusal else 200)


def _reachable(request: HttpRequest) -> QuerySet[Intake]:
    """The intakes that this person opened; all of them for an administrator."""
    intakes = Intake.objects.select_related("document", "opened_by")
    user: Any = request.user
    return intakes if user.is_superuser else intakes.filter(opened_by=user)


def _import(request: HttpRequest) -> list[Intake]:
    """Open an intake for the file, or one for each document of an archive."""
    file = request.FILES.get("document")
    if file is None:
        raise UnreadableDocument(say("请选择一个文件"))
    if (file.size or 0) > MAX_BYTES:
        raise DocumentTooLarge(file.size or 0, MAX_BYTES)
    content, name = file.read(), file.name or "document"
    if is_bundle(content):
        return _import_bundle(request, content)
    user: Any = request.user
    return [import_document(content, name=name, acting_user=user, now=timezone.now())]


def _import_bundle(request: HttpRequest, content: bytes) -> list[Intake]:
    """Import what can be read and say of each other document why not."""
    user: Any = request.user
    found = list(members(content))
    if len(found) > _MOST_BUNDLED:
        raise UnreadableDocument(
            say(
                "压缩文件中有 {count} 份文件，网页一次最多 {limit} 份；更多请用 kaoji read",
                count=len(found),
                limit=_MOST_BUNDLED,
            )
        )
    intakes: list[Intake] = []
    for member in found:
        reason = member.refusal
        try:
            if member.content is not None:
                intakes.append(
                    import_document(
                        member.content, name=member.path, acting_user=user, now=timezone.now()
                    )
                )
        except (UnreadableDocument, UnableToAct) as refusal:
            reason = refusal.sentence
        if reason:
            saying.tell(request, say("{file}：{reason}", file=member.path, reason=reason))
    if not intakes:
        raise NothingToImport(say("压缩文件中没有能读出申报表的文件"))
    saying.confirm(request, say("读入 {count} 份文件，请逐份核对", count=len(intakes)))
    return intakes


@require_safe
@permission_required(MAY_IMPORT, raise_exception=True)
def overview(request: HttpRequest, pk: int) -> HttpResponse:
    """All forms of the document: what is new, what is doubted, what to save."""
    intake = get_object_or_404(_reachable(request), pk=pk)
    reading = reading_from_data(intake.reading)
    mine = places_of(request.user, MAY_IMPORT)
    stand = standings([item.form for item in reading.forms], mine)
    around = Surroundings(item.form for item in reading.forms)
    forms = [
        _summary(
            number,
            form,
            standing,
            check_on_record(form, place=standing.place, surroundings=around),
        )
        for number, (form, standing) in enumerate(zip(reading.forms, stand, strict=True))
    ]
    context = {
        "intake": intake,
        "reading": reading,
        "forms": forms,
        "doubts": sum(form["doubts"] for form in forms),
    }
    return render(request, "intake/overview.html", context)


def _summary(
    number: int, reading: FormReading, standing: Standing, report: Report
) -> dict[str, Any]:
    return {
        "number": number,
        "form": reading.form,
        "report": report,
        "doubts": len({doubt.field for doubt in reading.doubts}),
        "repairs": len(reading.repairs),
        "declaration": standing.declaration,
        "unchanged": standing.unchanged,
        "fewer": _loses_indicators(reading, standing),
    }


def _loses_indicators(reading: FormReading, standing: Standing) -> bool:
    """Would saving replace a version that has more indicators? Then a person must choose it."""
    known = standing.declaration
    return known is not None and len(reading.form.indicators) < known.indicators


@require_safe
@permission_required(MAY_IMPORT, raise_exception=True)
def form_page(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One form: source text beside the recognised form, doubts first."""
    intake = get_object_or_404(_reachable(request), pk=pk)
    return render(request, "intake/form.html", _form_context(intake, number))


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
        "source": view_source(intake.document, forms, number - 1),
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
    try:
        with GuardedReader() as reader:
            picture = reader.picture(bytes(intake.document.content), page)
    except UnreadableDocument as refusal:
        raise Http404(str(refusal.sentence)) from refusal
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
    return render(request, "intake/_form.html", _form_context(intake, number))


@require_POST
@permission_required(MAY_IMPORT, raise_exception=True)
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Save the chosen forms."""
    intake = get_object_or_404(_reachable(request), pk=pk)
    user: Any = request.user
    numbers = [int(text) for text in request.POST.getlist("form") if text.isdecimal()]
    try:
        saved = confirm_intake(
            intake, form_numbers=numbers, acting_user=user, now=timezone.now()
        )
    except UnableToAct as refusal:
        saying.tell(request, refusal.sentence)
        return redirect("intake", pk)
    saying.confirm(request, say("已保存 {count} 份申报表", count=len(saved)))
    intake.refresh_from_db(fields=["state"])
    return (
        redirect("intake", pk)
        if intake.state == Intake.State.OPEN
        else redirect("declarations")
    )


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
