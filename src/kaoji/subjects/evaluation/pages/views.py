"""Evaluations: commission one, score it as an expert, report it, hand out the report."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kaoji.core.speech import say
from kaoji.documents.render.evaluation import render_evaluation
from kaoji.documents.render.sheet import UnableToWrite
from kaoji.platform.notices.actions.notify import people_at
from kaoji.platform.organisation.actions.permission import RIGHTS_OF_LEVEL
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.ui import saying
from kaoji.platform.ui.acting import attempt
from kaoji.platform.ui.files_out import as_file
from kaoji.platform.ui.numbers import number_in
from kaoji.platform.ui.typed import day_in, file_in_form, number_in_form
from kaoji.scoring.experts import COMBINATION_NAMES
from kaoji.standards.evaluations import EvaluationFrame, evaluation_frames
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.declarations.pages.access import approved_for, usual_day
from kaoji.subjects.declarations.queries.reach import declarations_of
from kaoji.subjects.evaluation.actions.commission_evaluation import commission_evaluation
from kaoji.subjects.evaluation.actions.reply_to_evaluation import reply_to_evaluation
from kaoji.subjects.evaluation.actions.report_evaluation import paper_of, report_evaluation
from kaoji.subjects.evaluation.actions.score_evaluation import score_evaluation
from kaoji.subjects.evaluation.models import Evaluation
from kaoji.subjects.evaluation.pages.third_party import contract_in, third_party_of
from kaoji.subjects.evaluation.queries import latest_sheets, may_see_scores
from kaoji.subjects.results.queries.results import results_of
from kaoji.workflow.following import LEVEL_NAMES, REPLY_NAMES
from kaoji.workflow.places import PlaceKind
from kaoji.workflow.roles import MAY_EVALUATE, MAY_FILE, MAY_FOLLOW, MAY_VIEW

PER_PAGE = 50
_FORMS = {"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
          "pdf": "application/pdf"}  # fmt: skip


@require_safe
@permission_required(MAY_VIEW, raise_exception=True)
def evaluations(request: HttpRequest) -> HttpResponse:
    """All in the person's reach, what is to be scored by the person first."""
    person: Any = request.user
    found = (
        Evaluation.objects.filter(declaration__in=declarations_of(person))
        .select_related("declaration__organisation", "agency", "report")
        .order_by("-commissioned_at")
    )
    mine = found.filter(experts=person, report=None).exclude(sheets__expert=person)
    context = {
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "mine": mine if person.has_perm(MAY_EVALUATE) else [],
        "levels": LEVEL_NAMES,
    }
    return render(request, "evaluation/pages/evaluations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(MAY_VIEW, raise_exception=True)
def of_declaration(request: HttpRequest, pk: int) -> HttpResponse:
    """The evaluations of one promise; commission one."""
    declaration = approved_for(request, pk)
    experts = sorted(
        people_at(declaration.organisation, [MAY_EVALUATE], now=timezone.now()),
        key=lambda person: person.username,
    )
    status: int | None = 200
    if request.method == "POST":
        status = attempt(
            request,
            lambda person, now: _commission(request, declaration, experts, person, now),
            confirmed=say("评价已组织，专家已收到通知"),
        )
        if status is None:
            return redirect("declaration-evaluations", pk)
    levels = [
        (level, LEVEL_NAMES[level])
        for level, right in RIGHTS_OF_LEVEL.items()
        if request.user.has_perm(right, declaration)
    ]
    found = declaration.evaluations.select_related("agency", "report")
    context = {
        "declaration": declaration,
        "found": found,
        "levels": levels if request.user.has_perm(MAY_FOLLOW, declaration) else [],
        "level_names": LEVEL_NAMES,
        "experts": experts,
        "frames": evaluation_frames().values(),
        "combinations": COMBINATION_NAMES.items(),
        "agencies": Organisation.objects.filter(kind=PlaceKind.AGENCY),
        "typed": request.POST,
        "chosen": request.POST.getlist("experts"),
    }
    return render(
        request, "evaluation/pages/of_declaration.html", context, status=status or 200
    )


def _commission(
    request: HttpRequest,
    declaration: Declaration,
    experts: list[User],
    person: User,
    now: datetime,
) -> Evaluation:
    wanted = request.POST.getlist("experts")
    agency = Organisation.objects.filter(
        kind=PlaceKind.AGENCY, pk=number_in(request.POST.get("agency")) or 0
    ).first()
    return commission_evaluation(
        declaration,
        level=request.POST.get("level", ""),
        frame=request.POST.get("frame", ""),
        combination=request.POST.get("combination", ""),
        experts=[expert for expert in experts if str(expert.pk) in wanted],
        agency=agency,
        contract=contract_in(request),
        due_on=day_in(request.POST.get("due_on", "")),
        acting_user=person,
        now=now,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(MAY_VIEW, raise_exception=True)
def evaluation(request: HttpRequest, pk: int) -> HttpResponse:
    """One evaluation: the expert's own sheet to fill in, the sheets so far, the report."""
    held = evaluation_for(request, pk)
    frame = evaluation_frames()[held.frame]
    if request.method != "POST":
        return page_of(request, held, frame)
    status = attempt(
        request,
        lambda person, now: score_evaluation(
            held,
            scores=_scores(request, frame),
            opinion=request.POST.get("opinion", ""),
            is_independent="independent" in request.POST,
            acting_user=person,
            now=now,
        ),
        confirmed=say("评分已存"),
    )
    if status is not None:
        return page_of(request, held, frame, status=status)
    return redirect("evaluation", pk)


@require_POST
@permission_required(MAY_VIEW, raise_exception=True)
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Combine the sheets into the report."""
    held = evaluation_for(request, pk)
    status = attempt(
        request,
        lambda person, now: report_evaluation(
            held,
            findings=request.POST.get("findings", ""),
            advice=request.POST.get("advice", ""),
            acting_user=person,
            now=now,
        ),
        confirmed=say("评价报告已出具"),
    )
    return answered(request, held, status)


@require_POST
@permission_required(MAY_VIEW, raise_exception=True)
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """What the unit says of the report, or the answer to it."""
    held = evaluation_for(request, pk)
    made = getattr(held, "report", None)
    if made is None:
        raise Http404
    status = attempt(
        request,
        lambda person, now: reply_to_evaluation(
            made,
            request.POST.get("kind", ""),
            text=request.POST.get("text", ""),
            file=file_in_form(request, "file"),
            acting_user=person,
            now=now,
        ),
    )
    return answered(request, held, status)


@require_safe
@permission_required(MAY_VIEW, raise_exception=True)
def reply_file(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The file that came with a reply."""
    made = getattr(evaluation_for(request, pk), "report", None)
    if made is None:
        raise Http404
    held = get_object_or_404(made.replies.exclude(document=None), pk=number)
    return as_file(bytes(held.document.content), held.document.name)


@require_safe
@permission_required(MAY_VIEW, raise_exception=True)
def report_document(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The report: the Word file as it was filed, or the same as PDF."""
    held = evaluation_for(request, pk)
    made = getattr(held, "report", None)
    if made is None or form not in _FORMS:
        raise Http404
    name = f"{held.declaration.year}-{held.declaration.project_name}-绩效评价报告.{form}"
    if form == "docx":
        return as_file(bytes(made.document.content), name, _FORMS[form])
    try:
        return as_file(render_evaluation(paper_of(made), form), name, _FORMS[form])
    except UnableToWrite as refusal:
        saying.tell(request, refusal.sentence)
        return redirect("evaluation", pk)


def answered(request: HttpRequest, held: Evaluation, status: int | None) -> HttpResponse:
    """The page again: with what was typed and why it was refused, or anew once it is done."""
    if status is not None:
        return page_of(request, held, evaluation_frames()[held.frame], status=status)
    return redirect("evaluation", held.pk)


def evaluation_for(request: HttpRequest, pk: int) -> Evaluation:
    """The evaluation, for who may see its promise; for others there is none."""
    person: Any = request.user
    return get_object_or_404(
        Evaluation.objects.filter(declaration__in=declarations_of(person)).select_related(
            "declaration__organisation", "agency", "report__document", "report__feedback"
        ),
        pk=pk,
    )


def page_of(
    request: HttpRequest, held: Evaluation, frame: EvaluationFrame, *, status: int = 200
) -> HttpResponse:
    """The page of an evaluation."""
    person: Any = request.user
    sheets = latest_sheets(held)
    mine = next((sheet for sheet in sheets if sheet.expert_id == person.pk), None)
    made = getattr(held, "report", None)
    is_expert = held.experts.filter(pk=person.pk).exists()
    judges = person.has_perm(RIGHTS_OF_LEVEL[held.level], held.declaration)
    sees_all = may_see_scores(person, held)
    heads = []
    number = 0
    for name, points in frame.heads:
        rows = []
        for point in points:
            kept = mine.scores.get(point.name, {}) if mine else {}
            rows.append(
                {
                    "point": point,
                    "number": number,
                    "score": request.POST.get(f"score.{number}", kept.get("score", "")),
                    "remark": request.POST.get(f"remark.{number}", kept.get("remark", "")),
                    "combined": made.scores.get(point.name) if made else None,
                    "others": [sheet.scores[point.name] for sheet in sheets if sees_all],
                }
            )
            number += 1
        heads.append((name, rows))
    context = {
        "held": held,
        "declaration": held.declaration,
        "source": frame.source,
        "heads": heads,
        "sheets": sheets if sees_all else [sheet for sheet in sheets if sheet is mine],
        "waiting": held.experts.exclude(pk__in=[sheet.expert_id for sheet in sheets]),
        "report": made,
        **_replies(person, held, judges=judges),
        "may_score": is_expert
        and made is None
        and person.has_perm(MAY_EVALUATE, held.declaration),
        "may_report": judges and made is None,
        **third_party_of(person, held),
        "feedback": getattr(made, "feedback", None),
        "may_feed_back": judges and made is not None and not hasattr(made, "feedback"),
        "level": LEVEL_NAMES[held.level],
        "combination": COMBINATION_NAMES[held.combination],
        "results": results_of(held.declaration, as_of=usual_day(held.declaration)),
        "opinion": request.POST.get("opinion", mine.opinion if mine else ""),
        "typed": request.POST,
    }
    return render(request, "evaluation/pages/evaluation.html", context, status=status)


def _replies(person: Any, held: Evaluation, *, judges: bool) -> dict[str, Any]:
    """What was said of the report, and what this person may say now."""
    made = getattr(held, "report", None)
    if made is None:
        return {}
    replies = list(
        made.replies.select_related("made_by", "document").defer("document__content")
    )
    last = replies[-1].kind if replies else ""
    files = person.has_perm(MAY_FILE, held.declaration)
    kinds = ["accept", "object"] if files and last != "accept" else []
    kinds += ["answer"] if judges and last == "object" else []
    return {"replies": replies, "reply_kinds": [(kind, REPLY_NAMES[kind]) for kind in kinds]}


def _scores(request: HttpRequest, frame: EvaluationFrame) -> dict[str, tuple[Decimal, str]]:
    found = {}
    for number, point in enumerate(frame.points):
        score = number_in_form(request.POST.get(f"score.{number}", ""))
        if score is not None:
            found[point.name] = score, request.POST.get(f"remark.{number}", "")
    return found
