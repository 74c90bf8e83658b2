"""Surveys of a project: open one, hand out its link, QR code and codes, enter paper, see the answers."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import datetime
from typing import Any

import segno
from django.conf import settings
from django.contrib.auth.decorators import login_not_required, permission_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kaoji.actions.answer_survey import answer_survey, enter_paper_answer
from kaoji.actions.open_survey import SurveyPlan, open_survey
from kaoji.actions.permission import UnableToAct
from kaoji.core.speech import say
from kaoji.measuring.intervals import wilson
from kaoji.records.models import Survey, SurveyAnswer
from kaoji.web import saying
from kaoji.web.acting import attempt
from kaoji.web.files_out import as_file
from kaoji.web.results.views import approved_for
from kaoji.web.typed import day_in, whole_in_form
from kaoji.workflow.roles import MAY_FILE, MAY_VIEW

_MARKS = ("5", "4", "3", "2", "1")
_SATISFIED, _USUAL_MINIMUM, _SCALE = {"4", "5"}, 30, 5
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
    return render(request, "evidence/surveys.html", context, status=status or 200)


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
        "results": [_result(item, answers) for item in held.questions],
        "marks": _MARKS,
        "typed": request.POST,
        "today": timezone.localdate(),
        "may_file": request.user.has_perm(MAY_FILE, declaration),
    }
    return render(request, "evidence/survey.html", context, status=status or 200)


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


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The questionnaire, for whoever has the link: no account, and who answers is not kept."""
    held = get_object_or_404(Survey, token=token)
    status = 200
    if request.method == "POST":
        answers = {item["id"]: request.POST.get(item["id"], "") for item in held.questions}
        try:
            answer_survey(held, answers, code=request.POST.get("code", ""), now=timezone.now())
        except UnableToAct as refusal:
            saying.tell(request, refusal.sentence)
            status = _CONFLICT
        else:
            return render(request, "evidence/thanks.html", {"survey": held})
    context = {
        "survey": held,
        "marks": _MARKS,
        "typed": request.POST,
        "code": request.POST.get("code") or request.GET.get("code", ""),
        "is_open": held.opens_on <= timezone.localdate() <= held.closes_on,
    }
    return render(request, "evidence/answer.html", context, status=status)


def _address(request: HttpRequest, held: Survey) -> str:
    path = reverse("answer-survey", args=[held.token])
    return (
        f"{settings.SITE_ADDRESS}{path}"
        if settings.SITE_ADDRESS
        else request.build_absolute_uri(path)
    )


def _result(question: dict[str, str], answers: list[SurveyAnswer]) -> dict[str, Any]:
    """How often each mark was given, the share of the satisfied and its interval."""
    marks = [item.answers[question["id"]] for item in answers if question["id"] in item.answers]
    satisfied = sum(mark in _SATISFIED for mark in marks)
    counts = Counter(marks)
    return {
        "question": question,
        "counts": [counts[mark] for mark in _MARKS],
        "count": len(marks),
        "share": 100 * satisfied / len(marks) if marks else None,
        "interval": wilson(satisfied, len(marks)) if marks else None,
    }


def _plan(request: HttpRequest) -> SurveyPlan:
    given = request.POST
    return SurveyPlan(
        given.get("title", ""),
        given.get("audience", ""),
        given.get("questions", "").splitlines(),
        day_in(given.get("opens_on", "")),
        day_in(given.get("closes_on", "")),
        whole_in_form(given.get("minimum", "")) or _USUAL_MINIMUM,
        whole_in_form(given.get("population", "")),
        whole_in_form(given.get("sample_size", "")),
        given.get("seed", ""),
        given.get("is_open_to_all") == "on",
    )
