"""What may be done to a score after its formula: the pass floor, the deduction for an easy target.

Both hold only where a region's data says so, and both add a step to the score's explanation.
"""

from __future__ import annotations

from decimal import Decimal

from kaoji.core.speech import say
from kaoji.scoring.score import Measure, Score, rounded


def with_pass_floor(score: Score, measure: Measure, floor: Decimal | None) -> Score:
    """No points below a share of the target: with a floor of 0.6, 59 % of it gives 0.

    >>> from kaoji.scoring.formulas.positive import positive
    >>> low = Measure(Decimal(10), Decimal(100), Decimal(59))
    >>> with_pass_floor(positive.compute(low), low, Decimal("0.6")).earned
    Decimal('0')
    """
    if floor is None or not measure.target or measure.actual is None:
        return score
    if measure.actual / measure.target < floor:
        step = say("完成不到目标值的 {floor}，不得分", floor=f"{floor:.0%}")
        return score.then(Decimal(0), step)
    return score


def with_excess_deduction(
    score: Score, measure: Measure, *, ratio: Decimal | None, rate: Decimal
) -> Score:
    """Deduct for a target that was exceeded by far: *rate* of the points for each 100 % beyond.

    >>> from kaoji.scoring.formulas.positive import positive
    >>> easy = Measure(Decimal(10), Decimal(100), Decimal(180))
    >>> score = positive.compute(easy)
    >>> with_excess_deduction(score, easy, ratio=Decimal("1.3"), rate=Decimal("0.2")).earned
    Decimal('9.00')
    """
    if ratio is None or not measure.target or measure.actual is None or score.earned is None:
        return score
    reached = measure.actual / measure.target
    if reached < ratio or rate == 0:
        return score
    deducted = min(rounded((reached - ratio) * rate * measure.points), score.earned)
    step = say(
        "完成值为目标值的 {reached}，超过 {ratio}，按偏离度扣 {deducted} 分",
        reached=f"{reached:.0%}",
        ratio=f"{ratio:.0%}",
        deducted=f"{deducted:f}",
    )
    return score.then(score.earned - deducted, step)
