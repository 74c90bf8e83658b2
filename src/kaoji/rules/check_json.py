"""A check as JSON: the public contract `check/1`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Any

from kaoji.core.finding import Severity
from kaoji.core.provenance import Origin
from kaoji.core.speech import Sentence
from kaoji.rules.engine import Report, RuleFinding

VERSION = "check/1"

Speak = Callable[[Sentence], str]


def check_as_data(
    checked: Iterable[tuple[str | None, Report, Callable[[str], Origin]]], speak: Speak = str
) -> dict[str, Any]:
    """The checks of several forms: (project name, report, place of a field) each."""
    forms, reports = [], []
    for project_name, report, place_of in checked:
        reports.append(report)
        findings = [_finding(item, place_of(item.field), speak) for item in report.findings]
        forms.append({"project_name": project_name, "findings": findings})
    return {"kaoji": VERSION, "forms": forms, "summary": summary(reports)}


def summary(reports: Iterable[Report]) -> dict[str, int]:
    """How many findings of each severity, and how many questions stayed open."""
    reports = list(reports)
    counts = {
        severity.value: sum(report.count(severity) for report in reports)
        for severity in Severity
    }
    return {**counts, "undecided": sum(report.undecided for report in reports)}


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
