"""What last year's results propose for next year's money: keep, trim or stop, by stated rules.

A proposal never decides. Every rule that speaks is in the trace; the hardest one leads.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from kaoji.standards.files import read_yaml
from kaoji.standards.validity import Validity, in_force

PROPOSAL_NAMES = {"keep": "建议支持", "trim": "建议压减", "stop": "建议暂缓或不安排"}
_HARDEST_FIRST = ("stop", "trim", "keep")


@dataclass(frozen=True)
class Facts:
    """What is known of the year before: the grade, the rate of execution in percent, arrears of rectification."""

    grade: str | None = None
    rate: Decimal | None = None
    overdue: bool = False


@dataclass(frozen=True)
class Reason:
    """A rule that spoke: what it proposes, by how many percent, and why."""

    then: str
    by: Decimal | None
    why: str


@dataclass(frozen=True)
class Proposal:
    """What the rules propose; None of them spoke: *then* is None. *trace* has every reason."""

    then: str | None
    by: Decimal | None
    trace: tuple[Reason, ...]
    source: str


def proposal_for(facts: Facts, *, on: date, region: str | None) -> Proposal:
    """What the policy in force on that day proposes."""
    policy: Any = in_force(_dated(), on=on, region=region)
    if policy is None:
        return Proposal(None, None, (), "")
    trace = tuple(_reasons(policy["rules"], facts))
    for then in _HARDEST_FIRST:
        speaking = [reason for reason in trace if reason.then == then]
        if speaking:
            by = max((reason.by for reason in speaking if reason.by), default=None)
            return Proposal(then, by, trace, policy["source"])
    return Proposal(None, None, trace, policy["source"])


def _reasons(rules: list[dict[str, Any]], facts: Facts) -> Iterator[Reason]:
    for item in rules:
        when = item["when"]
        if (
            facts.grade in when.get("grade", ())
            or (when.get("overdue") and facts.overdue)
            or (
                "rate_below" in when
                and facts.rate is not None
                and facts.rate < when["rate_below"]
            )
        ):
            yield Reason(
                item["then"], Decimal(item["by"]) if "by" in item else None, item["why"]
            )


@cache
def _dated() -> tuple[tuple[Validity, dict[str, Any]], ...]:
    return tuple((Validity.from_data(data), data) for data in read_yaml("consequences.yaml"))
