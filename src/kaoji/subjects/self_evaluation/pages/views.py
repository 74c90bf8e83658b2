"""The results of one promise as of a day, and the steps by which they come in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import cast

from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from kaoji.core.speech import Sentence, say
from kaoji.platform.refusals import UnableToAct
from kaoji.platform.ui import saying
from kaoji.platform.ui.acting import attempt
from kaoji.platform.ui.files_out import as_file
from kaoji.platform.ui.typed import day_asked, day_in, file_in_form, number_in_form
from kaoji.scoring.admissible import TIERS
from kaoji.standards.scoring import NoScoringPolicy
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.declarations.pages.access import approved_for, usual_day
from kaoji.subjects.declarations.pages.frozen import frozen_form
from kaoji.subjects.results.actions.record_actual import record_actual
from kaoji.subjects.results.actions.take_actuals import take_actuals
from kaoji.subjects.results.queries.evidence import Told, answers_of
from kaoji.subjects.results.queries.results import Result, Results, results_of
from kaoji.subjects.self_evaluation.queries import score_in_force
from kaoji.subjects.spending.actions.record_spending import record_spending
from kaoji.workflow.following import SOURCE_NAMES
from kaoji.workflow.roles import MAY_FILE, MAY_VIEW

_LAYOUT = "self-evaluation-2020"


@require_safe
@permission_required(MAY_VIEW, raise_exception=True)
def results_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What is known as of the day that the address names, else today or the year's end."""
    return show(request, approved_for(request, pk))


@require_POST
@permission_required(MAY_VIEW, raise_exception=True)
def actual(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter an actual value, with a file if there is one."""
    declaration, given = approved_for(request, pk), request.POST

    def act(person: User, now: datetime) -> object:
        return record_actual(
            declaration,
            place=given.get("place", ""),
            as_of=day_in(given.get("as_of", "")),
            value=given.get("value", ""),
            reason=given.get("reason", ""),
            score=number_in_form(given.get("score", "")),
            evidence=file_in_form(request, "evidence"),
            acting_user=person,
            now=now,
        )

    return _done(request, declaration, act, say("完成值已填"))


@require_POST
@permission_required(MAY_VIEW, raise_exception=True)
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the values that the evidence gives: of one indicator, or of all."""
    declaration, given = approved_for(request, pk), request.POST
    place = given.get("place", "")
    reasons = {place: given.get("reason", "")} if place and given.get("reason") else {}
    return _done(
        request,
        declaration,
        lambda person, now: take_actuals(
            declaration,
            as_of=day_in(given.get("as_of", "")),
            places=[place] if place else None,
            reasons=reasons,
            acting_user=person,
            now=now,
        ),
        say("完成值已按证据填好"),
    )


@require_POST
@permission_required(MAY_VIEW, raise_exception=True)
def spending(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter what a month cost."""
    declaration, given = approved_for(request, pk), request.POST

    def act(person: User, now: datetime) -> object:
        amount = number_in_form(given.get("amount", ""))
        if amount is None:
            raise UnableToAct(say("请填写执行数（元）"))
        return record_spending(
            declaration,
            month=day_in(f"{given.get('month', '')}-01"),
            amount=amount,
            source=given.get("source", ""),
            acting_user=person,
            now=now,
        )

    return _done(request, declaration, act, say("执行数已填"))


@require_safe
@permission_required(MAY_VIEW, raise_exception=True)
def evidence(request: HttpRequest, pk: int, actual: int) -> HttpResponse:
    """The file that shows an actual value."""
    declaration = approved_for(request, pk)
    held = get_object_or_404(declaration.actuals.select_related("document"), pk=actual)
    if held.document is None:
        raise Http404
    return as_file(bytes(held.document.content), held.document.name)


@require_safe
@permission_required(MAY_VIEW, raise_exception=True)
def evaluation(request: HttpRequest, pk: int, number: int, form: str) -> HttpResponse:
    """A filed self-evaluation: the notation that `kaoji score` recomputes, or the official form."""
    declaration = approved_for(request, pk)
    held = get_object_or_404(declaration.self_evaluations, number=number)
    name = f"{declaration.year}-{declaration.project_name}-自评{number}.{form}"
    return frozen_form(
        request, held.content, form, name, layout=_LAYOUT, kind="self_evaluation"
    ) or redirect("results", pk)


def show(request: HttpRequest, declaration: Declaration, *, status: int = 200) -> HttpResponse:
    """The results as the page shows them; a refused step shows them again with what was typed."""
    person = cast("User", request.user)
    as_of = day_asked(request, "as_of", usual_day(declaration))
    try:
        results = results_of(declaration, as_of=as_of)
    except NoScoringPolicy as refusal:
        saying.tell(request, refusal.sentence)
        return redirect("declaration", declaration.pk)
    told = _told(declaration, results)
    rows = [
        (number, row, scored, told.get(row.place), _filled(request, results, row, told))
        for number, (row, scored) in enumerate(
            zip(results.rows, results.card.rows, strict=True), start=1
        )
    ]
    context = {
        "declaration": declaration,
        "results": results,
        "rows": rows,
        "takes": any(item.answer for item in told.values()),
        "tiers": TIERS,
        "sources": SOURCE_NAMES.items(),
        "may_file": person.has_perm(MAY_FILE, declaration),
        "evaluations": declaration.self_evaluations.select_related("filed_by").prefetch_related(
            "rechecks__made_by"
        ),
        "in_force": score_in_force(declaration),
        "typed": request.POST,
    }
    return render(request, "self_evaluation/pages/page.html", context, status=status)


def _filled(
    request: HttpRequest, results: Results, row: Result, told: Mapping[str, Told]
) -> dict[str, str]:
    """What stands in a row's form: what was typed, else what is on record, else what the evidence gives."""
    given = request.POST
    if given.get("place") == row.place:
        return {name: given.get(name, "") for name in ("value", "score", "as_of", "reason")}
    answer = told[row.place].answer if row.place in told else None
    last = row.actual
    value = last.value if last else answer.value if answer else ""
    return {
        "value": value,
        "score": f"{last.score:f}" if last and last.score is not None else "",
        "as_of": results.as_of.isoformat(),
        "reason": last.reason if last else "",
    }


def _told(declaration: Declaration, results: Results) -> dict[str, Told]:
    """What the evidence says of each measured indicator on the day."""
    asked = [
        (row.indicator, row.measure)
        for row in results.rows
        if row.measure and row.measure.way != "typed"
    ]
    if not asked:
        return {}
    return answers_of(declaration, asked, as_of=results.as_of, budget=results.budget)


def _done(
    request: HttpRequest,
    declaration: Declaration,
    act: Callable[[User, datetime], object],
    confirmed: Sentence,
) -> HttpResponse:
    status = attempt(request, act, confirmed=confirmed)
    return (
        redirect("results", declaration.pk)
        if status is None
        else show(request, declaration, status=status)
    )
