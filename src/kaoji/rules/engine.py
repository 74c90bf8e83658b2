"""Run the rules in force over a form. Passed, found, could not decide: never two of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kaoji.core.declaration import Declaration
from kaoji.core.finding import Finding, Outcome, Severity, undecided
from kaoji.core.paths import FieldPath
from kaoji.core.provenance import Doubt, Repair
from kaoji.core.speech import Sentence, say
from kaoji.rules.catalogue import CATALOGUE
from kaoji.rules.rule import Rule
from kaoji.standards.layouts import layouts
from kaoji.standards.thresholds import NoThreshold, threshold_in_force
from kaoji.standards.validity import Validity

# Speaks when no rule of the catalogue holds, so that “not checked” never looks like “passed”.
NO_RULE_IN_FORCE = Rule(
    "KJ000",
    "没有适用的规则",
    Severity.WARNING,
    (),
    Validity(),
    (),
    lambda form: iter(()),
    "no_rule_in_force",
    "",
)


@dataclass(frozen=True)
class RuleFinding:
    """A finding together with the rule that reports it."""

    rule: Rule
    finding: Finding

    @property
    def severity(self) -> Severity:
        """The finding's own severity where the law gives it one, else the rule's."""
        return self.finding.severity or self.rule.severity

    @property
    def outcome(self) -> Outcome:
        """Found or undecided."""
        return self.finding.outcome

    @property
    def field(self) -> str:
        """Path of the cell."""
        return self.finding.field

    @property
    def message(self) -> Sentence:
        """What is wrong, and with which value."""
        return self.finding.message

    @property
    def suggestion(self) -> Sentence | None:
        """What would mend it, where that can honestly be said."""
        return self.finding.suggestion


@dataclass(frozen=True)
class Report:
    """What the rules said about one form: remarks in catalogue order, and who passed it."""

    findings: tuple[RuleFinding, ...]
    passed: tuple[Rule, ...]

    def count(self, severity: Severity) -> int:
        """How many findings weigh this much; undecided ones do not count."""
        return sum(
            item.outcome is Outcome.FOUND and item.severity is severity
            for item in self.findings
        )

    @property
    def undecided(self) -> int:
        """How many rules' questions stayed open."""
        return sum(item.outcome is Outcome.UNDECIDED for item in self.findings)


def check(
    form: Declaration,
    *,
    repairs: Iterable[Repair] = (),
    doubts: Iterable[Doubt] = (),
    year: int | None = None,
    region: str | None = None,
    rules: Iterable[Rule] = CATALOGUE,
) -> Report:
    """Check a form by the rules of its year and region; *year* and *region* override its own.

    *repairs* and *doubts* are those of the reading: a value that stands in the document but
    could not be read is not taken for a blank.

    A form that names no year is judged by the newest rules.
    """
    year = year or form.year
    day = date(year, 12, 31) if year else date.max
    region = region or _region_of(form)
    given = {
        "repairs": tuple(repairs),
        "unread": frozenset(doubt.field for doubt in doubts if _is_blank(form, doubt.field)),
    }
    findings: list[RuleFinding] = []
    passed: list[Rule] = []
    rules = [rule for rule in rules if rule.validity.holds(on=day, region=region)]
    if not rules:
        remark = undecided("year", say("没有适用于 {year} 年的规则，未作检查", year=year))
        return Report((RuleFinding(NO_RULE_IN_FORCE, remark),), ())
    for rule in rules:
        remarks = list(_run(rule, form, given, day, region))
        findings += [RuleFinding(rule, remark) for remark in remarks]
        if not remarks:
            passed.append(rule)
    return Report(tuple(findings), tuple(passed))


def _region_of(form: Declaration) -> str | None:
    return next((item.validity.region for item in layouts() if item.id == form.layout), None)


def _run(
    rule: Rule, form: Declaration, given: Mapping[str, Any], day: date, region: str | None
) -> Iterator[Finding]:
    try:
        needs = {name: _fetch(name, given, day, region) for name in rule.needs}
    except NoThreshold as missing:
        yield undecided("year", say("缺少判断依据：{reason}", reason=missing.sentence))
        return
    yield from rule.check(form, **needs)


def _is_blank(form: Declaration, field: str) -> bool:
    return FieldPath.parse(field).get(form) in {None, ()} if "]" not in field else False


def _fetch(name: str, given: Mapping[str, Any], day: date, region: str | None) -> Any:
    if name in given:
        return given[name]
    return threshold_in_force(name, on=day, region=region).value
