"""A declaration under review: its moves, and the opinions on its cells."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from kaoji.actions.answer_opinion import answer_opinion
from kaoji.actions.close_opinion import close_opinion
from kaoji.actions.give_opinion import give_opinion
from kaoji.actions.move_declaration import move_declaration
from kaoji.actions.permission import MAY_VIEW, UnableToAct
from kaoji.actions.standing import standing_of
from kaoji.core.paths import WHOLE_FORM
from kaoji.core.speech import say
from kaoji.records.models import Declaration, Opinion, Revision
from kaoji.web import saying
from kaoji.web.captions import caption_of
from kaoji.web.numbers import number_in
from kaoji.workflow.moves import STATE_NAMES, VERB_NAMES, WRITABLE, Part, State, open_moves


def review_context(
    request: HttpRequest, declaration: Declaration, *, latest: bool
) -> dict[str, Any]:
    """What the page shows of the review: state, open moves, opinions, cells to comment on."""
    standing = standing_of(declaration, request.user, on=timezone.localdate())  # type: ignore[arg-type]
    state = State(declaration.state)
    reviewer = {State.SUBMITTED: Part.DEPARTMENT, State.FORWARDED: Part.FINANCE}.get(state)
    people = ("given_by", "answered_by", "closed_by")
    return {
        "state_name": STATE_NAMES[state],
        "moves": [(item, VERB_NAMES[item.verb]) for item in open_moves(standing)]
        if latest
        else [],
        "opinions": declaration.opinions.select_related(*people),
        "may_edit": latest and Part.FILER in standing.parts and state in WRITABLE,
        "may_comment": latest and reviewer in standing.parts and not standing.wrote,
        "may_answer": Part.FILER in standing.parts and state in WRITABLE,
        "may_close": bool(standing.parts & {Part.DEPARTMENT, Part.FINANCE})
        and not standing.wrote,
        "hindrances": (standing.errors, standing.unanswered)
        if Part.FILER in standing.parts
        else (0, 0),
    }


def cells_of(revision: Revision) -> list[tuple[str, str]]:
    """The cells that an opinion can be put on: the form, its head, its goals, its rows."""
    head = ("project_name", "project_category", "funds.total", "funds.annual_total",
            "overall_goal", "annual_goal")  # fmt: skip
    rows = revision.indicator_rows.order_by("position")
    return [
        (WHOLE_FORM, caption_of(WHOLE_FORM)),
        *((path, caption_of(path)) for path in head),
        *(
            (f"indicators[{row.position}].level3", f"{row.position + 1} {row.level3}")
            for row in rows
        ),
    ]


@require_POST
@permission_required(MAY_VIEW, raise_exception=True)
def move(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Make a move; where it is not open, the form's page says why."""
    declaration = get_object_or_404(Declaration, pk=pk)
    number = number_in(request.POST.get("revision")) or 0
    return _done(
        request,
        pk,
        lambda: move_declaration(
            declaration,
            verb,
            revision=number,
            reason=request.POST.get("reason", ""),
            acting_user=request.user,  # type: ignore[arg-type]
            now=timezone.now(),
        ),
    )


@require_POST
@permission_required(MAY_VIEW, raise_exception=True)
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an opinion on a cell."""
    declaration = get_object_or_404(Declaration, pk=pk)
    revision = declaration.revisions.get(number=declaration.revision_count)
    places = dict(cells_of(revision))
    field = request.POST.get("field", WHOLE_FORM)
    field = field if field in places else WHOLE_FORM
    return _done(
        request,
        pk,
        lambda: give_opinion(
            declaration,
            field=field,
            place=places[field],
            text=request.POST.get("text", ""),
            acting_user=request.user,  # type: ignore[arg-type]
            now=timezone.now(),
        ),
    )


@require_POST
@permission_required(MAY_VIEW, raise_exception=True)
def answer(request: HttpRequest, pk: int, opinion: int) -> HttpResponse:
    """Answer an opinion."""
    held = get_object_or_404(Opinion, pk=opinion, declaration_id=pk)
    return _done(
        request,
        pk,
        lambda: answer_opinion(
            held,
            answer=request.POST.get("answer", ""),
            acting_user=request.user,  # type: ignore[arg-type]
            now=timezone.now(),
        ),
    )


@require_POST
@permission_required(MAY_VIEW, raise_exception=True)
def close(request: HttpRequest, pk: int, opinion: int) -> HttpResponse:
    """Close an opinion."""
    held = get_object_or_404(Opinion, pk=opinion, declaration_id=pk)
    return _done(
        request,
        pk,
        lambda: close_opinion(held, acting_user=request.user, now=timezone.now()),  # type: ignore[arg-type]
    )


def _done(request: HttpRequest, pk: int, act: Callable[[], object]) -> HttpResponse:
    """Act, say how it went, and come back to the form."""
    try:
        act()
    except UnableToAct as refusal:
        saying.tell(request, refusal.sentence)
    else:
        saying.confirm(request, say("已记下"))
    return redirect(reverse("declaration", args=[pk]) + "#review")
