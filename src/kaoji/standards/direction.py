"""Which way an indicator should move, by the words on record."""

from __future__ import annotations

from kaoji.core.indicator import Indicator
from kaoji.core.polarity import Polarity, judge_polarity
from kaoji.standards.lexicons import polarity_words


def polarity_of(row: Indicator) -> Polarity:
    """Is more better, or less? Judged by the name first, then by the operator."""
    known = polarity_words()
    return judge_polarity(
        row.name,
        row.target,
        lower_is_better=known["lower_is_better"],
        higher_is_better=known["higher_is_better"],
    )
