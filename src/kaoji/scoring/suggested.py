"""The points that a share done suggests for a result in words: in proportion, within the bounds of its tier.

>>> suggested(Decimal(10), Decimal(97), tier="达成年度指标", bounds=(Decimal(95), Decimal(60)))
Decimal('9.70')
>>> suggested(Decimal(10), Decimal(97), tier="部分达成", bounds=(Decimal(80), Decimal(60)))
Decimal('7.99')
"""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal

from kaoji.scoring.explained_score import ScoringInput, rounded
from kaoji.scoring.formulas.qualitative import qualitative

_CENT = Decimal("0.01")
_HUNDRED = Decimal(100)


def suggested(
    points: Decimal, share: Decimal, *, tier: str, bounds: tuple[Decimal, Decimal]
) -> Decimal:
    """A score to two decimals that the tier allows, as near to the *share* (in percent) of the points as can be.

    The bounds of 16.67 points have three decimals (60 % are 10.002): 10.00 would lie below its tier.
    """
    judged = qualitative.compute(ScoringInput(points, tier=tier, bounds=bounds))
    low, high = judged.low or Decimal(0), judged.high or points
    least = low.quantize(_CENT, ROUND_CEILING)
    most = points if high == points else high.quantize(_CENT, ROUND_CEILING) - _CENT
    return max(least, min(rounded(points * share / _HUNDRED), most))
