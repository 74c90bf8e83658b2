"""A run moves by its table, and no payment goes out without as many approvals as its total asks."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaoji.benefits.approvals import (
    DUTY_NAMES,
    Duty,
    approvals_needed,
    is_approved,
    refusal,
)
from kaoji.benefits.months import month
from kaoji.benefits.run_states import (
    MOVES,
    OPEN,
    RUN_STATE_NAMES,
    RUN_VERB_NAMES,
    RunState,
    UnableToMoveRun,
    moved,
)

JULY = month(2023, 7)
MILLION = 100_000_000  # of yuan, in fen

# Typed from the design: from where which verb leads where.
TABLE = """
draft freeze frozen; frozen compute computed; computed check checked; checked confirm confirmed;
confirmed approve approved; approved file filed; filed send sent; sent reconcile reconciled;
reconciled close closed; approved close closed;
draft cancel cancelled; frozen cancel cancelled; computed cancel cancelled; checked cancel cancelled;
confirmed cancel cancelled; approved cancel cancelled;
computed recompute frozen; checked recompute frozen; confirmed recompute frozen;
approved recompute frozen"""


def test_the_table_of_moves_is_that_of_the_design():
    typed = [line.split() for line in TABLE.replace("\n", " ").split(";")]

    assert {(s.value, verb): after.value for (s, verb), after in MOVES.items()} == {
        (state, verb): after for state, verb, after in typed
    }
    assert {state.value for state in OPEN} == {
        "draft", "frozen", "computed", "checked", "confirmed",
    }  # fmt: skip
    assert RUN_STATE_NAMES.keys() == set(RunState)
    assert RUN_VERB_NAMES.keys() == {verb for _, verb, _ in typed}


@pytest.mark.parametrize("state", RunState)
@pytest.mark.parametrize("verb", RUN_VERB_NAMES)
def test_every_other_move_is_refused_in_a_sentence(state: RunState, verb: str):
    if (state, verb) in MOVES:
        assert moved(state, verb) is MOVES[state, verb]
    else:
        with pytest.raises(UnableToMoveRun, match=f"批次{RUN_STATE_NAMES[state]}，不能"):
            moved(state, verb)


@pytest.mark.parametrize(
    ("total", "needed"),
    [
        (0, 1),
        (MILLION - 1, 1),
        (MILLION, 2),
        (10 * MILLION - 1, 2),
        (10 * MILLION, 3),
        (58 * MILLION, 3),
    ],
)
def test_how_many_must_approve(total: int, needed: int):
    assert approvals_needed(total, period=JULY) == needed


people = st.sets(st.sampled_from("甲乙丙丁戊己"), max_size=4)
totals = st.integers(0, 60 * MILLION)


@settings(max_examples=100)
@given(totals, st.fixed_dictionaries(dict.fromkeys(Duty, people)))
def test_i12_enough_different_people_approve_who_do_nothing_else(total, doers):
    busy = doers[Duty.PREPARE] | doers[Duty.CONFIRM] | doers[Duty.CHECK] | doers[Duty.PAY]
    free = doers[Duty.APPROVE] - busy

    wanted = 1 if total < MILLION else 2 if total < 10 * MILLION else 3
    assert is_approved(total, doers, period=JULY) is (len(free) >= wanted)


@settings(max_examples=100)
@given(
    st.lists(st.tuples(st.sampled_from("甲乙丙丁"), st.sampled_from(list(Duty))), max_size=12)
)
def test_i12_who_is_let_in_by_turns_never_holds_two_duties_apart(asked):
    doers: dict[Duty, list[str]] = {duty: [] for duty in Duty}
    for person, duty in asked:
        if refusal(person, duty, doers) is None:
            doers[duty].append(person)

    exclusive = (Duty.PREPARE, Duty.CONFIRM, Duty.CHECK, Duty.APPROVE, Duty.PAY)
    apart = [set(doers[d]) for d in exclusive]
    assert sum(len(each) for each in apart) == len(set().union(*apart))
    assert len(doers[Duty.APPROVE]) == len(set(doers[Duty.APPROVE]))


def test_who_reviews_may_approve_and_a_refusal_says_why():
    assert refusal("甲", Duty.APPROVE, {Duty.REVIEW: ["甲"]}) is None
    assert str(refusal("甲", Duty.APPROVE, {Duty.PREPARE: ["甲"]})) == (
        "已做经办的人不能再做审批，请换一人"
    )
    assert (
        str(refusal("甲", Duty.APPROVE, {Duty.APPROVE: ["甲"]}))
        == "同一人只能审批一次，请换一人"
    )
    assert DUTY_NAMES.keys() == set(Duty)
