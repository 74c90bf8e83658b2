"""How long the rules of one form may take: beyond it the rest is *undecided*, never passed.

Every rule grows with the form and no faster; this is the second wall behind that. What counts is the
time that this thread works, not the time of day: a busy machine judges no form otherwise. The clock is
handed in, so that a test needs none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import thread_time

# All rules of a form of six thousand rows take a third of it.
MOST_SECONDS = 10.0


@dataclass
class Patience:
    """A budget of *seconds* that begins to run when it is made; None never ends."""

    seconds: float | None = None
    clock: Callable[[], float] = thread_time

    def __post_init__(self) -> None:
        """Begin to count."""
        self._begun = self.clock()

    @property
    def is_over(self) -> bool:
        """Has the time been spent?"""
        return self.seconds is not None and self.clock() - self._begun > self.seconds
