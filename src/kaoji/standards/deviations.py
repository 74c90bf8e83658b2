"""Why an indicator may deviate, and how likely its target is to be reached: the closed choices of the 监控表."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from kaoji.standards.files import read_yaml
from kaoji.standards.validity import Validity, in_force


@dataclass(frozen=True)
class DeviationWords:
    """What may be ticked, in the order of the form; the likelihoods from the best to the worst.

    *impossible* is the likelihood that asks for a remedy: a rectification, or an adjustment of target or budget.
    """

    causes: tuple[str, ...]
    likelihoods: tuple[str, ...]
    impossible: str
    source: str

    @property
    def doubtful(self) -> frozenset[str]:
        """The likelihoods that forebode a deviation: all but the best."""
        return frozenset(self.likelihoods[1:])


def deviation_words(*, on: date, region: str | None = None) -> DeviationWords:
    """The words in force on a day; before the first ones, those."""
    dated = _dated()
    return in_force(dated, on=on, region=region) or dated[0][1]


@cache
def _dated() -> tuple[tuple[Validity, DeviationWords], ...]:
    return tuple(
        (
            Validity.from_data(data),
            DeviationWords(
                tuple(data["causes"]),
                tuple(data["likelihoods"]),
                data["impossible"],
                data["source"],
            ),
        )
        for data in read_yaml("deviations.yaml")
    )
