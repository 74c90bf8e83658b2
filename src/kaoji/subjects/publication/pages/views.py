"""The public side: no account, no findings, no names of people, and only what was published."""

from __future__ import annotations

from urllib.parse import quote

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kaoji.documents.reading import FormReading
from kaoji.documents.render.sheet import UnableToWrite
from kaoji.platform.middleware.limits import PUBLIC_FILES, PUBLIC_SEARCHES, limited
from kaoji.platform.ui import saying
from kaoji.platform.ui.days import month_name
from kaoji.platform.ui.drawing import columns, tally
from kaoji.platform.ui.numbers import number_in
from kaoji.platform.ui.paging import counted, for_half_a_minute
from kaoji.platform.ui.sums import scale_of_columns, ten_thousands_in_text
from kaoji.subjects.declarations.actions.stored_reading import reading_of
from kaoji.subjects.declarations.models import Declaration, Revision
from kaoji.subjects.declarations.pages.sheet_notes import annotate
from kaoji.subjects.declarations.pages.writers import WRITERS
from kaoji.subjects.publication.pages.plain_words import first_sentences, promises_of
from kaoji.subjects.publication.queries.published import (
    Asked,
    by_month,
    choices,
    found_by,
    published,
    results_for_all,
    sums_of,
)
from kaoji.subjects.results.queries.results import Results

PER_PAGE = 50
_LONGEST_QUERY = 100
_GONE = 410
GRADES = ("优", "良", "中", "差")

# What the official form can be taken as, and what people call it.
_FILES = (
    ("docx", "Word"), ("xlsx", "Excel"), ("pdf", "PDF"), ("html", "HTML"), ("json", "JSON"),
)  # fmt: skip


@login_not_required
@require_safe
@limited(PUBLIC_SEARCHES, when=lambda request: bool(request.GET.get("q")))
def published_list(request: HttpRequest) -> HttpResponse:
    """The public home: what is promised with how much money, and what became of it; newest year first."""
    asked = asked_in(request)
    found = found_by(asked)
    today = timezone.localdate()
    sums = for_half_a_minute(f"public:{today}:{asked}", lambda: sums_of(found))
    shown = found.defer("search_text").select_related("settled")
    page = counted(shown, PER_PAGE, sums["count"]).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(item, _tally(item) if item.is_final else "") for item in page],
        "sums": sums,
        "missed": (sums["promised"] or 0) - (sums["met"] or 0),
        "asked": asked,
        "query": request.GET.urlencode(),
        "grades": GRADES,
        "this_year": today.year,
        **for_half_a_minute(f"public-choices:{today}", choices),
    }
    return render(request, "publication/pages/list.html", context)


def asked_in(request: HttpRequest) -> Asked:
    """The question in the address."""
    given = request.GET
    return Asked(
        words=given.get("q", "")[:_LONGEST_QUERY].strip(),
        year=number_in(given.get("year")),
        unit=given.get("unit", "")[:_LONGEST_QUERY],
        grade=given.get("grade", "") if given.get("grade") in GRADES else "",
        missed=given.get("missed") == "1",
    )


def _tally(item: Declaration) -> SafeString:
    """The promises of one project as a row of blocks."""
    settled = item.settled
    words = _("%(whole)s 项承诺达成 %(met)s 项") % {
        "whole": settled.indicators,
        "met": settled.met,
    }
    return tally(words, settled.met, settled.indicators)


@login_not_required
@require_safe
def published_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One promise: plainly said, promise by promise with what became of it, and as the official form.

    A withdrawn one says so.
    """
    declaration = published().filter(pk=pk).select_related("settled__evaluation").first()
    if declaration is None:
        return _withdrawn(request, get_object_or_404(Declaration, pk=pk))
    revision = declaration.revisions.get(number=declaration.public_revision or 0)
    reading = _without_remarks(reading_of(revision))
    results = results_for_all(declaration)
    context = {
        "declaration": declaration,
        "approved": declaration.approvals.get(revision_number=revision.number),
        "revision": revision,
        "form": reading.form,
        "goal": first_sentences(reading.form.annual_goal or "", room=110),
        "promises": list(promises_of(reading.form)),
        "files": _FILES,
        "noted": annotate(reading, []),
        "results": results,
        "settled": declaration.settled if results else None,
        "tally": _tally(declaration) if results else "",
        "months": _months(results) if results and results.months else "",
    }
    return render(request, "publication/pages/page.html", context)


def _withdrawn(request: HttpRequest, declaration: Declaration) -> HttpResponse:
    """What was public once says so; what never was is not there."""
    if declaration.publication != Declaration.Publication.WITHDRAWN:
        raise Http404
    event = declaration.events.filter(type="declaration.withdraw").latest("sequence")
    shown = declaration.approvals.get(revision_number=declaration.public_revision or 0)
    context = {"approved": shown, "since": event.at}
    return render(request, "publication/pages/withdrawn.html", context, status=_GONE)


def _months(results: Results) -> tuple[SafeString, str]:
    """What was spent month by month, and what the picture counts in."""
    amounts = by_month(results)
    scale = scale_of_columns(amounts)
    most = max(range(12), key=lambda place: amounts[place])
    words = _("各月用款：%(month)s %(amount)s 万元最多") % {
        "month": month_name(most + 1),
        "amount": ten_thousands_in_text(amounts[most]),
    }
    names = [month_name(month) for month in range(1, 13)]
    return columns(
        words, names, [scale.of(item) for item in amounts], digits=scale.digits
    ), scale.unit


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
    public = published().filter(pk=declaration.pk).exists()
    if not public or declaration.public_revision is None:
        raise Http404
    return declaration.revisions.get(number=declaration.public_revision)


def _without_remarks(reading: FormReading) -> FormReading:
    """The form alone: doubts, repairs and places in somebody's file are not for the public."""
    return FormReading(reading.form)
