"""Several experts' scores made one: the mean, or the mean without the highest and the lowest.

>>> combined([Decimal(8), Decimal(9), Decimal(4)], "mean")
Decimal('7.00')
>>> combined([Decimal(8), Decimal(9), Decimal(4), Decimal(7)], "trimmed")
Decimal('7.50')
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from kaoji.scoring.explained_score import rounded

COMBINATION_NAMES = {"mean": "平均", "trimmed": "去掉最高最低后平均"}
# With fewer there is nothing left to cut off.
FEWEST_TO_TRIM = 3


def combined(scores: Sequence[Decimal], combination: str) -> Decimal:
    """One score of several, to two decimals; fewer than three are never trimmed."""
    counted = sorted(scores)
    if combination == "trimmed" and len(counted) >= FEWEST_TO_TRIM:
        counted = counted[1:-1]
    return rounded(sum(counted, Decimal(0)) / len(counted))


def combined_sheets(
    sheets: Sequence[Mapping[str, Decimal]], combination: str
) -> dict[str, Decimal]:
    """By point the combined score of all sheets."""
    return {
        name: combined([sheet[name] for sheet in sheets], combination) for name in sheets[0]
    }
