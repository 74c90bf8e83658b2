"""Every formula proves itself: its worked examples hold, and scores obey the law's common sense."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaoji.scoring.explained_score import Formula, ScoringInput
from kaoji.scoring.formula import examples_of
from kaoji.scoring.score_indicator import FORMULAS

ALL = pytest.mark.parametrize("formula", FORMULAS.values(), ids=lambda formula: formula.id)
NUMERIC = [formula for name, formula in FORMULAS.items() if name != "qualitative"]
RISING = [FORMULAS[name] for name in ("positive", "equal", "satisfaction_bands", "execution")]
FALLING = [FORMULAS[name] for name in ("reverse_linear", "reverse_ratio")]

points = st.decimals(1, 50, places=1)
targets = st.decimals(0, 1_000, places=2)
actuals = st.decimals(-10, 3_000, places=2)


@ALL
def test_the_worked_examples_hold(formula: Formula):
    examples = examples_of(formula.essay)

    assert examples
    for example in examples:
        score = formula.compute(example.measure)
        if example.earned is not None:
            assert score.earned == example.earned, example.line
        else:
            assert (score.low, score.high) == (example.low, example.high), example.line
            assert score.earned is None  # left to a person


@ALL
def test_a_formula_names_its_basis_and_is_written_in_symbols(formula: Formula):
    assert formula.basis
    assert all(citation.document for citation in formula.basis)
    assert "W" in formula.symbols


@pytest.mark.parametrize("formula", NUMERIC, ids=lambda formula: formula.id)
@given(points=points, target=targets, actual=actuals)
def test_a_score_stays_between_nothing_and_its_points(
    formula: Formula, points: Decimal, target: Decimal, actual: Decimal
):
    score = formula.compute(ScoringInput(points, target, actual))

    assert score.earned is not None
    assert 0 <= score.earned <= points
    assert score.steps


@given(
    formula=st.sampled_from(RISING), points=points, target=targets,
    actual=actuals, more=st.decimals(0, 500, places=2),
)  # fmt: skip
def test_a_score_never_falls_when_more_is_reached(
    formula: Formula, points: Decimal, target: Decimal, actual: Decimal, more: Decimal
):
    if formula.id == "SF2" and target == 0:
        return  # a target of nothing: more is worse
    less = formula.compute(ScoringInput(points, target, actual)).earned
    reached = formula.compute(ScoringInput(points, target, actual + more)).earned

    assert reached >= less


@given(
    formula=st.sampled_from(FALLING), points=points, target=targets,
    actual=actuals, more=st.decimals(0, 500, places=2),
)  # fmt: skip
def test_a_score_never_rises_when_a_ceiling_is_exceeded_further(
    formula: Formula, points: Decimal, target: Decimal, actual: Decimal, more: Decimal
):
    before = formula.compute(ScoringInput(points, target, actual)).earned
    worse = formula.compute(ScoringInput(points, target, actual + more)).earned

    assert worse <= before


@given(target=st.decimals(1, 1_000, places=2), points=points)
def test_there_is_no_jump_at_the_target(target: Decimal, points: Decimal):
    """Where the law scores in proportion, a hair below the target costs a hair of the points."""
    hair = Decimal("0.0001")
    for formula, actual in ((FORMULAS["positive"], target - hair), (FORMULAS["equal"], target - hair),
                            (FORMULAS["reverse_linear"], target + hair),
                            (FORMULAS["reverse_ratio"], target + hair)):  # fmt: skip
        earned = formula.compute(ScoringInput(points, target, actual)).earned
        assert points - earned <= points * hair / target + Decimal("0.005")


def test_a_score_outside_its_tier_is_refused():
    tier = ScoringInput(Decimal(30), tier="部分达成年度指标并具有一定效果", stated=Decimal(24))

    score = FORMULAS["qualitative"].compute(tier)

    assert score.earned is None
    assert "须重新评定" in str(score.steps[0])


def test_a_score_within_its_tier_is_taken():
    tier = ScoringInput(
        Decimal(30), tier="部分达成年度指标并具有一定效果", stated=Decimal("23.99")
    )

    assert FORMULAS["qualitative"].compute(tier).earned == Decimal("23.99")


@pytest.mark.parametrize(
    ("budget", "executed", "earned"),
    [
        ("0", "100", "0"),  # spent without a budget
        ("10", "0", "0"),
        ("10", "-3", "0"),  # more came back than was spent
        ("10", "1", "1.00"),
        ("10", "10", "10"),
        ("10", "12", "10"),  # beyond the budget there is no more to earn
    ],
)
def test_execution_is_what_was_spent_of_what_there_was(budget: str, executed: str, earned: str):
    spent = ScoringInput(Decimal(10), Decimal(budget), Decimal(executed))

    assert FORMULAS["execution"].compute(spent).earned == Decimal(earned)


def test_nothing_said_of_spending_is_nothing_spent():
    unsaid = FORMULAS["execution"].compute(ScoringInput(Decimal(10), Decimal(10)))

    assert unsaid.earned == 0
