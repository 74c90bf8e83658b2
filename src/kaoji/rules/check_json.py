"""A check as JSON: the public contract `check/1`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from kaoji.core.finding import Severity
from kaoji.core.provenance import Origin
from kaoji.core.speech import Sentence
from kaoji.rules.engine import NO_RULE_IN_FORCE, Report, RuleFinding

VERSION = "check/1"

Speak = Callable[[Sentence], str]


@dataclass
class Tally:
    """What reports come to: findings by severity, open questions, rules that were not asked.

    *unjudged* are the forms over which no rule was in force: then “no errors” would be a lie.
    """

    counts: dict[str, int] = field(
        default_factory=lambda: {**{item.value: 0 for item in Severity}, "undecided": 0}
    )
    unasked: set[str] = field(default_factory=set)
    unjudged: int = 0

    def add(self, report: Report) -> None:
        """Count one report."""
        for severity in Severity:
            self.counts[severity.value] += report.count(severity)
        self.counts["undecided"] += report.undecided
        self.unasked.update(rule.id for rule in report.unasked)
        self.unjudged += [item.rule for item in report.findings] == [NO_RULE_IN_FORCE]


Checked = Iterable[tuple[str | None, Report, Callable[[str], Origin]]]


def check_as_json(checked: Checked, tally: Tally, speak: Speak = str) -> Iterator[str]:
    """The checks of several forms, piece by piece: (project name, report, place of a field) each.

    *tally* is what counted them on their way; it is written when all have passed.
    """
    yield f'{{\n "kaoji": {json.dumps(VERSION)},\n "forms": ['
    comma = ""
    for project_name, report, place_of in checked:
        findings = [_finding(item, place_of(item.field), speak) for item in report.findings]
        form = {"project_name": project_name, "findings": findings}
        text = json.dumps(form, ensure_ascii=False, indent=1).replace("\n", "\n  ")
        yield f"{comma}\n  {text}"
        comma = ","
    summary = json.dumps(tally.counts, indent=1).replace("\n", "\n ")
    end = "\n " if comma else ""
    yield f'{end}],\n "summary": {summary}\n}}\n'


def _finding(item: RuleFinding, origin: Origin, speak: Speak) -> dict[str, Any]:
    return {
        "rule": item.rule.id,
        "outcome": item.outcome.value,
        "severity": item.severity.value,
        "field": item.field,
        "message": speak(item.message),
        "suggestion": speak(item.suggestion) if item.suggestion else None,
        "basis": [str(citation) for citation in item.rule.basis],
        "origin": {
            name: value
            for name, value in asdict(origin).items()
            if value is not None or name in {"page", "line"}
        },
    }
