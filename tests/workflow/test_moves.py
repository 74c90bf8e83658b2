"""Every part in every state: what is open, and why the rest is not."""

from __future__ import annotations

from itertools import product

import pytest

from kaoji.core.speech import say
from kaoji.workflow.moves import (
    MOVES,
    STATE_NAMES,
    VERB_NAMES,
    NotYours,
    Part,
    Stage,
    Standing,
    State,
    UnableToMove,
    landing,
    move,
    open_moves,
)

VERBS = sorted({item.verb for item in MOVES})
EVERYBODY = frozenset(Part)
RESTS = {State.ADJUSTING: State.APPROVED, State.PUBLISHED: State.PUBLISHED}


@pytest.mark.parametrize(("verb", "state", "part"), list(product(VERBS, State, Part)))
def test_a_move_is_open_where_the_table_says_so_and_refused_elsewhere(
    verb: str, state: State, part: Part
):
    standing = Standing(state, frozenset({part}), rests_in=RESTS.get(state))
    in_table = [
        item
        for item in MOVES
        if (item.verb, item.source) == (verb, state)
        and part in item.parts
        and item.unit_review is not True
        and (verb != "abandon" or standing.rests_in)
        and (verb != "withdraw" or standing.rests_in is State.PUBLISHED)
    ]

    if in_table:
        assert move(verb, standing, reason="有理由") == in_table[0]
    else:
        with pytest.raises(UnableToMove):
            move(verb, standing, reason="有理由")


@pytest.mark.parametrize("item", [item for item in MOVES if item.judges])
def test_who_wrote_cannot_judge(item):
    with pytest.raises(NotYours, match="不能审核"):
        move(item.verb, Standing(item.source, EVERYBODY, wrote=True), reason="x")


@pytest.mark.parametrize("item", [item for item in MOVES if item.needs_reason])
def test_what_hurts_needs_a_reason(item):
    standing = Standing(item.source, EVERYBODY, rests_in=State.PUBLISHED)
    with pytest.raises(UnableToMove, match="理由"):
        move(item.verb, standing, reason=" ")


def test_a_form_with_errors_or_unanswered_opinions_is_not_submitted():
    with pytest.raises(UnableToMove, match="3 处错误"):
        move("submit", Standing(State.DRAFT, EVERYBODY, errors=3))
    with pytest.raises(UnableToMove, match="1 条意见没有答复"):
        move("submit", Standing(State.RETURNED, EVERYBODY, unanswered=1))


def test_a_refusal_names_the_state():
    with pytest.raises(UnableToMove, match="现在是“已批复”，不能提交"):
        move("submit", Standing(State.APPROVED, EVERYBODY))


def test_every_state_can_be_reached_and_has_a_name():
    reached, frontier = {State.DRAFT}, [State.DRAFT]
    while frontier:
        state = frontier.pop()
        found = {item.target for item in MOVES if item.source is state} - reached
        reached |= found
        frontier += found

    assert reached == set(State) == set(STATE_NAMES)
    assert set(VERBS) == set(VERB_NAMES)


def test_the_open_moves_are_those_that_would_succeed():
    for state, part in product(State, Part):
        standing = Standing(state, frozenset({part}), errors=1)
        for item in open_moves(standing):
            assert move(item.verb, standing, reason="x") == item


def test_an_adjustment_lands_by_what_is_in_force():
    def lands(verb: str, source: State, rests_in: State | None) -> State:
        standing = Standing(source, EVERYBODY, rests_in=rests_in)
        return landing(move(verb, standing, reason="x"), standing)

    assert lands("approve", State.FORWARDED, None) is State.APPROVED
    assert lands("approve", State.FORWARDED, State.PUBLISHED) is State.PUBLISHED
    assert lands("approve", State.FORWARDED, State.WITHDRAWN) is State.WITHDRAWN
    assert lands("reject", State.FORWARDED, None) is State.REJECTED
    assert lands("reject", State.FORWARDED, State.PUBLISHED) is State.PUBLISHED
    assert lands("recall", State.SUBMITTED, None) is State.DRAFT
    assert lands("recall", State.SUBMITTED, State.APPROVED) is State.ADJUSTING
    assert lands("abandon", State.ADJUSTING, State.WITHDRAWN) is State.WITHDRAWN


def test_a_stage_that_is_shut_says_why():
    closed = say("申报已截止")
    standing = Standing(State.DRAFT, EVERYBODY, shut={Stage.DECLARE: closed})

    with pytest.raises(UnableToMove, match="申报已截止"):
        move("submit", standing)
    assert "submit" not in {item.verb for item in open_moves(standing)}
    returned = Standing(State.RETURNED, EVERYBODY, shut={Stage.DECLARE: closed})
    assert move("submit", returned).target is State.SUBMITTED
