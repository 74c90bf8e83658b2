"""What a rule says about a form: it found something, or it could not decide.

A rule that has nothing to say has passed; the three outcomes never collapse into two.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kaoji.core.indicator import Indicator
from kaoji.core.speech import Sentence


class Severity(StrEnum):
    """How much a finding weighs: returned, for the reviewer to judge, or good to know."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


class Outcome(StrEnum):
    """What a rule reports; a rule that reports nothing has passed."""

    FOUND = "found"
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class Correction:
    """A change that would mend a finding: the path of a field and its new text.

    A *safe* one says the same, better written; any other is a choice that a person makes.
    """

    field: str
    text: str
    safe: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark of a rule.

    *about* is an indicator or the path of a field (`funds.total`); for an indicator,
    *column* says which cell. *severity* overrides the rule's own where the law does.
    *corrections* are what a program could write instead.
    """

    about: Indicator | str
    message: Sentence
    suggestion: Sentence | None = None
    column: str = "target_raw"
    severity: Severity | None = None
    outcome: Outcome = Outcome.FOUND
    corrections: tuple[Correction, ...] = ()

    @property
    def field(self) -> str:
        """Path of the cell that the remark belongs to."""
        if isinstance(self.about, Indicator):
            return self.about.at(self.column)
        return self.about


def undecided(
    about: Indicator | str, message: Sentence, *, column: str = "target_raw"
) -> Finding:
    """A remark that the rule could not decide, and what it would need to."""
    return Finding(about, message, column=column, outcome=Outcome.UNDECIDED)
