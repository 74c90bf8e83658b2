"""The results of one promise as of a day, and the steps by which they come in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, cast
from urllib.parse import quote

from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kaoji.actions.file_self_evaluation import file_self_evaluation
from kaoji.actions.permission import UnableToAct
from kaoji.actions.record_result import record_actual, record_spending
from kaoji.core.outcome_notation import parse_with_outcome
from kaoji.core.period import UnreadableDate, read_date
from kaoji.core.speech import say
from kaoji.documents.read.text import MAX_BYTES
from kaoji.documents.reading import FormReading
from kaoji.documents.render.sheet import UnableToWrite
from kaoji.records.models import Declaration
from kaoji.records.results import results_of
from kaoji.scoring.admissible import TIERS
from kaoji.standards.scoring import NoScoringPolicy
from kaoji.web import saying
from kaoji.web.access import declaration_for, refused
from kaoji.web.declarations.writers import WRITERS
from kaoji.workflow.roles import MAY_FILE, MAY_VIEW

_LAYOUT = "self-evaluation-2020"


@require_safe
@permission_required(MAY_VIEW, raise_exception=True)
def results_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What is known as of the day that the address names, else today or the year's end."""
    return _page(request, _approved(request, pk))


@require_POST
@permission_required(MAY_VIEW, raise_exception=True)
def actual(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter an actual value, with a file if there is one."""
    declaration, given = _approved(request, pk), request.POST
    file = request.FILES.get("evidence")

    def act(person: User, now: datetime) -> object:
        if file is not None and (file.size or 0) > MAX_BYTES:
            raise UnableToAct(say("文件超过 {most} MB", most=MAX_BYTES // 1_000_000))
        return record_actual(
            declaration,
            place=given.get("place", ""),
            as_of=_day(given.get("as_of", "")),
            value=given.get("value", ""),
            reason=given.get("reason", ""),
            score=_number(given.get("score", "")),
            evidence=(file.name or "evidence", file.read()) if file else None,
            acting_user=person,
            now=now,
        )

    return _done(request, declaration, act)


@require_POST
@permission_required(MAY_VIEW, raise_exception=True)
def spending(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter what a month cost."""
    declaration, given = _approved(request, pk), request.POST

    def act(person: User, now: datetime) -> object:
        amount = _number(given.get("amount", ""))
        if amount is None:
            raise UnableToAct(say("请填写执行数（元）"))
        month = _day(f"{given.get('month', '')}-01")
        return record_spending(
            declaration, month=month, amount=amount, acting_user=person, now=now
        )

    return _done(request, declaration, act)


@require_POST
@permission_required(MAY_VIEW, raise_exception=True)
def file_evaluation(request: HttpRequest, pk: int) -> HttpResponse:
    """File the self-evaluation of the year."""
    declaration = _approved(request, pk)
    goal_done = request.POST.get("goal_done", "")
    return _done(
        request,
        declaration,
        lambda person, now: file_self_evaluation(
            declaration, goal_done=goal_done, acting_user=person, now=now
        ),
    )


@require_safe
@permission_required(MAY_VIEW, raise_exception=True)
def evidence(request: HttpRequest, pk: int, actual: int) -> HttpResponse:
    """The file that shows an actual value, to be saved, never to be shown by the browser."""
    declaration = _approved(request, pk)
    held = get_object_or_404(declaration.actuals.select_related("document"), pk=actual)
    if held.document is None:
        raise Http404
    response = HttpResponse(
        bytes(held.document.content), content_type="application/octet-stream"
    )
    name = quote(held.document.name)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response


@require_safe
@permission_required(MAY_VIEW, raise_exception=True)
def evaluation(request: HttpRequest, pk: int, number: int, form: str) -> HttpResponse:
    """A filed self-evaluation: the notation that `kaoji score` recomputes, or the official form."""
    declaration = _approved(request, pk)
    held = get_object_or_404(declaration.self_evaluations, number=number)
    if form == "txt":
        written: str | bytes = held.content
        media_type = "text/plain"
    elif form in WRITERS and form != "json":
        what, outcome = parse_with_outcome(held.content)
        reading = FormReading(
            replace(what, layout=_LAYOUT), kind="self_evaluation", outcome=outcome
        )
        media_type, write = WRITERS[form]
        try:
            written = write(reading)
        except UnableToWrite as refusal:
            saying.tell(request, refusal.sentence)
            return redirect("results", pk)
    else:
        raise Http404
    response = HttpResponse(written, content_type=f"{media_type}; charset=utf-8")
    name = quote(f"{declaration.year}-{declaration.project_name}-自评{number}.{form}")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response


def _approved(request: HttpRequest, pk: int) -> Declaration:
    """Results belong to what was approved."""
    declaration = declaration_for(request, pk)
    if declaration.approved_revision is None:
        raise Http404
    return declaration


def _page(request: HttpRequest, declaration: Declaration, *, status: int = 200) -> HttpResponse:
    person = cast("User", request.user)
    as_of = _as_of(request, declaration)
    try:
        results = results_of(declaration, as_of=as_of)
    except NoScoringPolicy as refusal:
        saying.tell(request, refusal.sentence)
        return redirect("declaration", declaration.pk)
    context = {
        "declaration": declaration,
        "results": results,
        "rows": list(zip(results.rows, results.card.rows, strict=True)),
        "tiers": TIERS,
        "may_file": person.has_perm(MAY_FILE, declaration),
        "evaluations": declaration.self_evaluations.select_related("filed_by"),
        "typed": request.POST,
    }
    return render(request, "results/page.html", context, status=status)


def _as_of(request: HttpRequest, declaration: Declaration) -> date:
    end = date(declaration.year or timezone.localdate().year, 12, 31)
    try:
        return read_date(request.GET["as_of"])
    except (KeyError, UnreadableDate):
        return min(end, timezone.localdate())


def _done(
    request: HttpRequest, declaration: Declaration, act: Callable[[User, datetime], object]
) -> HttpResponse:
    try:
        act(cast("User", request.user), timezone.now())
    except UnableToAct as refusal:
        return _page(request, declaration, status=refused(request, refusal))
    saying.confirm(request, say("已记下"))
    return redirect(reverse("results", args=[declaration.pk]))


def _day(text: str) -> date:
    try:
        return read_date(text)
    except UnreadableDate as refusal:
        raise UnableToAct(refusal.sentence) from refusal


def _number(text: str) -> Decimal | None:
    """A number as typed, thousands separators allowed; None for a blank."""
    plain = text.replace(",", "").replace("，", "").strip()
    if not plain:
        return None
    try:
        number: Any = Decimal(plain)
    except InvalidOperation:
        number = None
    if (
        number is None
        or not number.is_finite()
        or abs(number) >= 10**15
        or number != round(number, 2)
    ):
        raise UnableToAct(say("“{typed}”不是金额或分数，最多两位小数", typed=text))
    return cast("Decimal", number)
