"""Surveys of a project: open one, hand out its link, QR code and codes, enter paper, see the answers."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import datetime
from typing import Any

import segno
from django.conf import settings
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kaoji.core.speech import Sentence, say
from kaoji.documents.answer_sheet import columns_of
from kaoji.measuring.intervals import wilson
from kaoji.measuring.questionnaire import MARKS
from kaoji.platform.imports.pages.empty_sheet import XLSX, empty_sheet
from kaoji.platform.ui.acting import attempt
from kaoji.platform.ui.files_out import as_file
from kaoji.platform.ui.typed import day_in, whole_in_form
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.declarations.pages.access import approved_for
from kaoji.subjects.surveys.actions.answer_survey import enter_paper_answer
from kaoji.subjects.surveys.actions.look_at_answers import look_at_answers
from kaoji.subjects.surveys.actions.open_survey import SurveyPlan, open_survey
from kaoji.subjects.surveys.models import Survey, SurveyAnswer
from kaoji.subjects.surveys.queries import open_answers
from kaoji.workflow.roles import MAY_FILE, MAY_VIEW

_SATISFIED, _USUAL_MINIMUM, _SCALE = {"4", "5"}, 30, 5
_TEXTS_SHOWN = 50
_CONFLICT = 409


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(MAY_VIEW, raise_exception=True)
def surveys(request: HttpRequest, pk: int) -> HttpResponse:
    """The surveys of a project; open one."""
    declaration = approved_for(request, pk)
    status: int | None = 200
    if request.method == "POST":
        made: list[Survey] = []

        def act(person: User, now: datetime) -> object:
            made.append(open_survey(declaration, _plan(request), acting_user=person, now=now))
            return made[0]

        status = attempt(request, act, confirmed=say("问卷已开设"))
        if status is None:
            return redirect("survey", pk, made[0].pk)
    context = {
        "declaration": declaration,
        "surveys": declaration.surveys.all(),
        "typed": request.POST,
        "may_file": request.user.has_perm(MAY_FILE, declaration),
        "usual_minimum": _USUAL_MINIMUM,
    }
    return render(request, "surveys/pages/surveys.html", context, status=status or 200)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(MAY_VIEW, raise_exception=True)
def survey(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One survey: link and QR code, answers by question, entry of paper."""
    declaration = approved_for(request, pk)
    held = get_object_or_404(declaration.surveys, pk=number)
    status: int | None = 200
    if request.method == "POST":
        status = attempt(
            request,
            lambda person, now: enter_paper_answer(
                held,
                {item["id"]: request.POST.get(item["id"], "") for item in held.questions},
                code=request.POST.get("code", ""),
                on=day_in(request.POST.get("on", "")),
                acting_user=person,
                now=now,
            ),
        )
        if status is None:
            return redirect("survey", pk, number)
    return survey_page(request, declaration, held, status=status or 200)


@require_safe
@permission_required(MAY_VIEW, raise_exception=True)
def template(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The empty sheet of a survey: a column for each question."""
    held = get_object_or_404(approved_for(request, pk).surveys, pk=number)
    captions = [item.title for item in columns_of(held.questions)]
    return as_file(
        empty_sheet(
            "答卷", captions, {at + 2: _choices(item) for at, item in enumerate(held.questions)}
        ),
        f"{held.title}-答卷.xlsx",
        XLSX,
    )


def _choices(question: dict[str, Any]) -> list[str]:
    """What a cell of the question may hold; nothing for free text."""
    if question["kind"] == "scale":
        return list(MARKS)
    return list(question.get("choices", []))


def survey_page(
    request: HttpRequest,
    declaration: Declaration,
    held: Survey,
    *,
    refusals: tuple[Sentence, ...] = (),
    status: int = 200,
) -> HttpResponse:
    """One survey with what came back; what stands against a sheet is said above."""
    answers = list(held.given.only("answers", "channel"))
    address = _address(request, held)
    context = {
        "declaration": declaration,
        "survey": held,
        "address": address,
        "picture": segno.make(address).svg_data_uri(scale=_SCALE, dark="#1d2327", light="#fff"),
        "count": len(answers),
        "channels": [
            (SurveyAnswer.Channel(key).label, count)
            for key, count in Counter(item.channel for item in answers).items()
        ],
        "scales": [_scale(item, answers) for item in _of_kind(held, "scale")],
        "choices": [_chosen(item, answers) for item in _of_kind(held, "choice")],
        "texts": [
            (item, _given(item, answers)[-_TEXTS_SHOWN:]) for item in _of_kind(held, "text")
        ],
        "questions": typed_answers(request, held),
        "marks": MARKS,
        "refusals": refusals,
        "came": open_answers(held),
        "typed": request.POST,
        "today": timezone.localdate(),
        "may_file": request.user.has_perm(MAY_FILE, declaration),
    }
    return render(request, "surveys/pages/survey.html", context, status=status)


@require_safe
@permission_required(MAY_FILE, raise_exception=True)
def codes(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The numbers that were drawn, with the address for each: to be printed on letters."""
    declaration = approved_for(request, pk)
    held = get_object_or_404(declaration.surveys, pk=number)
    if not request.user.has_perm(MAY_FILE, declaration):
        return HttpResponse(status=403)
    text = io.StringIO()
    lines = csv.writer(text)
    lines.writerow(["抽中的序号", "答题码", "链接"])
    for item in held.codes.all():
        lines.writerow([item.number, item.code, f"{_address(request, held)}?code={item.code}"])
    return as_file(
        "\ufeff" + text.getvalue(), f"{held.title}-答题码.csv", "text/csv; charset=utf-8"
    )


@require_POST
@permission_required(MAY_VIEW, raise_exception=True)
def look(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Say that one has looked at what came in by the open link."""
    declaration = approved_for(request, pk)
    held = get_object_or_404(declaration.surveys, pk=number)
    remark = request.POST.get("remark", "")
    status = attempt(
        request,
        lambda person, now: look_at_answers(held, remark=remark, acting_user=person, now=now),
    )
    if status is not None:
        return survey_page(request, declaration, held, status=status)
    return redirect("survey", pk, number)


def _address(request: HttpRequest, held: Survey) -> str:
    path = reverse("answer-survey", args=[held.token])
    return (
        f"{settings.SITE_ADDRESS}{path}"
        if settings.SITE_ADDRESS
        else request.build_absolute_uri(path)
    )


def typed_answers(request: HttpRequest, held: Survey) -> list[dict[str, Any]]:
    """The questions with what was typed, so that a refusal loses nothing."""
    return [{**item, "typed": request.POST.get(item["id"], "")} for item in held.questions]


def _of_kind(held: Survey, kind: str) -> list[dict[str, Any]]:
    return [item for item in held.questions if item["kind"] == kind]


def _given(question: dict[str, Any], answers: list[SurveyAnswer]) -> list[str]:
    return [item.answers[question["id"]] for item in answers if question["id"] in item.answers]


def _chosen(question: dict[str, Any], answers: list[SurveyAnswer]) -> dict[str, Any]:
    """How often each choice was made, its share and the interval of it."""
    given = _given(question, answers)
    counts = Counter(given)
    return {
        "question": question,
        "count": len(given),
        "rows": [
            (
                choice,
                counts[choice],
                100 * counts[choice] / len(given) if given else None,
                wilson(counts[choice], len(given)) if given else None,
            )
            for choice in question["choices"]
        ],
    }


def _scale(question: dict[str, Any], answers: list[SurveyAnswer]) -> dict[str, Any]:
    """How often each mark was given, the share of the satisfied and its interval."""
    marks = _given(question, answers)
    satisfied = sum(mark in _SATISFIED for mark in marks)
    counts = Counter(marks)
    return {
        "question": question,
        "counts": [counts[mark] for mark in MARKS],
        "count": len(marks),
        "share": 100 * satisfied / len(marks) if marks else None,
        "interval": wilson(satisfied, len(marks)) if marks else None,
    }


def _plan(request: HttpRequest) -> SurveyPlan:
    given = request.POST
    minimum = whole_in_form(given.get("minimum", ""))
    return SurveyPlan(
        given.get("title", ""),
        given.get("audience", ""),
        given.get("questions", "").splitlines(),
        day_in(given.get("opens_on", "")),
        day_in(given.get("closes_on", "")),
        _USUAL_MINIMUM if minimum is None else minimum,
        whole_in_form(given.get("population", "")),
        whole_in_form(given.get("sample_size", "")),
        given.get("seed", ""),
        given.get("is_open_to_all") == "on",
    )
