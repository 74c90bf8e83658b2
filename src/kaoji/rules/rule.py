"""What a rule is: an id, a title, a basis, the days it holds, and a function that looks.

A rule file reads from top to bottom: the essay (its docstring) says why, shows a bad and a
good example in the notation, and the function below reports what it finds. The examples are
run by the tests; the essay becomes the rule's page.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from kaoji.core.finding import Finding, Severity
from kaoji.standards.citations import Citation
from kaoji.standards.validity import Validity

Check = Callable[..., Iterator[Finding]]


@dataclass(frozen=True)
class Rule:
    """One rule. *needs* names the thresholds and other standards its check asks for."""

    id: str
    title: str
    severity: Severity
    basis: tuple[Citation, ...]
    validity: Validity
    needs: tuple[str, ...]
    check: Check
    name: str
    essay: str

    @property
    def thresholds(self) -> tuple[str, ...]:
        """The names of the numbers it compares with."""
        return tuple(name for name in self.needs if name not in {"repairs", "unread"})

    @property
    def family(self) -> str:
        """The first digit of the number: `KJ301` belongs to family `KJ3`."""
        return self.id[:3]


def rule(
    rule_id: str,
    title: str,
    *,
    severity: Severity,
    basis: tuple[Citation, ...],
    since: date,
    until: date | None = None,
    region: str | None = None,
    needs: tuple[str, ...] = (),
) -> Callable[[Check], Rule]:
    """Make a rule of the function below.

    What a rule *needs* is handed to it by keyword: a threshold's number by the threshold's
    name, the repairs of the reading as `repairs`, the paths of values that stand in the
    document but could not be read as `unread`.
    """

    def made_of(check: Check) -> Rule:
        essay = sys.modules[check.__module__].__doc__ or ""
        validity = Validity(since, until, region)
        return Rule(
            rule_id, title, severity, basis, validity, needs, check, check.__name__, essay
        )

    return made_of
