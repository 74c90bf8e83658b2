"""Move a declaration along its life: submit, recall, forward, return, approve, reject, publish, withdraw.

One action for every arrow of the table in `workflow.moves`: the table says who may, from where
to where, and why not; this writes the state and the event in one transaction.
"""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.timezone import localdate

from kaoji.actions.permission import NotPermitted, UnableToAct
from kaoji.actions.standing import standing_of
from kaoji.core.speech import say
from kaoji.records.event_log import record_event
from kaoji.records.models import Declaration
from kaoji.workflow.moves import VERB_NAMES, NotYours, State, UnableToMove, move

# What each move is called in the log.
EVENTS = {
    "submit": "declaration.submit",
    "recall": "declaration.recall",
    "forward": "declaration.forward",
    "return": "declaration.return",
    "approve": "declaration.approve",
    "reject": "declaration.reject",
    "publish": "declaration.publish",
    "withdraw": "declaration.withdraw",
}


class MoveRefused(UnableToAct):
    """The move is not open from here; the sentence says why."""


def move_declaration(
    declaration: Declaration,
    verb: str,
    *,
    revision: int,
    reason: str = "",
    acting_user: User,
    now: datetime,
) -> Declaration:
    """Make the move that *verb* names, on the revision that the person has seen.

    Raises MoveRefused with the reason, NotPermitted where it is somebody else's to make.
    """
    if verb not in EVENTS:
        raise MoveRefused(say("没有“{verb}”这个动作", verb=verb))
    with transaction.atomic():
        held = Declaration.objects.select_for_update().get(pk=declaration.pk)
        if revision != held.revision_count:
            raise MoveRefused(
                say(
                    "这份表刚有了第 {number} 版，请看过再{verb}",
                    number=held.revision_count,
                    verb=say(VERB_NAMES[verb]),
                )
            )
        standing = standing_of(held, acting_user, on=localdate(now))
        try:
            made = move(verb, standing, reason=reason)
        except NotYours as refusal:
            raise NotPermitted(refusal.sentence) from refusal
        except UnableToMove as refusal:
            raise MoveRefused(refusal.sentence) from refusal
        held.state, held.state_since = made.target, now
        if made.target is State.SUBMITTED:
            held.submitted_revision = held.revision_count
        if made.target is State.APPROVED:
            held.approved_revision = held.revision_count
        held.save()
        record_event(
            EVENTS[verb],
            at=now,
            actor=acting_user,
            declaration=held,
            payload={"revision": held.revision_count, "reason": reason.strip()},
        )
    return held
