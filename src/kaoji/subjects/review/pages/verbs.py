"""The verbs of a review: moves, opinions, answers; each comes back to the form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, cast

from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from kaoji.core.paths import WHOLE_FORM
from kaoji.core.period import UnreadableDate, read_date
from kaoji.core.speech import say
from kaoji.platform.accounts.pages.proving import proved
from kaoji.platform.drafts.actions.drop_draft import drop_draft
from kaoji.platform.refusals import UnableToAct
from kaoji.platform.ui import saying
from kaoji.platform.ui.acting import refused
from kaoji.platform.ui.numbers import number_in
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.declarations.pages.access import declaration_for
from kaoji.subjects.review.actions.answer_opinion import answer_opinion
from kaoji.subjects.review.actions.close_opinion import close_opinion
from kaoji.subjects.review.actions.give_opinion import give_opinion
from kaoji.subjects.review.actions.move_declaration import Unacknowledged, move_declaration
from kaoji.subjects.review.models import Opinion
from kaoji.subjects.review.pages.check_before_move import (
    CHECKED_FIRST,
    check_page,
    opinion_to_give,
)
from kaoji.subjects.review.pages.list_and_page import show
from kaoji.subjects.review.pages.receipt import receipt_of
from kaoji.subjects.review.pages.under_review import cells_of
from kaoji.subjects.review.queries.unsent import opinion_draft
from kaoji.workflow.roles import MAY_VIEW

# Moves that bind the bureau, before the public too.
_WEIGHS_MOST = frozenset({"approve", "publish"})


@require_POST
@permission_required(MAY_VIEW, raise_exception=True)
@proved(lambda request, verb, **_: verb in _WEIGHS_MOST and "ask" not in request.POST)
def move(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Make a move; where it is not open, the form's page says why.

    One that judges is shown once more before it is made, when the page of the form asks for it (`ask`).
    """
    declaration = declaration_for(request, pk)
    if "ask" in request.POST and verb in CHECKED_FIRST:
        return check_page(request, declaration, verb)
    try:
        day = _day(request.POST.get("public_from", ""))
    except UnreadableDate as refusal:
        return _refused(request, declaration, UnableToAct(refusal.sentence))

    try:
        _give_and_move(request, declaration, verb, day)
    except Unacknowledged as refusal:
        return check_page(request, declaration, verb, status=refused(request, refusal))
    except UnableToAct as refusal:
        return _refused(request, declaration, refusal)
    return redirect(receipt_of(declaration))


def _give_and_move(
    request: HttpRequest, declaration: Declaration, verb: str, public_from: date | None
) -> None:
    """Make the move, and before it send the opinion that goes along, if one was chosen: both or neither."""
    person, now = cast("User", request.user), timezone.now()
    with transaction.atomic():
        unsent = opinion_to_give(request, declaration, verb)
        if unsent is not None:
            _give(declaration, unsent.field, unsent.text, person, now)
            drop_draft(opinion_draft(declaration), version=unsent.version, acting_user=person)
        move_declaration(
            declaration,
            verb,
            revision=number_in(request.POST.get("revision")) or 0,
            reason=request.POST.get("reason", ""),
            public_from=public_from,
            acknowledged=request.POST.getlist("acknowledged"),
            acting_user=person,
            now=now,
        )


def _day(text: str) -> date | None:
    return read_date(text) if text.strip() else None


@require_POST
@permission_required(MAY_VIEW, raise_exception=True)
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an opinion on a cell."""
    declaration = declaration_for(request, pk)
    field, text = request.POST.get("field", WHOLE_FORM), request.POST.get("text", "")
    return _done(
        request,
        declaration,
        lambda person, now: _give(declaration, field, text, person, now),
    )


def _give(
    declaration: Declaration, field: str, text: str, person: User, now: datetime
) -> Opinion:
    """Put an opinion on a cell of the latest revision; on the whole form where it has no such cell."""
    revision = declaration.revisions.get(number=declaration.revision_count)
    places = dict(cells_of(revision))
    field = field if field in places else WHOLE_FORM
    return give_opinion(
        declaration, field=field, place=places[field], text=text, acting_user=person, now=now
    )


@require_POST
@permission_required(MAY_VIEW, raise_exception=True)
def answer(request: HttpRequest, pk: int, opinion: int) -> HttpResponse:
    """Answer an opinion."""
    declaration = declaration_for(request, pk)
    held = get_object_or_404(declaration.opinions, pk=opinion)
    text = request.POST.get("answer", "")
    return _done(
        request,
        declaration,
        lambda person, now: answer_opinion(held, answer=text, acting_user=person, now=now),
    )


@require_POST
@permission_required(MAY_VIEW, raise_exception=True)
def close(request: HttpRequest, pk: int, opinion: int) -> HttpResponse:
    """Close an opinion."""
    declaration = declaration_for(request, pk)
    held = get_object_or_404(declaration.opinions, pk=opinion)
    return _done(
        request,
        declaration,
        lambda person, now: close_opinion(held, acting_user=person, now=now),
    )


def _done(
    request: HttpRequest,
    declaration: Declaration,
    act: Callable[[User, datetime], object],
) -> HttpResponse:
    """Act and come back to the form; a refusal shows the form with the reason and its status."""
    person: Any = request.user
    try:
        act(person, timezone.now())
    except UnableToAct as refusal:
        return _refused(request, declaration, refusal)
    saying.confirm(request, say("已记下"))
    return redirect(reverse("declaration", args=[declaration.pk]) + "#review")


def _refused(
    request: HttpRequest, declaration: Declaration, refusal: UnableToAct
) -> HttpResponse:
    status = refused(request, refusal)
    return show(request, declaration_for(request, declaration.pk), status=status)
