"""Indicators beside what became of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from kaoji.core.attainment import attained
from kaoji.core.declaration import Declaration
from kaoji.core.indicator import Indicator
from kaoji.core.outcome import IndicatorOutcome, Outcome
from kaoji.core.polarity import Direction
from kaoji.core.target import Target
from kaoji.standards.direction import polarity_of


@dataclass(frozen=True)
class OutcomeRow:
    """An indicator, and what the report said of it."""

    indicator: Indicator
    said: IndicatorOutcome

    @cached_property
    def actual(self) -> Target:
        """The actual value, read as targets are."""
        return Target.parse(self.said.actual_raw)

    @property
    def attained(self) -> bool | None:
        """Was the target met? None when numbers cannot tell."""
        less = polarity_of(self.indicator).direction is Direction.LOWER
        return attained(self.indicator.target, self.actual, less_is_better=less)


def pairs(form: Declaration, outcome: Outcome) -> Iterator[OutcomeRow]:
    """Every indicator with its outcome."""
    for indicator, said in zip(form.indicators, outcome.indicators, strict=False):
        yield OutcomeRow(indicator, said)
