"""Which scoring policy a form is judged by: that of its region at the end of its year."""

from __future__ import annotations

from datetime import date

from kaoji.core.declaration import Declaration
from kaoji.rules.engine import region_of
from kaoji.standards.scoring import ScoringPolicy, scoring_policy


def policy_of(
    form: Declaration, *, year: int | None = None, region: str | None = None
) -> ScoringPolicy:
    """Its policy, or that of another year or region; a form without a year is judged by the last one.

    Raises NoScoringPolicy before the first one.
    """
    year = year or form.year
    day = date(year, 12, 31) if year else date.max
    return scoring_policy(on=day, region=region or region_of(form))
