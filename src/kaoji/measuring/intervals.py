"""How far a sample's result may be from the truth: 95 % intervals.

>>> low, high = wilson(93, 100)
>>> round(low, 1), round(high, 1)
(86.3, 96.6)
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from statistics import NormalDist, mean, stdev

_Z = NormalDist().inv_cdf(0.975)


def wilson(successes: int, trials: int) -> tuple[float, float]:
    """The Wilson score interval of a share, in percent. Source: Wilson 1927, JASA 22:209-212."""
    share, z2 = successes / trials, _Z**2
    middle = (share + z2 / (2 * trials)) / (1 + z2 / trials)
    half = _Z / (1 + z2 / trials) * sqrt(share * (1 - share) / trials + z2 / (4 * trials**2))
    return max(0.0, middle - half) * 100, min(1.0, middle + half) * 100


def of_mean(values: Sequence[float]) -> tuple[float, float]:
    """The normal interval of a mean, in the unit of the values; one value has no width known."""
    middle = mean(values)
    if len(values) < 2:
        return middle, middle
    half = _Z * stdev(values) / sqrt(len(values))
    return middle - half, middle + half
