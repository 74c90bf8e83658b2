"""What may be done to a score after its formula: a pass floor, a deduction for an easy target, a cap.

They hold only where a region's data says so, and each adds a step to the score's explanation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from kaoji.core.speech import Sentence, say
from kaoji.scoring.explained_score import Score, ScoringInput, rounded

_NOTHING = Decimal(0)
_HUNDRED = Decimal(100)
_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Cap:
    """A whole form may earn no more than *most*, because too little of its money was spent.

    *share* is what was spent, in percent; *before* the points that the form would have.
    """

    share: Decimal
    below: Decimal
    most: Decimal
    before: Decimal

    @property
    def step(self) -> Sentence:
        """How the total came about, to be recomputed with pencil and paper."""
        return say(
            "预算执行率 {share}%，不足 {below}%：总分 {before}，按最高 {most} 分计",
            share=f"{self.share:f}",
            below=f"{self.below:f}",
            before=f"{self.before:f}",
            most=f"{self.most:f}",
        )


def cap_on(
    total: Decimal,
    *,
    budget: Decimal,
    executed: Decimal,
    caps: Sequence[tuple[Decimal, Decimal]],
) -> Cap | None:
    """The cap that lowers the total; None where none does. *caps* begin with the smallest share.

    Of nothing nothing can be left unspent: a budget of 0 caps no total.

    >>> caps = [(Decimal(50), Decimal(59)), (Decimal(60), Decimal(69)), (Decimal(80), Decimal(89))]
    >>> held = cap_on(Decimal("93.5"), budget=Decimal(200), executed=Decimal(150), caps=caps)
    >>> held.share, held.most
    (Decimal('75.00'), Decimal('89'))
    >>> cap_on(Decimal("93.5"), budget=Decimal(200), executed=Decimal(160), caps=caps) is None
    True
    >>> cap_on(Decimal("93.5"), budget=Decimal(0), executed=Decimal(0), caps=caps) is None
    True
    """
    if budget <= 0:
        return None
    exact = executed / budget * _HUNDRED
    share = exact.quantize(_CENT, ROUND_DOWN)  # 79.999 % is below 80 %, and is told so
    for below, most in caps:
        if exact < below:
            return Cap(share, below, most, total) if total > most else None
    return None


def with_pass_floor(score: Score, measure: ScoringInput, floor: Decimal | None) -> Score:
    """No points below a share of the target: with a floor of 0.6, 59 % of it gives 0.

    >>> from kaoji.scoring.formulas.positive import positive
    >>> low = ScoringInput(Decimal(10), Decimal(100), Decimal(59))
    >>> with_pass_floor(positive.compute(low), low, Decimal("0.6")).earned
    Decimal('0')
    """
    if floor is not None and measure.reached is not None and measure.reached < floor:
        step = say("完成不到目标值的 {floor}，不得分", floor=f"{floor:.0%}")
        return score.then(Decimal(0), step)
    return score


def with_excess_deduction(
    score: Score,
    measure: ScoringInput,
    *,
    ratio: Decimal | None,
    rate: Decimal = _NOTHING,
    flat: Decimal = _NOTHING,
) -> Score:
    """Deduct for a target that was exceeded by far: *rate* of the points for each 100 % beyond, or *flat* points.

    >>> from kaoji.scoring.formulas.positive import positive
    >>> easy = ScoringInput(Decimal(10), Decimal(100), Decimal(180))
    >>> score = positive.compute(easy)
    >>> with_excess_deduction(score, easy, ratio=Decimal("1.3"), rate=Decimal("0.2")).earned
    Decimal('9.00')
    >>> with_excess_deduction(score, easy, ratio=Decimal("1.3"), flat=Decimal(2)).earned
    Decimal('8')
    """
    reached = measure.reached
    if ratio is None or reached is None or score.earned is None:
        return score
    if reached <= ratio or rate == flat == 0:
        return score
    due = flat or rounded((reached - ratio) * rate * measure.points)
    deducted = min(due, score.earned)
    step = say(
        "完成值为目标值的 {reached}，超过 {ratio}，按偏离度扣 {deducted} 分",
        reached=f"{reached:.0%}",
        ratio=f"{ratio:.0%}",
        deducted=f"{deducted:f}",
    )
    return score.then(score.earned - deducted, step)
