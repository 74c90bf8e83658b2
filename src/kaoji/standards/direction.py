"""Which way an indicator should move, by the words on record."""

from __future__ import annotations

from kaoji.core.indicator import Indicator
from kaoji.core.polarity import Polarity, judge_name, judge_sign
from kaoji.core.remembering import kept_for_names
from kaoji.standards.lexicons import polarity_words


def polarity_of(row: Indicator) -> Polarity:
    """Is more better, or less? Judged by the name first, then by the operator."""
    return _of_name(row.name) or judge_sign(row.target)


@kept_for_names
def _of_name(name: str) -> Polarity | None:
    known = polarity_words()
    return judge_name(name, known["lower_is_better"], known["higher_is_better"])
