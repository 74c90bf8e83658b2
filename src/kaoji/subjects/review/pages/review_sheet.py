"""The reviewer's page: the review sheet by its heads, with all that helps to answer it beside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import quote

from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kaoji.core.speech import say
from kaoji.documents.render.docx import render_docx
from kaoji.documents.render.review import FilledReview, review_sheet
from kaoji.platform.refusals import UnableToAct
from kaoji.platform.ui import saying
from kaoji.platform.ui.acting import refused
from kaoji.platform.ui.numbers import number_in
from kaoji.standards.reviews import (
    ReviewPoint,
    ReviewTemplate,
    review_template,
    template_named,
)
from kaoji.subjects.declarations.actions.stored_reading import reading_of
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.declarations.pages.access import declaration_for
from kaoji.subjects.declarations.pages.sheet_notes import Note, annotate
from kaoji.subjects.declarations.pages.shown import stored_notes
from kaoji.subjects.declarations.queries.beside import (
    earlier_declaration,
    last_year,
    money_over_the_years,
    promises_beside,
    results_beside,
)
from kaoji.subjects.review.actions.write_review import Answer, write_review
from kaoji.subjects.review.models import Review
from kaoji.subjects.review.pages.under_review import may_comment
from kaoji.subjects.review.queries.queue import neighbours
from kaoji.subjects.review.queries.review_sheets import may_see_sheets
from kaoji.workflow.moves import PART_NAMES, Part
from kaoji.workflow.roles import MAY_VIEW

_KINDS = ("general", "key")
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Question:
    """One point of the sheet, what the rules found that bears on it, what was answered."""

    number: int
    point: ReviewPoint
    notes: list[Note]
    answer: Answer


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(MAY_VIEW, raise_exception=True)
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the sheet; keep what was filled in, or say what it lacks with nothing lost."""
    declaration = _declaration(request, pk)
    template = _template(request)
    if request.method != "POST":
        return _page(request, declaration, template)
    answers = {
        point.name: Answer(
            request.POST.get(f"remark.{number}", ""), request.POST.get(f"score.{number}", "")
        )
        for number, point in enumerate(template.points)
    }
    person: Any = request.user
    try:
        made = write_review(
            declaration,
            template,
            revision=number_in(request.POST.get("revision")) or 0,
            answers=answers,
            grade=request.POST.get("grade", ""),
            remark=request.POST.get("remark", ""),
            acting_user=person,
            now=timezone.now(),
        )
    except UnableToAct as refusal:
        status = refused(request, refusal)
        return _page(request, declaration, template, answers=answers, status=status)
    saying.confirm(request, say("审核表已存，评为“{grade}”", grade=made.grade))
    return redirect("declaration", pk)


@require_safe
@permission_required(MAY_VIEW, raise_exception=True)
def review_document(request: HttpRequest, pk: int, review: int) -> HttpResponse:
    """A review sheet as it was filled in, in Word."""
    declaration = _declaration(request, pk)
    held = declaration.reviews.select_related("made_by").filter(pk=review).first()
    if held is None:
        raise Http404
    template = template_named(held.template)
    reading = reading_of(declaration.revisions.get(number=held.revision_number))
    sheet = review_sheet(reading, template, filled_in(held))
    response = HttpResponse(render_docx([sheet]), content_type=_WORD)
    name = quote(f"{declaration.year or 0}-{declaration.project_name}-{template.title}.docx")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response


def _declaration(request: HttpRequest, pk: int) -> Declaration:
    declaration = declaration_for(request, pk)
    person: Any = request.user
    if not may_see_sheets(person, declaration):
        raise PermissionDenied
    return declaration


def filled_in(review: Review) -> FilledReview:
    """A kept review as the document shows it."""
    return FilledReview(
        {name: (answer["remark"], answer["score"]) for name, answer in review.answers.items()},
        review.grade,
        review.score,
        review.remark,
        review.made_by.get_full_name() or review.made_by.get_username(),
        timezone.localtime(review.made_at).date(),
    )


def _template(request: HttpRequest) -> ReviewTemplate:
    asked = request.POST.get("sheet") or request.GET.get("sheet") or _KINDS[0]
    if asked not in _KINDS:
        raise Http404
    return review_template(asked)


def _page(
    request: HttpRequest,
    declaration: Declaration,
    template: ReviewTemplate,
    *,
    answers: dict[str, Answer] | None = None,
    status: int = 200,
) -> HttpResponse:
    revision = declaration.revisions.get(number=declaration.revision_count)
    past = last_year(declaration)
    results = results_beside(earlier_declaration(declaration), on=timezone.localdate())
    reviews = list(declaration.reviews.select_related("made_by"))
    mine = next(
        (
            item
            for item in reviews
            if item.template == template.id
            and item.revision_number == revision.number
            and item.made_by_id == request.user.pk
        ),
        None,
    )
    answers = answers if answers is not None else _kept(mine)
    notes = stored_notes(revision, on=timezone.localdate())
    found = [note for note in notes if note.tone not in {"undecided", "waived"}]
    context = {
        "declaration": declaration,
        "noted": annotate(reading_of(revision), []),
        "queue": neighbours(request.user, declaration),  # type: ignore[arg-type]
        "revision": revision,
        "template": template,
        "kinds": [(kind, review_template(kind)) for kind in _KINDS],
        "heads": list(_heads(template, found, answers)),
        "beside": promises_beside(
            revision.form, past.form if past else None, results.reached if results else None
        ),
        "last_year": results,
        "past": past,
        "money": list(money_over_the_years(declaration)),
        "reviews": [(item, PART_NAMES[Part(item.part)]) for item in reviews],
        "may_review": may_comment(request, declaration),
        "grade": request.POST.get("grade") or (mine.grade if mine else ""),
        "remark": request.POST.get("remark") or (mine.remark if mine else ""),
    }
    return render(request, "review/pages/judge.html", context, status=status)


def _kept(review: Review | None) -> dict[str, Answer]:
    if review is None:
        return {}
    return {
        name: Answer(answer["remark"], answer["score"])
        for name, answer in review.answers.items()
    }


def _heads(
    template: ReviewTemplate, notes: list[Note], answers: dict[str, Answer]
) -> Iterator[tuple[str, list[Question]]]:
    numbered = enumerate(template.points)
    for head, group in groupby(numbered, lambda pair: pair[1].head):
        yield (
            head,
            [
                Question(
                    number,
                    point,
                    [note for note in notes if note.rule and point.is_helped_by(note.rule)],
                    answers.get(point.name, Answer()),
                )
                for number, point in group
            ],
        )
