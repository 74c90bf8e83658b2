"""Where a promise stands: the seven stages with who and when, who has it now, until when, and the one thing to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop as _

from kaoji.core.speech import Sentence, say
from kaoji.platform.events.models import Event
from kaoji.platform.notices.actions.notify import people_at
from kaoji.platform.ui.saying import joined
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.declarations.queries.turns import rights_in
from kaoji.subjects.review.actions.move_declaration import EVENTS
from kaoji.subjects.review.actions.take_back_move import UNDONE
from kaoji.subjects.windows.queries import Calendar
from kaoji.workflow.moves import WRITABLE, Stage, State

# The stages of a promise, and the events that end each.
_STAGES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (_("填报"), ("declaration.submit",)),
    (_("主管审核"), ("declaration.forward",)),
    (_("财政审核"), ("declaration.approve",)),
    (_("批复"), ("declaration.approve",)),
    (_("运行跟踪"), ("monitoring.reviewed", "monitoring.filed")),
    (_("单位自评"), ("evaluation.filed",)),
    (_("绩效评价"), ("evaluation.reported",)),
)
_WRITING, _DEPARTMENT, _FINANCE, _FOLLOWING, _EVALUATION = 0, 1, 2, 4, 6
# At which of them a form is while it waits for somebody.
_PLACE = {
    State.DRAFT: _WRITING,
    State.RETURNED: _WRITING,
    State.ADJUSTING: _WRITING,
    State.PREPARED: _WRITING,
    State.SUBMITTED: _DEPARTMENT,
    State.FORWARDED: _FINANCE,
}
_WINDOW = {
    State.DRAFT: Stage.DECLARE,
    State.RETURNED: Stage.DECLARE,
    State.PREPARED: Stage.DECLARE,
    State.ADJUSTING: Stage.ADJUST,
    State.SUBMITTED: Stage.DEPARTMENT_REVIEW,
    State.FORWARDED: Stage.FINANCE_REVIEW,
}
_ACTS = {
    State.DRAFT: _("继续填写"),
    State.RETURNED: _("修改并答复"),
    State.ADJUSTING: _("继续填写"),
}
_MOST_HOLDERS = 2
_UNDOES = {undone: EVENTS[verb] for verb, undone in UNDONE.items()}


@dataclass(frozen=True)
class Step:
    """One stage: *kind* is done, now, back (it was sent back from there) or to-come; *told* says who and when."""

    name: str
    kind: str
    told: Sentence | None = None


@dataclass(frozen=True)
class Status:
    """What stands at the top of the page of a promise. *left* are the days until *due*."""

    steps: list[Step]
    holders: list[str]
    is_mine: bool
    due: date | None
    act: str | None
    address: str

    @property
    def names(self) -> str:
        """Who has it, in a row."""
        return joined(self.holders)

    @property
    def left(self) -> int | None:
        """How many days are left, below nought when the day has passed."""
        return (self.due - timezone.localdate()).days if self.due else None


def status_of(
    declaration: Declaration, person: User, *, may_edit: bool, may_comment: bool
) -> Status:
    """Read from the log of the promise, its state and the windows of its year."""
    state = State(declaration.state)
    holders = _holders(declaration, state)
    act, address = _act(declaration, state, may_edit=may_edit, may_comment=may_comment)
    window = None
    if state in _WINDOW:
        windows = Calendar([declaration.year]).windows_for(
            declaration.year, declaration.organisation
        )
        window = windows.get(_WINDOW[state])
    return Status(
        list(_steps(declaration, state)),
        [item.get_full_name() or item.get_username() for item in holders[:_MOST_HOLDERS]],
        person in holders,
        window[1] if window else None,
        act,
        address,
    )


def _holders(declaration: Declaration, state: State) -> list[User]:
    """Who may act now; nobody once it rests."""
    if state not in _PLACE:
        return []
    people = people_at(declaration.organisation, rights_in(state), now=timezone.now())
    return sorted(people, key=lambda item: item.pk)


def _act(
    declaration: Declaration, state: State, *, may_edit: bool, may_comment: bool
) -> tuple[str | None, str]:
    """What the one filled button says, and where it leads."""
    if may_edit and state in WRITABLE:
        return _ACTS[state], reverse("edit", args=[declaration.pk])
    if may_comment:
        return _("审核"), reverse("judge", args=[declaration.pk])
    if declaration.approved_revision is not None:
        return _("完成情况"), reverse("results", args=[declaration.pk])
    return None, ""


def _steps(declaration: Declaration, state: State) -> Iterator[Step]:
    last: dict[str, Event] = {}
    events = Event.objects.filter(declaration=declaration).select_related("actor")
    for event in events.order_by("sequence"):
        if event.type in _UNDOES:
            last.pop(_UNDOES[event.type], None)
        last[event.type] = event
    here = _PLACE.get(state, _after_approval(last))
    returned = state is State.RETURNED and "declaration.return" in last
    back = _sent_back(declaration, last) if returned else None
    for place, (name, ends) in enumerate(_STAGES):
        ended = next((last[kind] for kind in ends if kind in last), None)
        if place == back:
            yield Step(name, "back", _told(last["declaration.return"], _("退回")))
        elif place == here:
            yield Step(name, "now", None)
        elif place < here and ended is not None:
            yield Step(name, "done", _told(ended))
        else:
            yield Step(name, "to-come")


def _after_approval(last: dict[str, Event]) -> int:
    """The first stage after the approval that is not over."""
    for place in range(_FOLLOWING, len(_STAGES)):
        asked_for = place != _EVALUATION or "evaluation.commissioned" in last
        if asked_for and not any(kind in last for kind in _STAGES[place][1]):
            return place
    return len(_STAGES)


def _sent_back(declaration: Declaration, last: dict[str, Event]) -> int | None:
    """Which review sent the form back: the last that it had come to since it was handed in.

    None for the unit's own review, which is part of the first stage.
    """
    submitted = last["declaration.submit"].sequence if "declaration.submit" in last else 0

    def since(kind: str) -> bool:
        return kind in last and last[kind].sequence > submitted

    if since("declaration.forward"):
        return _FINANCE
    in_the_unit = declaration.organisation.reviews_first and not since("declaration.endorse")
    return None if in_the_unit else _DEPARTMENT


def _told(event: Event, what: str = "") -> Sentence:
    who = event.actor.get_full_name() or event.actor.get_username() if event.actor else "—"
    day = f"{localdate(event.at):%m-%d}"
    if what:
        return say("{who} {day} {what}", who=who, day=day, what=say(what))
    return say("{who} {day}", who=who, day=day)
