"""The public side: no account, no findings, no names of people, and only what was published."""

from __future__ import annotations

from urllib.parse import quote

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Q, QuerySet, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kaoji.documents.reading import FormReading
from kaoji.documents.render.sheet import UnableToWrite
from kaoji.platform.middleware.limits import PUBLIC_FILES, PUBLIC_SEARCHES, limited
from kaoji.platform.ui import saying
from kaoji.platform.ui.paging import counted, for_half_a_minute
from kaoji.subjects.declarations.actions.stored_reading import reading_of
from kaoji.subjects.declarations.models import Declaration, Revision
from kaoji.subjects.declarations.pages.sheet_notes import annotate
from kaoji.subjects.declarations.pages.writers import WRITERS
from kaoji.subjects.publication.pages.plain_words import promises_of
from kaoji.subjects.self_evaluation.models import Standing

PER_PAGE = 50
_LONGEST_QUERY = 100
_GONE = 410


@login_not_required
@require_safe
@limited(PUBLIC_SEARCHES, when=lambda request: bool(request.GET.get("q")))
def published_list(request: HttpRequest) -> HttpResponse:
    """Every published promise, newest year first."""
    found = _public().defer("search_text")
    typed = request.GET.get("q", "")[:_LONGEST_QUERY].strip()
    if typed:
        found = found.filter(
            Q(public_name__icontains=typed) | Q(implementing_unit__icontains=typed)
        )
    totals = for_half_a_minute(
        f"public:{timezone.localdate()}:{typed}",
        lambda: found.order_by().aggregate(count=Count("id"), money=Sum("public_total")),
    )
    page = counted(found, PER_PAGE, totals["count"]).get_page(request.GET.get("page"))
    context = {"page": page, "money": totals["money"]}
    return render(request, "publication/pages/list.html", context)


@login_not_required
@require_safe
def published_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One promise in plain words and as the official form; a withdrawn one says so."""
    declaration = get_object_or_404(Declaration, pk=pk)
    if declaration.publication == Declaration.Publication.WITHDRAWN:
        event = declaration.events.filter(type="declaration.withdraw").latest("sequence")
        shown = declaration.approvals.get(revision_number=declaration.public_revision or 0)
        context = {"approved": shown, "since": event.at}
        return render(request, "publication/pages/withdrawn.html", context, status=_GONE)
    revision = _published(declaration)
    reading = _without_remarks(reading_of(revision))
    return render(
        request,
        "publication/pages/page.html",
        {
            "declaration": declaration,
            "approved": declaration.approvals.get(revision_number=revision.number),
            "revision": revision,
            "form": reading.form,
            "promises": list(promises_of(reading.form)),
            "endings": ("docx", "xlsx", "pdf", "html", "json"),
            "noted": annotate(reading, []),
            "standing": Standing.objects.filter(declaration=declaration).first(),
            "evaluation": declaration.self_evaluations.filter(
                rechecks__level="finance"
            ).first(),
        },
    )


@login_not_required
@require_safe
@limited(PUBLIC_FILES)
def published_download(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The approved form as a file."""
    declaration = get_object_or_404(Declaration, pk=pk)
    revision = _published(declaration)
    if form not in WRITERS:
        raise Http404
    media_type, write = WRITERS[form]
    try:
        written = write(_without_remarks(reading_of(revision)))
    except UnableToWrite as refusal:
        saying.tell(request, refusal.sentence)
        return redirect("public-declaration", pk)
    response = HttpResponse(written, content_type=f"{media_type}; charset=utf-8")
    name = quote(f"{declaration.year or 0}-{revision.form.project_name}.{form}")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response


def _published(declaration: Declaration) -> Revision:
    """The approved revision of what is published; 404 for everything else."""
    public = _public().filter(pk=declaration.pk).exists()
    if not public or declaration.public_revision is None:
        raise Http404
    return declaration.revisions.get(number=declaration.public_revision)


def _public() -> QuerySet[Declaration]:
    """What the public sees today, whatever is being adjusted behind it."""
    return Declaration.objects.filter(
        publication=Declaration.Publication.PUBLIC, public_from__lte=timezone.localdate()
    )


def _without_remarks(reading: FormReading) -> FormReading:
    """The form alone: doubts, repairs and places in somebody's file are not for the public."""
    return FormReading(reading.form)
