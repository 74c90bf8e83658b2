"""The score of a whole self-evaluation: every indicator, budget execution, the total, the grade."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from kaoji.core.attainment import in_terms_of
from kaoji.core.declaration import Declaration
from kaoji.core.indicator import Indicator
from kaoji.core.money import Money
from kaoji.core.outcome import BudgetLine, IndicatorOutcome, Outcome
from kaoji.core.polarity import Direction
from kaoji.core.speech import Sentence, say
from kaoji.core.target import Op, Target
from kaoji.scoring.adjustments import Cap, cap_on, with_excess_deduction, with_pass_floor
from kaoji.scoring.formulas.equal import equal
from kaoji.scoring.formulas.execution import execution
from kaoji.scoring.formulas.positive import positive
from kaoji.scoring.formulas.qualitative import qualitative
from kaoji.scoring.formulas.reverse_linear import reverse_linear
from kaoji.scoring.formulas.reverse_ratio import reverse_ratio
from kaoji.scoring.formulas.satisfaction_bands import satisfaction_bands
from kaoji.scoring.lights import Light, grade_of, self_evaluation_light
from kaoji.scoring.score import Formula, Input, Score, ScoringInput, rounded
from kaoji.scoring.weights import points_of
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
_PRINTED, _BY_POLICY = say("自评表"), say("计分办法")
_TARGET = say("目标值")


@dataclass(frozen=True)
class ScoredRow:
    """An indicator with its score; *stated* is what the form says."""

    indicator: Indicator
    outcome: IndicatorOutcome
    score: Score | None
    stated: Decimal | None

    @property
    def earned(self) -> Decimal | None:
        """The computed score, or the stated one where judgement gave it within bounds."""
        return self.score.earned if self.score else None


@dataclass(frozen=True)
class Scorecard:
    """All scores of one form. *total* is None while a score is left to judgement; *cap* tells what lowered it."""

    rows: tuple[ScoredRow, ...]
    execution: Score | None
    total: Decimal | None
    grade: str | None
    light: Light | None
    stated_total: Decimal | None
    open_questions: tuple[Sentence, ...]
    cap: Cap | None = None


def score_form(form: Declaration, outcome: Outcome, policy: ScoringPolicy) -> Scorecard:
    """Score a self-evaluation by the policy in force."""
    said = (*outcome.indicators, *[IndicatorOutcome()] * len(form.indicators))
    rows = tuple(
        ScoredRow(indicator, item, score_indicator(indicator, item, policy, usual), item.score)
        for indicator, item, usual in zip(
            form.indicators, said, _usual_points(form, outcome, policy), strict=False
        )
    )
    spent = _execution(outcome.budget.get("total"), policy)
    questions = tuple(_questions(rows, spent))
    earned = [row.earned for row in rows] + ([spent.earned] if spent else [])
    total = (
        None if questions else rounded(sum((part or Decimal(0) for part in earned), Decimal(0)))
    )
    cap = None if total is None else cap_of(total, outcome.budget.get("total"), policy)
    total = cap.most if cap else total
    return Scorecard(
        rows,
        spent,
        total,
        None if total is None else grade_of(total, policy),
        None if total is None else _light(rows, spent, outcome.budget.get("total"), policy),
        outcome.total_score,
        questions,
        cap,
    )


def most_points(outcome: Outcome, policy: ScoringPolicy) -> Decimal | None:
    """What a form may earn at most, because too little of its money was spent; None where all of a hundred."""
    cap = cap_of(Decimal(100), outcome.budget.get("total"), policy)
    return cap.most if cap else None


def cap_of(total: Decimal, line: BudgetLine | None, policy: ScoringPolicy) -> Cap | None:
    """What lowers the total for want of spending; None without a budget or a region that says so."""
    budget = (line.adjusted or line.initial) if line else None
    if line is None or budget is None or line.executed is None:
        return None
    return cap_on(
        total, budget=budget.yuan, executed=line.executed.yuan, caps=policy.execution_caps
    )


def _usual_points(
    form: Declaration, outcome: Outcome, policy: ScoringPolicy
) -> list[Decimal | None]:
    """By indicator the points of the policy, heirs of a missing class and all, where the form prints none at all."""
    if any(item.points is not None for item in outcome.indicators):
        return [None] * len(form.indicators)
    return points_of(form.indicators, policy.usual_points, missing=policy.missing_class)


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
        Input(say("分值 W"), f"{measure.points:f}", _PRINTED if is_printed else _BY_POLICY),
        Input(say("目标值 T"), indicator.target.text, _TARGET),
        Input(say("完成值 A"), said.actual_raw or "", _PRINTED),
    )
    return replace(formula.compute(measure), formula=formula, inputs=inputs)


def _execution(line: BudgetLine | None, policy: ScoringPolicy) -> Score | None:
    """Ten points by the year's budget; None when the form has no execution table."""
    budget = (line.adjusted or line.initial) if line else None
    if line is None or budget is None or line.executed is None:
        return None
    points = line.points if line.points is not None else policy.execution_points
    measure = ScoringInput(points, budget.yuan, line.executed.yuan, stated=line.score)
    inputs = (
        Input(say("分值 W"), f"{points:f}", _PRINTED),
        Input(say("全年预算数"), budget.written(), _PRINTED),
        Input(say("全年执行数"), line.executed.written(), _PRINTED),
    )
    return replace(execution.compute(measure), formula=execution, inputs=inputs)


def _questions(rows: tuple[ScoredRow, ...], spent: Score | None) -> list[Sentence]:
    """What keeps the total open."""
    asked = []
    for row in rows:
        if row.score is None:
            asked.append(say("“{name}”没有分值或完成值", name=row.indicator.name))
        elif row.score.earned is None:
            asked.append(say("“{name}”要由人评定", name=row.indicator.name))
    if spent is None:
        asked.append(say("没有全年预算数或执行数，预算执行率未计分"))
    return asked


def _light(
    rows: tuple[ScoredRow, ...],
    spent: Score | None,
    line: BudgetLine | None,
    policy: ScoringPolicy,
) -> Light | None:
    if spent is None or line is None or spent.earned is None:
        return None
    indicators = sum((row.earned or Decimal(0) for row in rows), Decimal(0))
    budget = line.adjusted or line.initial or Money.zero()
    executed = line.executed or Money.zero()
    return self_evaluation_light(
        policy,
        indicators=indicators,
        execution=spent.earned,
        budget=budget.yuan,
        executed=executed.yuan,
    )
