"""One step for many forms: each by its own move, each told when it could not be made."""

from __future__ import annotations

from typing import cast
from urllib.parse import urlencode

from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from kaoji.core.speech import Sentence, say
from kaoji.platform.accounts.pages.proving import proved
from kaoji.platform.organisation.reach import reach_of
from kaoji.platform.refusals import UnableToAct
from kaoji.platform.ui import saying
from kaoji.platform.ui.numbers import number_in
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.declarations.queries.reach import declarations_of
from kaoji.subjects.declarations.queries.turns import TURNS
from kaoji.subjects.review.actions.move_declaration import move_declaration
from kaoji.subjects.review.pages.check_before_move import AFTERWARDS, CHECKED_FIRST, ticks
from kaoji.workflow.moves import MOVES, RIGHT_OF, VERB_NAMES
from kaoji.workflow.roles import MAY_VIEW

MOST_AT_ONCE, _MOST_TOLD = 200, 10


def verbs_for(person: User, state: str) -> list[tuple[str, str, bool]]:
    """The steps that make sense for many forms in a state: verb, name, whether it needs a reason.

    *state* is one of the list's filters; `mine` means whatever waits for the person.
    """
    reach = reach_of(person)
    found = {}
    for move in MOVES:
        rights = [RIGHT_OF[part] for part in move.parts if reach.somewhere(RIGHT_OF[part])]
        turn = any(move.source in TURNS[right] for right in rights)
        asked = state == move.source.value or (state == "mine" and turn)
        if rights and asked:
            found[move.verb] = (move.verb, VERB_NAMES[move.verb], move.needs_reason)
    return list(found.values())


@require_POST
@permission_required(MAY_VIEW, raise_exception=True)
@proved(
    lambda request, **_: (
        request.POST.get("verb") in {"approve", "publish"} and "ask" not in request.POST
    )
)
def batch(request: HttpRequest) -> HttpResponse:
    """Make the step for every form that was chosen, on the revision that was shown.

    A step that judges is shown once more before it is made, form by form, when the list asks for it (`ask`).
    """
    person, verb = cast("User", request.user), request.POST.get("verb", "")
    chosen = [text.partition(":") for text in request.POST.getlist("form")][:MOST_AT_ONCE]
    shown = {number_in(key): number_in(revision) for key, _, revision in chosen}
    done, refusals = 0, []
    known = declarations_of(person).filter(pk__in=[key for key in shown if key is not None])
    forms = list(known.order_by("pk"))
    if "ask" in request.POST and verb in CHECKED_FIRST and forms:
        return _asked(request, forms, verb, shown)
    for form in forms:
        reason = _move(form, verb, shown[form.pk] or 0, request, person)
        if reason is None:
            done += 1
        else:
            refusals.append(say("“{project}”：{why}", project=form.project_name, why=reason))
    for sentence in refusals[:_MOST_TOLD]:
        saying.tell(request, sentence)
    if len(refusals) > _MOST_TOLD:
        saying.tell(request, say("另有 {count} 份没有办成", count=len(refusals) - _MOST_TOLD))
    if done or not refusals:
        saying.confirm(request, say("已办 {count} 份", count=done))
    state = request.POST.get("state", "")
    return redirect(f"{reverse('declarations')}?{urlencode({'state': state})}")


def _asked(
    request: HttpRequest,
    forms: list[Declaration],
    verb: str,
    shown: dict[int | None, int | None],
) -> HttpResponse:
    """The page that shows every form with what stands against the step; its revision stays the one that was *shown*."""
    given, person = request.POST, cast("User", request.user)
    context = {
        "forms": [(form, shown[form.pk] or 0, ticks(form, verb, person, ())) for form in forms],
        "verb": verb,
        "name": VERB_NAMES[verb],
        "reason": given.get("reason", ""),
        "state": given.get("state", ""),
        "afterwards": AFTERWARDS[verb],
    }
    return render(request, "review/pages/batch_check.html", context)


def _move(
    form: Declaration, verb: str, revision: int, request: HttpRequest, person: User
) -> Sentence | None:
    """Make one move; the reason when it could not be made."""
    try:
        move_declaration(
            form,
            verb,
            revision=revision,
            reason=request.POST.get("reason", ""),
            acknowledged=request.POST.getlist(f"acknowledged.{form.pk}"),
            acting_user=person,
            now=timezone.now(),
        )
    except UnableToAct as refusal:
        return refusal.sentence
    return None
