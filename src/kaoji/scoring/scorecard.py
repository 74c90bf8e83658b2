"""The score of a whole self-evaluation: every indicator, budget execution, the total, the grade."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from kaoji.core.declaration import Declaration
from kaoji.core.indicator import Indicator
from kaoji.core.outcome import BudgetLine, IndicatorOutcome, Outcome
from kaoji.core.speech import Sentence, say
from kaoji.scoring.adjustments import Cap, cap_on
from kaoji.scoring.explained_score import Input, Score, ScoringInput, rounded
from kaoji.scoring.formulas.execution import execution
from kaoji.scoring.lights import Light, grade_of, self_evaluation_light
from kaoji.scoring.score_indicator import BY_POLICY, PRINTED, score_indicator
from kaoji.scoring.weights import points_of
from kaoji.standards.scoring import ScoringPolicy


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
    if line is None or line.spending is None:
        return None
    budget, executed = line.spending
    return cap_on(total, budget=budget.yuan, executed=executed.yuan, caps=policy.execution_caps)


def _usual_points(
    form: Declaration, outcome: Outcome, policy: ScoringPolicy
) -> list[Decimal | None]:
    """By indicator the points of the policy, heirs of a missing class and all, where the form prints none at all."""
    if any(item.points is not None for item in outcome.indicators):
        return [None] * len(form.indicators)
    return points_of(form.indicators, policy.usual_points, missing=policy.missing_class)


def _execution(line: BudgetLine | None, policy: ScoringPolicy) -> Score | None:
    """Ten points by the year's budget; None when the form has no execution table."""
    if line is None or line.spending is None:
        return None
    budget, executed = line.spending
    points = line.points if line.points is not None else policy.execution_points
    measure = ScoringInput(points, budget.yuan, executed.yuan, stated=line.score)
    source = BY_POLICY if line.points is None else PRINTED
    inputs = (
        Input(say("分值 W"), f"{points:f}", source),
        Input(say("全年预算数"), budget.written(), PRINTED),
        Input(say("全年执行数"), executed.written(), PRINTED),
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
    if spent is None or spent.earned is None or line is None or line.spending is None:
        return None
    budget, executed = line.spending
    indicators = sum((row.earned or Decimal(0) for row in rows), Decimal(0))
    return self_evaluation_light(
        policy,
        indicators=indicators,
        execution=spent.earned,
        of_execution=spent.points,
        budget=budget.yuan,
        executed=executed.yuan,
    )
