"""Take back a move that one has just made: the form is where it was, and who was told is told so."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from kaoji.core.speech import Sentence, say
from kaoji.platform.events.event_log import record_event
from kaoji.platform.events.models import Event
from kaoji.platform.notices.actions.notify import people_at, tell
from kaoji.platform.refusals import NotPermitted
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.declarations.queries.turns import rights_in
from kaoji.subjects.review.actions.move_declaration import EVENTS, MoveRefused
from kaoji.subjects.review.actions.tell_other_systems import tell_other_systems
from kaoji.workflow.moves import VERB_NAMES, State
from kaoji.workflow.taking_back import why_not_taken_back

# What taking back each move is called in the log.
UNDONE = {
    "endorse": "declaration.endorse_undone",
    "forward": "declaration.forward_undone",
    "return": "declaration.return_undone",
}
_VERBS = {event: verb for verb, event in EVENTS.items()}


def verb_of(event: Event) -> str | None:
    """Which move the event tells of; None where it tells of something else."""
    return _VERBS.get(event.type)


def why_not(event: Event, *, person: User, now: datetime) -> Sentence | None:
    """Why this person cannot take the move back; None where they can."""
    verb = verb_of(event)
    if verb is None or "from" not in event.payload:
        return say("这一步不能收回")
    last = Event.objects.filter(declaration=event.declaration_id).order_by("-sequence").first()
    return why_not_taken_back(
        verb,
        made_at=event.at,
        now=now,
        is_own=event.actor_id == person.pk,
        is_last=last is not None and last.pk == event.pk,
    )


def take_back_move(
    declaration: Declaration, move: Event, *, acting_user: User, now: datetime
) -> Declaration:
    """Put the form where it was before *move*, with an event of its own; both stay in the log.

    Raises MoveRefused when it is too late or somebody went on, NotPermitted where it is another's.
    """
    with transaction.atomic():
        held = Declaration.objects.select_for_update(of=("self",)).get(pk=declaration.pk)
        if move.declaration_id != held.pk or move.actor_id != acting_user.pk:
            raise NotPermitted(say("只有办理的人可以收回"))
        against = why_not(move, person=acting_user, now=now)
        if against is not None:
            raise MoveRefused(against)
        before = State(move.payload["from"])
        _require_still(held, before, acting_user)
        told_from, told = State(held.state), _waiting(held, now)
        # It has waited since then, not since now.
        since = move.payload.get("since")
        held.state, held.state_since = before, datetime.fromisoformat(since) if since else now
        held.save()
        verb = verb_of(move) or ""
        record_event(
            UNDONE[verb],
            at=now,
            actor=acting_user,
            declaration=held,
            payload={
                "revision": held.revision_count,
                "from": told_from.value,
                "move": move.sequence,
            },
            rows=[held],
        )
        tell_other_systems(held, UNDONE[verb], now=now)
        sentence = say(
            "“{project}”的“{verb}”已收回，不用再办理",
            project=held.project_name,
            verb=say(VERB_NAMES[verb]),
        )
        tell(told - {acting_user}, sentence, declaration=held, now=now)
    return held


def _require_still(held: Declaration, before: State, person: User) -> None:
    """Whoever takes back what they did as a reviewer still is one there."""
    if not any(person.has_perm(right, held) for right in rights_in(before)):
        raise NotPermitted(say("您已不是这里的审核人，不能收回"))


def _waiting(held: Declaration, now: datetime) -> set[User]:
    """Whom the move had told that it is their turn."""
    return people_at(held.organisation, rights_in(State(held.state)), now=now)


def taken_back_by(move: Event) -> Event | None:
    """The event that took the move back, if one did."""
    undone = Event.objects.filter(
        declaration=move.declaration_id, sequence__gt=move.sequence, type__in=UNDONE.values()
    )
    return next((event for event in undone if event.payload["move"] == move.sequence), None)
