"""The life of a declaration as one table of moves.

            ┌─────────── recall ───────────┐
          draft ──submit──▶ prepared ─endorse─▶ submitted ─forward─▶ forwarded ─approve─▶ approved ─publish─▶ published
            ▲  └──submit (no unit review)──────────▲  │                  │ │                  │                 │ withdraw
            │                    │ return             │ return    return │ └─reject─▶ rejected│                 ▼
            └──── returned ◀─────┴────────────────────┴──────────────────┘           adjusting ◀──adjust──── withdrawn

Each move belongs to parts (填报, 单位审核, 主管部门审核, 财政业务, 财政绩效); whoever wrote a form
cannot judge it. What was approved stays in force while it is adjusted: a draft of it is called
*adjusting*, a rejected or an approved adjustment goes back to where it rested, public at once
where its predecessor was; it can be withdrawn from the public at any time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kaoji.core.speech import Sentence, say
from kaoji.workflow.roles import (
    MAY_FILE,
    MAY_REVIEW_FOR_BUDGET,
    MAY_REVIEW_FOR_DEPARTMENT,
    MAY_REVIEW_FOR_FINANCE,
    MAY_REVIEW_IN_UNIT,
)


class State(StrEnum):
    """Where a declaration stands."""

    DRAFT = "draft"
    PREPARED = "prepared"
    SUBMITTED = "submitted"
    FORWARDED = "forwarded"
    RETURNED = "returned"
    APPROVED = "approved"
    REJECTED = "rejected"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    ADJUSTING = "adjusting"


class Part(StrEnum):
    """The part that somebody plays."""

    FILER = "filer"
    UNIT = "unit"
    DEPARTMENT = "department"
    BUDGET = "budget"
    FINANCE = "finance"


class Stage(StrEnum):
    """A span of time that can have a window: when moves of its kind, or what follows an approval, are open."""

    DECLARE = "declare"
    DEPARTMENT_REVIEW = "department_review"
    FINANCE_REVIEW = "finance_review"
    ADJUST = "adjust"
    SELF_EVALUATION = "self_evaluation"
    RECHECK = "recheck"


STATE_NAMES = {
    State.DRAFT: "草稿",
    State.PREPARED: "待单位审核",
    State.SUBMITTED: "待主管部门审核",
    State.FORWARDED: "待财政审核",
    State.RETURNED: "已退回",
    State.APPROVED: "已批复",
    State.REJECTED: "不予通过",
    State.PUBLISHED: "已公开",
    State.WITHDRAWN: "已撤下",
    State.ADJUSTING: "调整中",
}
PART_NAMES = {
    Part.FILER: "填报",
    Part.UNIT: "单位审核",
    Part.DEPARTMENT: "主管部门审核",
    Part.BUDGET: "财政业务",
    Part.FINANCE: "财政绩效",
}
RIGHT_OF = {
    Part.FILER: MAY_FILE,
    Part.UNIT: MAY_REVIEW_IN_UNIT,
    Part.DEPARTMENT: MAY_REVIEW_FOR_DEPARTMENT,
    Part.BUDGET: MAY_REVIEW_FOR_BUDGET,
    Part.FINANCE: MAY_REVIEW_FOR_FINANCE,
}
STAGE_NAMES = {
    Stage.DECLARE: "申报",
    Stage.DEPARTMENT_REVIEW: "主管部门审核",
    Stage.FINANCE_REVIEW: "财政审核",
    Stage.ADJUST: "调整",
    Stage.SELF_EVALUATION: "自评",
    Stage.RECHECK: "自评复核",
}
VERB_NAMES = {
    "submit": "提交",
    "recall": "撤回",
    "endorse": "同意并上报",
    "forward": "同意并报财政",
    "return": "退回",
    "approve": "批复",
    "reject": "不予通过",
    "publish": "公开",
    "withdraw": "撤下",
    "adjust": "调整",
    "abandon": "放弃调整",
}
# What a form may be written in; everywhere else somebody is judging it, or has.
WRITABLE = frozenset({State.DRAFT, State.RETURNED, State.ADJUSTING})
# What was approved is written again only as an adjustment.
ADJUSTABLE = frozenset({State.APPROVED, State.PUBLISHED, State.WITHDRAWN})
# Who gives opinions while a form waits for them.
REVIEWERS: Mapping[State, frozenset[Part]] = {
    State.PREPARED: frozenset({Part.UNIT}),
    State.SUBMITTED: frozenset({Part.DEPARTMENT}),
    State.FORWARDED: frozenset({Part.BUDGET, Part.FINANCE}),
}
JUDGES = frozenset({Part.UNIT, Part.DEPARTMENT, Part.BUDGET, Part.FINANCE})


def why_closed(project: str, state: State) -> Sentence | None:
    """Why the form cannot be written now; None where it can."""
    if state in WRITABLE:
        return None
    told = {"project": project, "state": say(STATE_NAMES[state])}
    if state in ADJUSTABLE:
        return say("“{project}”现在是“{state}”，不能直接改；请打开它，先按“调整”", **told)
    if state is State.REJECTED:
        return say("“{project}”现在是“{state}”，不能改；要再申报请新建一份", **told)
    return say("“{project}”现在是“{state}”，不能改；请先撤回，或等退回", **told)


@dataclass(frozen=True)
class Move:
    """One arrow of the drawing. A move that *judges* is closed to who wrote the form.

    *unit_review* tells which units it is for: those that review first (True), the others
    (False), or all (None).
    """

    verb: str
    source: State
    target: State
    parts: frozenset[Part]
    judges: bool = False
    needs_reason: bool = False
    unit_review: bool | None = None
    stage: Stage | None = None


def _moves() -> tuple[Move, ...]:
    filer, unit, department = ({Part.FILER}, {Part.UNIT}, {Part.DEPARTMENT})
    finance, either = {Part.FINANCE}, {Part.BUDGET, Part.FINANCE}

    def arrow(
        verb: str, source: State, target: State, parts: set[Part], **more: object
    ) -> Move:
        return Move(verb, source, target, frozenset(parts), **more)  # type: ignore[arg-type]

    judged = {"judges": True, "needs_reason": True}
    of_department = {"stage": Stage.DEPARTMENT_REVIEW}
    of_finance = {"stage": Stage.FINANCE_REVIEW}
    submissions = [
        arrow("submit", source, target, filer, unit_review=first, stage=stage)
        for source, stage in (
            (State.DRAFT, Stage.DECLARE),
            (State.RETURNED, None),
            (State.ADJUSTING, Stage.ADJUST),
        )
        for first, target in ((True, State.PREPARED), (False, State.SUBMITTED))
    ]
    adjustments = [
        arrow("adjust", source, State.ADJUSTING, filer, needs_reason=True, stage=Stage.ADJUST)
        for source in sorted(ADJUSTABLE)
    ]
    withdrawals = [
        arrow("withdraw", source, source, finance, needs_reason=True)
        for source in (
            State.ADJUSTING,
            State.PREPARED,
            State.SUBMITTED,
            State.FORWARDED,
            State.RETURNED,
        )
    ]
    return (
        *submissions,
        arrow("recall", State.PREPARED, State.DRAFT, filer),
        arrow("recall", State.SUBMITTED, State.DRAFT, filer),
        arrow("endorse", State.PREPARED, State.SUBMITTED, unit, judges=True),
        arrow("return", State.PREPARED, State.RETURNED, unit, **judged),
        arrow(
            "forward",
            State.SUBMITTED,
            State.FORWARDED,
            department,
            judges=True,
            **of_department,
        ),
        arrow("return", State.SUBMITTED, State.RETURNED, department, **judged, **of_department),
        arrow("return", State.FORWARDED, State.RETURNED, either, **judged, **of_finance),
        arrow("approve", State.FORWARDED, State.APPROVED, finance, judges=True, **of_finance),
        arrow("reject", State.FORWARDED, State.REJECTED, finance, **judged, **of_finance),
        arrow("publish", State.APPROVED, State.PUBLISHED, finance),
        arrow("publish", State.WITHDRAWN, State.PUBLISHED, finance),
        arrow("withdraw", State.PUBLISHED, State.WITHDRAWN, finance, needs_reason=True),
        *adjustments,
        *withdrawals,
        arrow("abandon", State.ADJUSTING, State.APPROVED, filer),
        arrow("abandon", State.RETURNED, State.APPROVED, filer),
    )


MOVES: tuple[Move, ...] = _moves()


@dataclass(frozen=True)
class MoveContext:
    """How a declaration stands to the person who wants to move it.

    *parts* are those that the person plays at its unit, *wrote* whether any of its revisions
    is theirs; *errors* are findings that return a form and were not waived, *unanswered* the
    open opinions; *rests_in* is where an approved promise rests while it is adjusted, *unchanged* whether it
    still says what was approved; *shut*
    says of each stage whose window is not open why; *grade* is what the review sheet of the
    person's part came to, where there is one, *grade_opens* the moves that it leaves open.
    """

    state: State
    parts: frozenset[Part]
    wrote: bool = False
    errors: int = 0
    unanswered: int = 0
    unit_review: bool = False
    rests_in: State | None = None
    unchanged: bool = False
    shut: Mapping[Stage, Sentence] = field(default_factory=dict)
    grade: str = ""
    grade_opens: frozenset[str] = frozenset()


class UnableToMove(Exception):
    """The move is not open; the sentence says why, and what is."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        super().__init__(str(sentence))


class NotYours(UnableToMove):
    """The move is open, but not to this person."""


def open_moves(context: MoveContext) -> list[Move]:
    """The moves that the person can make now."""
    return [
        found
        for found in MOVES
        if _fits(found, context) and _reason_against(found, context) is None
    ]


def move(verb: str, context: MoveContext, *, reason: str = "") -> Move:
    """The move that *verb* names from here. Raises UnableToMove, or NotYours, with the reason."""
    if verb not in VERB_NAMES:
        raise UnableToMove(say("没有“{verb}”这个动作", verb=verb))
    found = open_arrow(verb, context)
    if found is None:
        raise UnableToMove(
            say(
                "现在是“{state}”，不能{verb}",
                state=say(STATE_NAMES[context.state]),
                verb=say(VERB_NAMES[verb]),
            )
        )
    against = _reason_against(found, context)
    if against is not None:
        raise against
    if found.needs_reason and not reason.strip():
        raise UnableToMove(say("{verb}要写明理由", verb=say(VERB_NAMES[verb])))
    return found


def open_arrow(verb: str, context: MoveContext) -> Move | None:
    """The arrow of the table that *verb* names from here, whoever asks; None where there is none."""
    return next((m for m in MOVES if m.verb == verb and _fits(m, context)), None)


def landing(made: Move, context: MoveContext) -> State:
    """Where the move leads, in view of what is in force.

    >>> back = next(m for m in MOVES if m.verb == "reject")
    >>> landing(back, MoveContext(State.FORWARDED, frozenset(), rests_in=State.PUBLISHED)).value
    'published'
    """
    resting = context.rests_in
    if resting is None:
        return made.target
    if made.verb in {"approve", "reject", "abandon"}:
        return resting
    return State.ADJUSTING if made.target is State.DRAFT else made.target


def _fits(found: Move, context: MoveContext) -> bool:
    if found.verb == "abandon" and context.rests_in is None:
        return False
    if found.verb == "withdraw" and context.rests_in is not State.PUBLISHED:
        return False
    return found.source is context.state and found.unit_review in {None, context.unit_review}


def _reason_against(found: Move, context: MoveContext) -> UnableToMove | None:
    if not found.parts & context.parts:
        parts = sorted(found.parts, key=list(Part).index)
        return NotYours(
            say(
                "{verb}要由{part}的人来做",
                verb=say(VERB_NAMES[found.verb]),
                part=say(PART_NAMES[parts[-1]]),
            )
        )
    if found.judges and context.wrote:
        return NotYours(say("填写过这份表的人不能审核它"))
    if found.judges and context.grade and found.verb not in context.grade_opens:
        return UnableToMove(
            say(
                "审核表评为“{grade}”，不能{verb}；要改请重填审核表",
                grade=context.grade,
                verb=say(VERB_NAMES[found.verb]),
            )
        )
    shut = context.shut.get(found.stage) if found.stage else None
    if shut is not None:
        return UnableToMove(shut)
    return _unfit_to_submit(context) if found.verb == "submit" else None


def _unfit_to_submit(context: MoveContext) -> UnableToMove | None:
    """What a form must be rid of before it is submitted."""
    if context.errors:
        return UnableToMove(
            say("还有 {count} 处错误，请先改正，或由审核人豁免", count=context.errors)
        )
    if context.unchanged:
        return UnableToMove(say("与批复的一字不差；请先改，或放弃调整"))
    if context.unanswered:
        return UnableToMove(say("还有 {count} 条意见没有答复", count=context.unanswered))
    return None
