"""The life of a form against the table that people wrote, `tests/oracle/moves.csv`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest

from kaoji.core.speech import say
from kaoji.workflow.moves import (
    JUDGES,
    REVIEWERS,
    STAGE_NAMES,
    STATE_NAMES,
    VERB_NAMES,
    WRITABLE,
    Move,
    MoveContext,
    NotYours,
    Part,
    Stage,
    State,
    UnableToMove,
    landing,
    move,
    open_moves,
    why_closed,
)
from kaoji.workflow.roles import ROLE_NAMES, Role, conflict
from oracle.tables import FIRST, PARTS, STATES, VERBS, move_row, rows_of

EVERYBODY = frozenset(Part)
IN_FORCE = (None, State.APPROVED, State.PUBLISHED, State.WITHDRAWN)
ROWS = rows_of("moves.csv")


def at_rest(state: State) -> tuple[State | None, ...]:
    """What can be in force while a form is in this state: at rest it is the form itself."""
    if state in {State.APPROVED, State.PUBLISHED, State.WITHDRAWN}:
        return (state,)
    if state is State.ADJUSTING:
        return IN_FORCE[1:]
    return (None,) if state is State.REJECTED else IN_FORCE


def situations() -> Iterator[tuple[str, MoveContext]]:
    """Every move in every state, by every part, in both kinds of units, whatever is in force."""
    for verb, state, part, first in product(VERB_NAMES, State, Part, (True, False)):
        for resting in at_rest(state):
            yield (
                verb,
                MoveContext(state, frozenset({part}), unit_review=first, rests_in=resting),
            )


def row_for(verb: str, context: MoveContext) -> dict[str, str] | None:
    """The row of the table that opens the move to this part, if there is one."""
    [part] = context.parts
    return move_row(
        verb, context.state, part, unit_review=context.unit_review, rests_in=context.rests_in
    )


def test_a_move_is_open_where_the_table_says_so_leads_there_and_is_refused_elsewhere():
    for verb, context in situations():
        row = row_for(verb, context)
        if row is None:
            with pytest.raises(UnableToMove):
                move(verb, context, reason="有理由")
            assert verb not in {item.verb for item in open_moves(context)}, (verb, context)
            continue
        made = move(verb, context, reason="有理由")
        column = "之后是" if context.rests_in is None else "有批复在先时之后是"
        said = row[column]
        wanted = context.rests_in if said == "原处" else STATES[said]
        assert landing(made, context) is wanted, (verb, context)
        assert verb in {item.verb for item in open_moves(context)}, (verb, context)


def opened(row: dict[str, str], **more: object) -> MoveContext:
    """A context in which the row's move is open."""
    state = STATES[row["现在是"]]
    resting = State.PUBLISHED if State.PUBLISHED in at_rest(state) else at_rest(state)[-1]
    return MoveContext(
        state, frozenset({PARTS[row["由谁"].split()[-1]]}),
        unit_review=True in FIRST[row["哪些单位"]], rests_in=resting, **more,
    )  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['现在是']}-{row['动作']}")
def test_who_wrote_a_form_judges_it_nowhere_and_does_all_else(row: dict[str, str]):
    context = opened(row, wrote=True)

    if row["谁写的不能做"] == "是":
        with pytest.raises(NotYours, match="不能审核"):
            move(VERBS[row["动作"]], context, reason="x")
    else:
        assert move(VERBS[row["动作"]], context, reason="x")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['现在是']}-{row['动作']}")
def test_what_hurts_needs_a_reason_and_nothing_else_does(row: dict[str, str]):
    if row["要写理由"] == "是":
        with pytest.raises(UnableToMove, match="理由"):
            move(VERBS[row["动作"]], opened(row), reason=" ")
    else:
        assert move(VERBS[row["动作"]], opened(row), reason=" ")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['现在是']}-{row['动作']}")
@pytest.mark.parametrize("stage", list(Stage))
def test_a_window_that_is_shut_stops_the_moves_of_its_stage_alone(
    row: dict[str, str], stage: Stage
):
    context = opened(row, shut={stage: say("窗口已关")})

    if row["受哪个窗口限制"] == STAGE_NAMES[stage]:
        with pytest.raises(UnableToMove, match="窗口已关"):
            move(VERBS[row["动作"]], context, reason="x")
    else:
        assert move(VERBS[row["动作"]], context, reason="x")


def test_a_form_with_errors_or_unanswered_opinions_is_not_submitted():
    with pytest.raises(UnableToMove, match="3 处错误"):
        move("submit", MoveContext(State.DRAFT, EVERYBODY, errors=3))
    with pytest.raises(UnableToMove, match="1 条意见没有答复"):
        move("submit", MoveContext(State.RETURNED, EVERYBODY, unanswered=1))


def test_a_review_sheet_leaves_open_what_its_grade_opens():
    poor = MoveContext(
        State.SUBMITTED, EVERYBODY, grade="差", grade_opens=frozenset({"return"})
    )

    assert move("return", poor, reason="x").target is State.RETURNED
    with pytest.raises(UnableToMove, match="评为“差”"):
        move("forward", poor)


def test_a_refusal_names_the_state():
    with pytest.raises(UnableToMove, match="现在是“已批复”，不能提交"):
        move("submit", MoveContext(State.APPROVED, EVERYBODY))


def test_every_state_and_every_move_of_the_program_stands_in_the_table():
    assert {row["现在是"] for row in ROWS} | {row["之后是"] for row in ROWS} == set(STATES)
    assert {row["动作"] for row in ROWS} == set(VERBS)
    assert set(STATE_NAMES) == set(State)


@pytest.mark.parametrize(("one", "other"), list(product(Role, Role)))
def test_one_person_holds_two_roles_only_where_the_table_says_so(one: Role, other: Role):
    [row] = [row for row in rows_of("together.csv") if row["一人兼"] == ROLE_NAMES[one]]

    assert conflict(one, other) == (row[ROLE_NAMES[other]] == "不可")


def test_a_form_is_written_where_the_table_submits_it_from():
    writable = {STATES[row["现在是"]] for row in ROWS if row["动作"] == "提交"}

    assert writable == WRITABLE
    for state in State:
        assert (why_closed("甲", state) is None) == (state in writable)


def test_who_judges_a_form_is_who_gives_opinions_on_it_and_nobody_else():
    judged: dict[State, set[Part]] = {}
    for row in ROWS:
        if row["谁写的不能做"] == "是":
            judged.setdefault(STATES[row["现在是"]], set()).update(
                PARTS[name] for name in row["由谁"].split()
            )

    assert judged == {state: set(parts) for state, parts in REVIEWERS.items()}
    assert set().union(*judged.values()) == JUDGES


def test_a_move_is_for_every_unit_and_judges_nothing_unless_it_says_so():
    plain = Move("publish", State.APPROVED, State.PUBLISHED, frozenset({Part.FINANCE}))

    assert (plain.judges, plain.needs_reason, plain.unit_review) == (False, False, None)
    rested = MoveContext(
        State.ADJUSTING, frozenset({Part.FILER}), rests_in=State.APPROVED, unchanged=True
    )
    with pytest.raises(UnableToMove, match="与批复的一字不差"):
        move("submit", rested)
