"""A score that explains itself: inputs with their sources, steps, rounding, result.

Whoever reads it can recompute it with pencil and paper; nothing is hidden in the program.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from kaoji.core.speech import Sentence, say
from kaoji.standards.citations import Citation

_CENT = Decimal("0.01")


def rounded(value: Decimal) -> Decimal:
    """To two decimals, half up, as the forms print it."""
    return value.quantize(_CENT, ROUND_HALF_UP)


@dataclass(frozen=True)
class Input:
    """One number or word that went in: what it is, its value, where it stands."""

    name: Sentence
    value: str
    source: Sentence


@dataclass(frozen=True)
class Formula:
    """One way to score. *symbols* is the formula as it is written on paper."""

    id: str
    title: str
    symbols: str
    basis: tuple[Citation, ...]
    compute: Callable[[ScoringInput], Score]
    essay: str = ""


@dataclass(frozen=True)
class ScoringInput:
    """What a formula is given: points W, target T, actual value A, all as plain numbers.

    *tier* is the word for a qualitative result, *bounds* the least shares of the points, in percent, for its
    first and second tier where they are not the usual; *stated* the score that the form itself gives.
    """

    points: Decimal
    target: Decimal | None = None
    actual: Decimal | None = None
    tier: str | None = None
    stated: Decimal | None = None
    bounds: tuple[Decimal, Decimal] | None = None

    @property
    def numbers(self) -> tuple[Decimal, Decimal]:
        """Target and actual value: what nobody said is nothing, and less than nothing counts as nothing."""
        return self.target or Decimal(0), max(self.actual or Decimal(0), Decimal(0))

    @property
    def reached(self) -> Decimal | None:
        """The actual value over the target; None where one of them is missing, and of a target of 0."""
        return self.actual / self.target if self.target and self.actual is not None else None


@dataclass(frozen=True)
class Score:
    """The points earned of those there are; None where the formula leaves it to judgement.

    *low* and *high* bound what judgement may give; *steps* tell the computation in words.
    """

    points: Decimal
    earned: Decimal | None
    steps: tuple[Sentence, ...]
    low: Decimal | None = None
    high: Decimal | None = None
    formula: Formula | None = None
    inputs: tuple[Input, ...] = ()

    def then(self, earned: Decimal, *steps: Sentence) -> Score:
        """The score after one more step."""
        return replace(self, earned=earned, steps=(*self.steps, *steps))


def full(measure: ScoringInput, why: Sentence) -> Score:
    """All points."""
    return Score(measure.points, measure.points, (why,))


def none(measure: ScoringInput, why: Sentence) -> Score:
    """No points."""
    return Score(measure.points, Decimal(0), (why,))


def share(measure: ScoringInput, fraction: Decimal, how: str) -> Score:
    """A fraction of the points, told as it is computed and rounded."""
    exact = fraction * measure.points
    earned = rounded(exact)
    step = say(
        "{how} × {points} = {exact}", how=how, points=f"{measure.points:f}", exact=_short(exact)
    )
    return Score(measure.points, earned, (step, say("得 {earned} 分", earned=f"{earned:f}")))


def _short(value: Decimal) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")
