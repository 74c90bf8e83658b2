"""Move a declaration along its life: submit, recall, endorse, forward, return, approve, reject, publish, …

One action for every arrow of the table in `workflow.moves`: the table says who may, from where
to where, and why not; this writes the state and the event in one transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Model
from django.utils.timezone import localdate

from kaoji.core.speech import say
from kaoji.platform.events.event_log import record_event
from kaoji.platform.refusals import NotPermitted, UnableToAct
from kaoji.subjects.declarations.actions.check_on_record import check_again
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.review.actions.move_context import move_context
from kaoji.subjects.review.actions.restore_in_force import close_opinions, restore_in_force
from kaoji.subjects.review.actions.tell_other_systems import tell_other_systems
from kaoji.subjects.review.actions.tell_whose_turn_it_is import tell_whose_turn_it_is
from kaoji.subjects.review.models import ApprovedForm
from kaoji.subjects.review.queries.outstanding import Outstanding, outstanding
from kaoji.workflow.moves import (
    VERB_NAMES,
    Move,
    MoveContext,
    NotYours,
    State,
    UnableToMove,
    landing,
    move,
)

# What each move is called in the log.
EVENTS = {
    "submit": "declaration.submit",
    "recall": "declaration.recall",
    "endorse": "declaration.endorse",
    "forward": "declaration.forward",
    "return": "declaration.return",
    "approve": "declaration.approve",
    "reject": "declaration.reject",
    "publish": "declaration.publish",
    "withdraw": "declaration.withdraw",
    "adjust": "declaration.adjust",
    "abandon": "declaration.abandon",
}


class MoveRefused(UnableToAct):
    """The move is not open from here; the sentence says why."""


class Unacknowledged(MoveRefused):
    """Something stands against the move that the person has not said to have seen."""

    def __init__(self, missing: Sequence[Outstanding]) -> None:
        self.missing = tuple(missing)
        sentence = say("请先逐项确认：{first}", first=missing[0].sentence)
        if len(missing) > 1:
            sentence = say(
                "请先逐项确认：{first}，另有 {count} 项",
                first=missing[0].sentence,
                count=len(missing) - 1,
            )
        super().__init__(sentence)


@dataclass(frozen=True)
class Asked:
    """What somebody says with a move: why, and from which day the public may see it."""

    reason: str = ""
    public_from: date | None = None


def move_declaration(
    declaration: Declaration,
    verb: str,
    *,
    revision: int,
    reason: str = "",
    public_from: date | None = None,
    acknowledged: Collection[str] | None = None,
    acting_user: User,
    now: datetime,
) -> Declaration:
    """Make the move that *verb* names, on the revision that the person has seen.

    *acknowledged* names what the person has said to have seen of what stands against it (the keys of
    `queries.outstanding`); every page asks for it, None is for programs that show nothing to anybody.
    *public_from* goes with `approve` and `publish`: the day from which everybody sees it; an
    approval without a day is published later, a publication without one at once. Raises
    MoveRefused with the reason (Unacknowledged where something was not said to be seen), NotPermitted where it is
    somebody else's to make.
    """
    if verb not in EVENTS:
        raise MoveRefused(say("没有“{verb}”这个动作", verb=verb))
    asked = Asked(reason.strip(), public_from)
    if verb == "submit":
        check_again(declaration)
    with transaction.atomic():
        held = (
            Declaration.objects.select_for_update(of=("self",))
            .select_related("organisation")
            .get(pk=declaration.pk)
        )
        _require_seen(held, verb, revision)
        context = move_context(held, acting_user, on=localdate(now))
        made = _open_move(verb, context, asked)
        if acknowledged is not None:
            _require_acknowledged(held, verb, acknowledged, acting_user, on=localdate(now))
        since = held.state_since
        touched = _land(held, made, context, asked, acting_user, now)
        ends_adjustment = verb in {"reject", "abandon"} and context.rests_in is not None
        if ends_adjustment:
            touched += close_opinions(held, acting_user=acting_user, now=now)
        record_event(
            EVENTS[verb],
            at=now,
            actor=acting_user,
            declaration=held,
            payload={
                "revision": held.revision_count,
                "from": context.state.value,
                "since": since.isoformat() if since else "",
                "reason": asked.reason,
                "public_from": held.public_from.isoformat() if held.public_from else "",
                "publication": held.publication,
            },
            rows=[held, *touched],
        )
        if ends_adjustment:
            restore_in_force(held, acting_user=acting_user, now=now)
        tell_other_systems(held, EVENTS[verb], now=now)
        tell_whose_turn_it_is(held, verb=verb, acting_user=acting_user, now=now)
    return held


def _require_seen(held: Declaration, verb: str, revision: int) -> None:
    if revision != held.revision_count:
        raise MoveRefused(
            say(
                "这份表刚有了第 {number} 版，请看过再{verb}",
                number=held.revision_count,
                verb=say(VERB_NAMES[verb]),
            )
        )


def _require_acknowledged(
    held: Declaration, verb: str, acknowledged: Collection[str], person: User, *, on: date
) -> None:
    seen = frozenset(acknowledged)
    standing = outstanding(held, verb, person=person, on=on)
    missing = [item for item in standing if item.key not in seen]
    if missing:
        raise Unacknowledged(missing)


def _open_move(verb: str, context: MoveContext, asked: Asked) -> Move:
    if verb == "approve" and asked.public_from and context.rests_in is State.PUBLISHED:
        raise MoveRefused(say("这份表正在公开，批复后即时生效，不另定公开日期"))
    try:
        return move(verb, context, reason=asked.reason)
    except NotYours as refusal:
        raise NotPermitted(refusal.sentence) from refusal
    except UnableToMove as refusal:
        raise MoveRefused(refusal.sentence) from refusal


def _land(
    held: Declaration,
    made: Move,
    context: MoveContext,
    asked: Asked,
    acting_user: User,
    now: datetime,
) -> list[Model]:
    """Write where the move leads, and what stands by it from now on; gives what came to be."""
    made_rows: list[Model] = []
    before = State(held.state)
    held.state, held.state_since = landing(made, context), now
    today = localdate(now)
    if made.target in {State.PREPARED, State.SUBMITTED} and before is not State.PREPARED:
        held.submitted_revision = held.revision_count
    if made.verb == "approve":
        made_rows.append(_approve(held, acting_user, now))
        if held.publication == Declaration.Publication.PUBLIC:
            _show(held)
        elif asked.public_from is not None:
            _publish(held, max(asked.public_from, today))
    elif made.verb == "publish":
        _publish(held, max(asked.public_from or today, today))
    elif made.verb == "withdraw":
        _withdraw(held, today)
    held.save()
    return made_rows


def _publish(held: Declaration, day: date) -> None:
    held.state, held.publication = State.PUBLISHED, Declaration.Publication.PUBLIC
    held.public_from = day
    _show(held)


def _show(held: Declaration) -> None:
    """What the public sees from now on is what is in force."""
    approval = held.approvals.get(revision_number=held.approved_revision or 0)
    held.public_revision = approval.revision_number
    held.public_name, held.public_total = approval.project_name, approval.annual_total


def _withdraw(held: Declaration, today: date) -> None:
    """Take it from the public; what was not there yet was never there."""
    if held.public_from is not None and held.public_from > today:
        held.publication = Declaration.Publication.NEVER
        held.public_from = held.public_revision = None
        held.state = State.APPROVED if held.state == State.WITHDRAWN else held.state
    else:
        held.publication = Declaration.Publication.WITHDRAWN


def _approve(held: Declaration, acting_user: User, now: datetime) -> ApprovedForm:
    before = held.approvals.order_by("-revision_number").first()
    begun = held.events.filter(type="declaration.adjust").order_by("-sequence").first()
    approval = ApprovedForm.objects.create(
        declaration=held,
        revision_number=held.revision_count,
        project_name=held.project_name,
        annual_total=held.annual_total,
        replaced_total=before.annual_total if before else None,
        reason=begun.payload["reason"] if before and begun else "",
        approved_at=now,
        approved_by=acting_user,
    )
    held.approved_revision = held.revision_count
    return approval
