"""What is said where a form cannot be written or moved: the reason, who may instead, and what to do."""

from __future__ import annotations

import pytest

from kaoji.core.speech import say
from kaoji.workflow import roles
from kaoji.workflow.moves import (
    RIGHT_OF,
    MoveContext,
    NotYours,
    Part,
    Stage,
    State,
    UnableToMove,
    landing,
    move,
    open_arrow,
    open_moves,
    why_closed,
)

EVERYBODY = frozenset(Part)


@pytest.mark.parametrize(
    ("state", "why"),
    [
        (State.APPROVED, "“甲”现在是“已批复”，不能直接改；请打开它，先按“调整”"),
        (State.PUBLISHED, "“甲”现在是“已公开”，不能直接改；请打开它，先按“调整”"),
        (State.REJECTED, "“甲”现在是“不予通过”，不能改；要再申报请新建一份"),
        (State.SUBMITTED, "“甲”现在是“待主管部门审核”，不能改；请先撤回，或等退回"),
        (State.FORWARDED, "“甲”现在是“待财政审核”，不能改；请先撤回，或等退回"),
    ],
)
def test_a_form_that_cannot_be_written_says_what_to_do(state: State, why: str):
    assert str(why_closed("甲", state)) == why


def test_a_verb_that_there_is_not_is_named():
    with pytest.raises(UnableToMove, match="没有“burn”这个动作"):
        move("burn", MoveContext(State.DRAFT, EVERYBODY))
    assert open_arrow("burn", MoveContext(State.DRAFT, EVERYBODY)) is None


@pytest.mark.parametrize(
    ("verb", "state", "why"),
    [
        (
            "return",
            State.FORWARDED,
            "退回要由财政绩效的人来做",
        ),  # 财政业务 may as well
        ("forward", State.SUBMITTED, "同意并报财政要由主管部门审核的人来做"),
        ("endorse", State.PREPARED, "同意并上报要由单位审核的人来做"),
    ],
)
def test_who_plays_no_part_in_a_move_is_told_whose_it_is(verb: str, state: State, why: str):
    with pytest.raises(NotYours, match=why):
        move(verb, MoveContext(state, frozenset({Part.FILER}), unit_review=True), reason="x")


def test_a_review_sheet_holds_up_only_those_who_judge():
    """A grade of the review sheet stops forwarding; it stops neither a submission nor a publication."""
    told = {"grade": "差", "grade_opens": frozenset({"return"})}

    assert move("submit", MoveContext(State.DRAFT, EVERYBODY, **told))
    assert move(
        "publish", MoveContext(State.APPROVED, EVERYBODY, rests_in=State.APPROVED, **told)
    )
    assert move("forward", MoveContext(State.SUBMITTED, EVERYBODY))  # no sheet, no grade
    with pytest.raises(UnableToMove, match="审核表评为“差”，不能同意并报财政"):
        move("forward", MoveContext(State.SUBMITTED, EVERYBODY, **told))


def test_the_window_of_one_stage_is_not_that_of_another():
    shut = {Stage.ADJUST: say("调整窗口已关")}

    assert move("submit", MoveContext(State.DRAFT, EVERYBODY, shut=shut))
    assert move(
        "submit", MoveContext(State.RETURNED, EVERYBODY, shut=shut)
    )  # answers have no window
    with pytest.raises(UnableToMove, match="调整窗口已关"):
        move(
            "submit",
            MoveContext(State.ADJUSTING, EVERYBODY, rests_in=State.APPROVED, shut=shut),
        )


def test_only_a_submission_asks_for_errors_opinions_and_changes():
    burdened = {"errors": 2, "unanswered": 1, "unchanged": True}

    assert move("forward", MoveContext(State.SUBMITTED, EVERYBODY, **burdened))
    assert move("recall", MoveContext(State.SUBMITTED, EVERYBODY, **burdened))
    assert "submit" not in {
        made.verb for made in open_moves(MoveContext(State.DRAFT, EVERYBODY, **burdened))
    }


@pytest.mark.parametrize("reason", ["", "  ", "\n"])
def test_a_reason_of_blanks_is_none(reason: str):
    with pytest.raises(UnableToMove, match="退回要写明理由"):
        move("return", MoveContext(State.SUBMITTED, EVERYBODY), reason=reason)


@pytest.mark.parametrize(
    ("state", "rests_in", "opens"),
    [
        (State.ADJUSTING, None, False),
        (State.ADJUSTING, State.APPROVED, False),
        (State.ADJUSTING, State.PUBLISHED, True),
        (State.ADJUSTING, State.WITHDRAWN, False),
        (State.PUBLISHED, State.PUBLISHED, True),
    ],
)
def test_only_what_is_public_is_withdrawn(state: State, rests_in: State | None, opens: bool):
    found = open_arrow("withdraw", MoveContext(state, EVERYBODY, rests_in=rests_in))

    assert (found is not None) is opens


def test_what_is_recalled_while_something_is_in_force_is_an_adjustment_again():
    for rests_in, wanted in ((None, State.DRAFT), (State.APPROVED, State.ADJUSTING)):
        context = MoveContext(State.SUBMITTED, EVERYBODY, rests_in=rests_in)

        assert landing(move("recall", context), context) is wanted


def test_each_part_is_played_by_whoever_holds_its_right():
    assert RIGHT_OF == {
        Part.FILER: roles.MAY_FILE,
        Part.UNIT: roles.MAY_REVIEW_IN_UNIT,
        Part.DEPARTMENT: roles.MAY_REVIEW_FOR_DEPARTMENT,
        Part.BUDGET: roles.MAY_REVIEW_FOR_BUDGET,
        Part.FINANCE: roles.MAY_REVIEW_FOR_FINANCE,
    }
