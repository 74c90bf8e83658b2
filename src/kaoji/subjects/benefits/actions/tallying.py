"""Write down the rates of a run as they are known now; earlier ones stay."""

from __future__ import annotations

from datetime import datetime

from kaoji.subjects.benefits.models import Run, Tally
from kaoji.subjects.benefits.queries.results import rates_of


def tallied(run: Run, now: datetime) -> list[Tally]:
    """The rates of the run by both ways of looking, town by town. Call it inside an action."""
    return Tally.objects.bulk_create(
        Tally(
            run=run,
            town_id=told.town,
            statistic=told.statistic,
            basis=basis,
            month=run.first_day,
            numerator=told.rate.numerator,
            denominator=told.rate.denominator,
            made_at=now,
        )
        for basis in Tally.Basis.values
        for told in rates_of(run, basis, known_at=now)
    )
