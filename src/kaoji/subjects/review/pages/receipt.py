"""The receipt of a move: what was done, who has it now, what comes next; and, for a while, taking it back."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_POST, require_safe

from kaoji.core.speech import say
from kaoji.platform.events.event_log import story_of
from kaoji.platform.events.models import Event
from kaoji.platform.refusals import UnableToAct
from kaoji.platform.ui import saying
from kaoji.platform.ui.acting import refused
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.declarations.pages.access import declaration_for
from kaoji.subjects.review.actions.move_declaration import EVENTS
from kaoji.subjects.review.actions.take_back_move import (
    take_back_move,
    taken_back_by,
    verb_of,
    why_not,
)
from kaoji.subjects.review.pages.check_before_move import AFTERWARDS
from kaoji.subjects.review.pages.status import status_of
from kaoji.subjects.review.queries.queue import next_in_line
from kaoji.workflow.moves import STATE_NAMES, VERB_NAMES, State
from kaoji.workflow.roles import MAY_VIEW
from kaoji.workflow.taking_back import OPEN_FOR

# What comes after the moves that nobody is asked about twice.
_THEN: dict[str, tuple[str, ...]] = {
    "submit": (_("审核人同意、退回都会通知您"), _("审核前可以撤回修改")),
    "recall": (_("改好后重新提交"),),
    "adjust": (_("批复的内容仍然有效，直到调整获得批复"), _("改好后提交，从头审核")),
    "abandon": (_("批复的内容照旧有效"),),
}


def receipt_of(declaration: Declaration) -> str:
    """Where the receipt of the last move of a form is."""
    found = Event.objects.filter(declaration=declaration, type__in=EVENTS.values())
    last = found.order_by("-sequence").values_list("sequence", flat=True)[0]
    return reverse("receipt", args=[declaration.pk, last])


@require_safe
@permission_required(MAY_VIEW, raise_exception=True)
def receipt(request: HttpRequest, pk: int, sequence: int) -> HttpResponse:
    """The receipt, for whoever may see the form; who made the move may take it back from here."""
    return _shown(request, declaration_for(request, pk), sequence)


@require_POST
@permission_required(MAY_VIEW, raise_exception=True)
def take_back(request: HttpRequest, pk: int, sequence: int) -> HttpResponse:
    """Take the move back, or say on its receipt why not."""
    declaration = declaration_for(request, pk)
    move, verb = _move(declaration, sequence)
    person = cast("User", request.user)
    try:
        take_back_move(declaration, move, acting_user=person, now=timezone.now())
    except UnableToAct as refusal:
        status = refused(request, refusal)
        return _shown(request, declaration, sequence, status=status)
    saying.confirm(request, say("已收回“{verb}”", verb=say(VERB_NAMES[verb])))
    return redirect("declaration", pk)


def _move(declaration: Declaration, sequence: int) -> tuple[Event, str]:
    event = get_object_or_404(
        Event.objects.select_related("actor"), declaration=declaration, sequence=sequence
    )
    verb = verb_of(event)
    if verb is None:
        raise Http404
    return event, verb


def _shown(
    request: HttpRequest, declaration: Declaration, sequence: int, *, status: int = 200
) -> HttpResponse:
    event, verb = _move(declaration, sequence)
    person = cast("User", request.user)
    is_own = event.actor_id == person.pk
    open_still = why_not(event, person=person, now=timezone.now()) is None
    following = next_in_line(person) if is_own and verb in AFTERWARDS else None
    context = {
        "declaration": declaration,
        "event": event,
        "verb": VERB_NAMES[verb],
        "story": story_of(event),
        "reason": event.payload.get("reason", ""),
        "state_name": STATE_NAMES[State(declaration.state)],
        "status": status_of(declaration, person, may_edit=False, may_comment=False),
        "afterwards": AFTERWARDS.get(verb) or _THEN[verb],
        "until": event.at + OPEN_FOR if open_still else None,
        "undone": taken_back_by(event),
        "following": following,
        "is_own": is_own,
    }
    return render(request, "review/pages/receipt.html", context, status=status)
