"""Indicators beside what became of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from kaoji.core.attainment import attained
from kaoji.core.declaration import Declaration
from kaoji.core.indicator import Indicator
from kaoji.core.outcome import IndicatorOutcome, Outcome
from kaoji.core.polarity import Direction
from kaoji.core.target import Target
from kaoji.standards.deviations import DeviationWords, deviation_words
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
        return self._met_by(self.actual)

    def forebodes_a_miss(self, words: DeviationWords) -> bool:
        """Does the forecast for the year's end miss the target, or the likelihood doubt it?"""
        misses = self._met_by(Target.parse(self.said.forecast_raw)) is False
        return misses or self.said.likelihood in words.doubtful

    def _met_by(self, value: Target) -> bool | None:
        less = polarity_of(self.indicator).direction is Direction.LOWER
        return attained(self.indicator.target, value, less_is_better=less)


def pairs(form: Declaration, outcome: Outcome) -> Iterator[OutcomeRow]:
    """Every indicator with its outcome."""
    for indicator, said in zip(form.indicators, outcome.indicators, strict=False):
        yield OutcomeRow(indicator, said)


def words_for(form: Declaration) -> DeviationWords:
    """The causes and likelihoods of the form's year; of today's form where it names none."""
    return deviation_words(on=date(form.year, 12, 31) if form.year else date.max)
