"""Re-check a self-evaluation: every line with its score, its evidence, and room for another score."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from kaoji.core.outcome_notation import parse_with_outcome
from kaoji.core.speech import say
from kaoji.measuring.places import places_in
from kaoji.platform.organisation.actions.permission import RIGHTS_OF_LEVEL
from kaoji.platform.ui.acting import attempt
from kaoji.platform.ui.typed import number_in_form
from kaoji.subjects.declarations.pages.access import approved_for
from kaoji.subjects.self_evaluation.actions.recheck import EXECUTION, recheck, standing_scores
from kaoji.subjects.self_evaluation.models import SelfEvaluation
from kaoji.workflow.following import LEVEL_NAMES
from kaoji.workflow.roles import MAY_VIEW


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(MAY_VIEW, raise_exception=True)
def recheck_page(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Show the lines; keep the re-check, or say what it lacks with nothing lost."""
    declaration = approved_for(request, pk)
    evaluation = get_object_or_404(declaration.self_evaluations, number=number)
    levels = [
        (level, LEVEL_NAMES[level])
        for level, right in RIGHTS_OF_LEVEL.items()
        if request.user.has_perm(right, declaration)
    ]
    status: int | None = 200
    if request.method == "POST":
        places = [item.place for item in standing_scores(evaluation).values()]

        def typed() -> dict[str, tuple[Decimal, str]]:
            found = {}
            for at, place in enumerate(places):
                score = number_in_form(request.POST.get(f"score.{at}", ""))
                if score is not None:
                    found[place] = score, request.POST.get(f"reason.{at}", "")
            return found

        status = attempt(
            request,
            lambda person, now: recheck(
                evaluation,
                level=request.POST.get("level", ""),
                changes=typed(),
                opinion=request.POST.get("opinion", ""),
                acting_user=person,
                now=now,
            ),
            confirmed=say("复核已存"),
        )
        if status is None:
            return redirect("results", pk)
    context = {
        "declaration": declaration,
        "evaluation": evaluation,
        "lines": _lines(evaluation, request),
        "levels": levels,
        "rechecks": evaluation.rechecks.select_related("made_by"),
        "opinion": request.POST.get("opinion", ""),
    }
    return render(request, "self_evaluation/pages/recheck.html", context, status=status or 200)


def _lines(evaluation: SelfEvaluation, request: HttpRequest) -> list[dict[str, Any]]:
    form, outcome = parse_with_outcome(evaluation.content)
    places = places_in(form)
    said = dict(zip(places, outcome.indicators, strict=True)) if outcome else {}
    rows = dict(zip(places, form.indicators, strict=True))
    numbers = {place: number for number, place in enumerate(places, start=1)}
    return [
        {
            "place": line.place,
            "is_execution": line.place == EXECUTION,
            "target": rows[line.place].target.text if line.place in rows else "",
            "actual": said[line.place].actual_raw if line.place in said else "",
            "number": numbers.get(line.place),
            "points": line.points,
            "score": line.score,
            "typed": request.POST.get(f"score.{at}", f"{line.score:f}"),
            "reason": request.POST.get(f"reason.{at}", ""),
        }
        for at, line in enumerate(standing_scores(evaluation).values())
    ]
