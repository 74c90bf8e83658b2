"""The life of a declaration as one table of moves.

                    ┌── recall ──┐
    draft ──submit──▶ submitted ──forward──▶ forwarded ──approve──▶ approved ──publish──▶ published
      ▲                │ return                │ return    └─reject─▶ rejected              │ withdraw
      └── returned ◀───┴───────────────────────┘                        withdrawn ◀────────┘
          submit

Each move belongs to a part (填报, 主管部门审核, 财政审核); whoever wrote a form cannot judge it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kaoji.core.speech import Sentence, say


class State(StrEnum):
    """Where a declaration stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    FORWARDED = "forwarded"
    RETURNED = "returned"
    APPROVED = "approved"
    REJECTED = "rejected"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Part(StrEnum):
    """The part that somebody plays."""

    FILER = "filer"
    DEPARTMENT = "department"
    FINANCE = "finance"


STATE_NAMES = {
    State.DRAFT: "草稿",
    State.SUBMITTED: "待主管部门审核",
    State.FORWARDED: "待财政审核",
    State.RETURNED: "已退回",
    State.APPROVED: "已批复",
    State.REJECTED: "不予通过",
    State.PUBLISHED: "已公开",
    State.WITHDRAWN: "已撤下",
}
PART_NAMES = {
    Part.FILER: "填报",
    Part.DEPARTMENT: "主管部门审核",
    Part.FINANCE: "财政审核",
}
VERB_NAMES = {
    "submit": "提交",
    "recall": "撤回",
    "forward": "同意并报财政",
    "return": "退回",
    "approve": "批复",
    "reject": "不予通过",
    "publish": "公开",
    "withdraw": "撤下",
}
# What a form may be written in; everywhere else somebody is judging it, or has.
WRITABLE = frozenset({State.DRAFT, State.RETURNED})


def why_closed(project: str, state: State) -> Sentence | None:
    """Why the form cannot be written now; None where it can."""
    if state in WRITABLE:
        return None
    return say(
        "“{project}”现在是“{state}”，不能改；请先撤回，或等退回",
        project=project,
        state=say(STATE_NAMES[state]),
    )


@dataclass(frozen=True)
class Move:
    """One arrow of the drawing. A move that *judges* is closed to who wrote the form."""

    verb: str
    source: State
    target: State
    part: Part
    judges: bool = False
    needs_reason: bool = False


MOVES: tuple[Move, ...] = (
    Move("submit", State.DRAFT, State.SUBMITTED, Part.FILER),
    Move("submit", State.RETURNED, State.SUBMITTED, Part.FILER),
    Move("recall", State.SUBMITTED, State.DRAFT, Part.FILER),
    Move("forward", State.SUBMITTED, State.FORWARDED, Part.DEPARTMENT, judges=True),
    Move("return", State.SUBMITTED, State.RETURNED, Part.DEPARTMENT, True, True),
    Move("return", State.FORWARDED, State.RETURNED, Part.FINANCE, True, True),
    Move("approve", State.FORWARDED, State.APPROVED, Part.FINANCE, judges=True),
    Move("reject", State.FORWARDED, State.REJECTED, Part.FINANCE, True, True),
    Move("publish", State.APPROVED, State.PUBLISHED, Part.FINANCE),
    Move("publish", State.WITHDRAWN, State.PUBLISHED, Part.FINANCE),
    Move("withdraw", State.PUBLISHED, State.WITHDRAWN, Part.FINANCE, needs_reason=True),
)


@dataclass(frozen=True)
class Standing:
    """How a declaration stands to the person who wants to move it.

    *parts* are those that the person plays, *wrote* whether any of its revisions is theirs;
    *errors* are findings that return a form and were not waived, *unanswered* the open opinions.
    """

    state: State
    parts: frozenset[Part]
    wrote: bool = False
    errors: int = 0
    unanswered: int = 0


class UnableToMove(Exception):
    """The move is not open; the sentence says why, and what is."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        super().__init__(str(sentence))


class NotYours(UnableToMove):
    """The move is open, but not to this person."""


def open_moves(standing: Standing) -> list[Move]:
    """The moves that the person can make now."""
    return [
        move
        for move in MOVES
        if move.source is standing.state and _reason_against(move, standing) is None
    ]


def move(verb: str, standing: Standing, *, reason: str = "") -> Move:
    """The move that *verb* names from here. Raises UnableToMove, or NotYours, with the reason."""
    if verb not in VERB_NAMES:
        raise UnableToMove(say("没有“{verb}”这个动作", verb=verb))
    found = next((m for m in MOVES if m.verb == verb and m.source is standing.state), None)
    if found is None:
        raise UnableToMove(
            say(
                "现在是“{state}”，不能{verb}",
                state=say(STATE_NAMES[standing.state]),
                verb=say(VERB_NAMES[verb]),
            )
        )
    if found.part not in standing.parts:
        raise NotYours(
            say(
                "{verb}要由{part}的人来做",
                verb=say(VERB_NAMES[verb]),
                part=say(PART_NAMES[found.part]),
            )
        )
    against = _reason_against(found, standing)
    if against is not None:
        raise against
    if found.needs_reason and not reason.strip():
        raise UnableToMove(say("{verb}要写明理由", verb=say(VERB_NAMES[verb])))
    return found


def _reason_against(found: Move, standing: Standing) -> UnableToMove | None:
    if found.part not in standing.parts:
        return NotYours(say("要由{part}的人来做", part=say(PART_NAMES[found.part])))
    if found.judges and standing.wrote:
        return NotYours(say("填写过这份表的人不能审核它"))
    if found.verb == "submit" and standing.errors:
        return UnableToMove(
            say("还有 {count} 处错误，请先改正，或由审核人豁免", count=standing.errors)
        )
    if found.verb == "submit" and standing.unanswered:
        return UnableToMove(say("还有 {count} 条意见没有答复", count=standing.unanswered))
    return None
