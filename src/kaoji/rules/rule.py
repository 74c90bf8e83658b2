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
from kaoji.rules.context import CONDITIONS, HANDED
from kaoji.standards.citations import Citation
from kaoji.standards.validity import Validity

Check = Callable[..., Iterator[Finding]]


@dataclass(frozen=True)
class Rule:
    """One rule. *needs* names the thresholds and the parts of the context its check asks for.

    *yields_to* names the rules that say more about the same cell; where one of them has found
    something, this one is silent.
    """

    id: str
    title: str
    severity: Severity
    basis: tuple[Citation, ...]
    validity: Validity
    needs: tuple[str, ...]
    check: Check
    name: str
    essay: str
    yields_to: tuple[str, ...] = ()

    @property
    def thresholds(self) -> tuple[str, ...]:
        """The names of the numbers it compares with."""
        return tuple(name for name in self.needs if name not in HANDED)

    @property
    def conditions(self) -> tuple[str, ...]:
        """The parts of the context without which it is not asked."""
        return tuple(name for name in self.needs if name in CONDITIONS)

    @property
    def judges_outcomes(self) -> bool:
        """Is it made for self-evaluations and monitoring reports, not for declarations?"""
        return "outcome" in self.needs

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
    yields_to: tuple[str, ...] = (),
) -> Callable[[Check], Rule]:
    """Make a rule of the function below.

    What a rule *needs* is handed to it by keyword: a threshold's number by the threshold's
    name, a part of the Context by the part's name.
    """

    def made_of(check: Check) -> Rule:
        essay = sys.modules[check.__module__].__doc__ or ""
        validity = Validity(since, until, region)
        return Rule(
            rule_id,
            title,
            severity,
            basis,
            validity,
            needs,
            check,
            check.__name__,
            essay,
            yields_to,
        )

    return made_of
