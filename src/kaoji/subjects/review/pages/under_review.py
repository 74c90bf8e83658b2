"""What a page shows of a review: state, open moves, opinions, cells to comment on."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from kaoji.core.paths import WHOLE_FORM
from kaoji.platform.organisation.reach import places_of
from kaoji.platform.ui.captions import caption_of
from kaoji.subjects.declarations.models import Declaration, Revision
from kaoji.subjects.review.actions.move_context import move_context, resting_state
from kaoji.workflow.moves import (
    JUDGES,
    REVIEWERS,
    STATE_NAMES,
    VERB_NAMES,
    WRITABLE,
    MoveContext,
    Part,
    Stage,
    State,
    open_moves,
)
from kaoji.workflow.roles import MAY_VIEW


def review_context(
    request: HttpRequest, declaration: Declaration, *, latest: bool
) -> dict[str, Any]:
    """What the page shows of the review: state, open moves, opinions, cells to comment on."""
    person: Any = request.user
    context = move_context(declaration, person, on=timezone.localdate())
    state = State(declaration.state)
    people = ("given_by", "answered_by", "closed_by")
    files = Part.FILER in context.parts
    return {
        "state_name": STATE_NAMES[state],
        "moves": [(item, VERB_NAMES[item.verb]) for item in open_moves(context)]
        if latest
        else [],
        "opinions": declaration.opinions.select_related(*people),
        "may_edit": latest and files and state in WRITABLE,
        "may_comment": latest and _reviews_now(context),
        "may_answer": files and state in WRITABLE,
        "may_close": bool(context.parts & JUDGES) and not context.wrote,
        "may_judge": bool(context.parts & JUDGES),
        "hindrances": (context.errors, context.unanswered) if files else (0, 0),
        "shut": context.shut.get(Stage.DECLARE) if files and state is State.DRAFT else None,
        "grade": context.grade,
        "today": timezone.localdate(),
        "in_force": _in_force(declaration, state),
        "letters": declaration.approvals.filter(letter__isnull=False).select_related(
            "letter__place"
        ),
        "letter_places": set(places_of(person, MAY_VIEW)),
    }


def may_comment(request: HttpRequest, declaration: Declaration) -> bool:
    """Is it this person's turn to say something of the form?"""
    person: Any = request.user
    return _reviews_now(move_context(declaration, person, on=timezone.localdate()))


def _reviews_now(context: MoveContext) -> bool:
    reviewers = REVIEWERS.get(context.state, frozenset())
    return bool(reviewers & context.parts) and not context.wrote


def _in_force(declaration: Declaration, state: State) -> dict[str, Any] | None:
    """While an approved promise is being changed: what is in force, what it becomes, why."""
    number = declaration.approved_revision
    if number is None or resting_state(declaration) is state:
        return None
    approval = declaration.approvals.filter(revision_number=number).first()
    begun = declaration.events.filter(type="declaration.adjust").order_by("-sequence").first()
    before = approval.annual_total if approval else None
    after = declaration.annual_total
    known = before is not None and after is not None
    return {
        "number": number,
        "before": before,
        "after": after,
        "change": after - before if known else None,  # type: ignore[operator]
        "reason": begun.payload["reason"] if begun else "",
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
