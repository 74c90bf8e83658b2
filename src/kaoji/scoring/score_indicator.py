"""The score of one indicator: which formula it takes, and how the result is explained."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from kaoji.core.attainment import in_terms_of
from kaoji.core.indicator import Indicator
from kaoji.core.outcome import IndicatorOutcome
from kaoji.core.polarity import Direction
from kaoji.core.speech import say
from kaoji.core.target import Op, Target
from kaoji.scoring.adjustments import with_excess_deduction, with_pass_floor
from kaoji.scoring.explained_score import Formula, Input, Score, ScoringInput
from kaoji.scoring.formulas.equal import equal
from kaoji.scoring.formulas.execution import execution
from kaoji.scoring.formulas.positive import positive
from kaoji.scoring.formulas.qualitative import qualitative
from kaoji.scoring.formulas.reverse_linear import reverse_linear
from kaoji.scoring.formulas.reverse_ratio import reverse_ratio
from kaoji.scoring.formulas.satisfaction_bands import satisfaction_bands
from kaoji.standards.direction import polarity_of
from kaoji.standards.scoring import ScoringPolicy

FORMULAS: dict[str, Formula] = {
    "positive": positive,
    "equal": equal,
    "reverse_linear": reverse_linear,
    "reverse_ratio": reverse_ratio,
    "qualitative": qualitative,
    "satisfaction_bands": satisfaction_bands,
    "execution": execution,
}
PRINTED, BY_POLICY = say("自评表"), say("计分办法")
_TARGET = say("目标值")


def score_indicator(
    indicator: Indicator,
    said: IndicatorOutcome,
    policy: ScoringPolicy,
    usual: Decimal | None = None,
) -> Score | None:
    """Score one indicator; None when it has no points, printed or *usual*, or no actual value."""
    printed = said.points if said.points is not None else indicator.weight
    points = printed if printed is not None else usual
    if points is None or not said.actual_raw:
        return None
    target, actual = indicator.target, Target.parse(said.actual_raw)
    reached = in_terms_of(target, actual)
    if reached is None or target.value is None or target.value < 0:
        measure = ScoringInput(
            points, tier=said.actual_raw, stated=said.score, bounds=policy.tier_bounds
        )
        return _explained(qualitative, measure, indicator, said)
    bound, name = _bound(target, reached, indicator, policy)
    measure = ScoringInput(points, bound, reached, stated=said.score)
    score = _explained(FORMULAS[name], measure, indicator, said)
    if name in {"positive", "equal"}:
        score = with_pass_floor(score, measure, policy.pass_floor)
    # What lies within a range was promised so; beyond it the reverse formula deducts.
    if name in {"positive", "equal"} and target.op is not Op.RANGE:
        score = with_excess_deduction(
            score,
            measure,
            ratio=policy.excess_ratio,
            rate=policy.excess_rate,
            flat=policy.excess_points,
        )
    return score


def _bound(
    target: Target, reached: Decimal, indicator: Indicator, policy: ScoringPolicy
) -> tuple[Decimal | None, str]:
    """The number to compare with, and the formula's name.

    The operator speaks first; an equals sign or none on what should be less is a ceiling.
    """
    less = polarity_of(indicator).direction is Direction.LOWER
    if target.op is Op.RANGE:
        beyond = target.value_high is not None and reached > target.value_high
        return (target.value_high, policy.reverse) if beyond else (target.value, "positive")
    if target.op in {Op.AT_MOST, Op.BELOW}:
        return target.value, policy.reverse
    if less and target.op in {None, Op.EQUAL} and target.value != 0:
        return target.value, policy.reverse
    if "满意" in f"{indicator.level2}{indicator.level3}" and target.is_percentage and not less:
        return target.value, policy.satisfaction
    nought = less and target.value == 0
    return target.value, "equal" if target.op is Op.EQUAL or nought else "positive"


def _explained(
    formula: Formula, measure: ScoringInput, indicator: Indicator, said: IndicatorOutcome
) -> Score:
    is_printed = said.points is not None or indicator.weight is not None
    inputs = (
        Input(say("分值 W"), f"{measure.points:f}", PRINTED if is_printed else BY_POLICY),
        Input(say("目标值 T"), indicator.target.text, _TARGET),
        Input(say("完成值 A"), said.actual_raw or "", PRINTED),
    )
    return replace(formula.compute(measure), formula=formula, inputs=inputs)
