"""Run the rules in force over a form. Passed, found, could not decide: never two of them."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kaoji.core.declaration import INDICATOR_TABLES, Declaration
from kaoji.core.finding import Finding, Outcome, Severity, undecided
from kaoji.core.paths import WHOLE_FORM, FieldPath
from kaoji.core.provenance import Doubt, Repair
from kaoji.core.speech import Sentence, say
from kaoji.core.target import Target
from kaoji.rules.catalogue import CATALOGUE
from kaoji.rules.context import HANDED, Context
from kaoji.rules.doubted import Doubtful, left_open
from kaoji.rules.overrides import AS_WRITTEN, Overrides
from kaoji.rules.patience import Patience
from kaoji.rules.plain_signs import in_plain_signs
from kaoji.rules.rule import Rule
from kaoji.rules.siblings import Siblings
from kaoji.standards.layouts import layout_named, layouts
from kaoji.standards.thresholds import NoThreshold, threshold_in_force
from kaoji.standards.validity import Validity

_log = logging.getLogger(__name__)

NOTHING_ELSE = Context()

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


@dataclass(frozen=True, slots=True)
class RuleFinding:
    """A finding together with the rule that reports it."""

    rule: Rule
    finding: Finding
    overridden: Severity | None = None

    @property
    def severity(self) -> Severity:
        """What an administrator set, else the finding's own where the law gives it one."""
        return self.overridden or self.finding.severity or self.rule.severity

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
    """What the rules said about one form: remarks in catalogue order, and who passed it.

    *unasked* are the rules that need what was not at hand, such as last year's form, or a cell that
    the layout does not have: they have neither passed nor found anything. Neither have those that an administrator switched *off*.
    """

    findings: tuple[RuleFinding, ...]
    passed: tuple[Rule, ...]
    unasked: tuple[Rule, ...] = ()
    off: tuple[Rule, ...] = ()

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
    vouched: bool = False,
    context: Context = NOTHING_ELSE,
    overrides: Overrides = AS_WRITTEN,
    year: int | None = None,
    region: str | None = None,
    rules: Iterable[Rule] = CATALOGUE,
    patience: Patience | None = None,
) -> Report:
    """Check a form by the rules of its year and region; *year* and *region* override its own.

    *repairs* and *doubts* are those of the reading: a value that stands in the document but
    could not be read is not taken for a blank, and what is found about a value in doubt is told
    as undecided, unless a person has *vouched* for the form as it stands. *context* is what else is known; a form with an
    outcome is judged by the rules for outcomes. *overrides* are what an administrator set. A rule
    that *patience* no longer lasts for, or that fails over the form, has not decided.

    A form that names no year is judged by the newest rules. One in traditional signs is judged, and quoted, in
    plain ones.
    """
    year = year or form.year
    day = date(year, 12, 31) if year else date.max
    region = region or region_of(form)
    doubts = tuple(doubts)
    unread = frozenset(doubt.field for doubt in doubts if _is_blank(form, doubt.field))
    doubtful = Doubtful() if vouched else Doubtful.among(doubts)
    form, remarks_on_length = _of_judged_length(in_plain_signs(form))
    context = replace(
        _in_plain_signs(context),
        repairs=(*context.repairs, *repairs),
        unread=context.unread | unread,
    )
    with_outcome = context.outcome is not None
    rules = [
        rule
        for rule in rules
        if rule.validity.holds(on=day, region=region) and rule.judges_outcomes == with_outcome
    ]
    if not rules:
        remark = undecided("year", say("没有适用于 {year} 年的规则，未作检查", year=year))
        return Report((RuleFinding(NO_RULE_IN_FORCE, remark),), ())
    findings = [RuleFinding(NO_RULE_IN_FORCE, remark) for remark in remarks_on_length]
    passed: list[Rule] = []
    unasked: list[Rule] = []
    off = tuple(rule for rule in rules if rule.id in overrides.off)
    for rule in rules:
        if rule in off:
            continue
        if any(getattr(context, name) is None for name in rule.conditions):
            unasked.append(rule)
            continue
        remarks = _remarks(rule, form, _Given(context, overrides, day, region), patience)
        if remarks and all(_has_no_cell(remark, form, context) for remark in remarks):
            unasked.append(rule)
            continue
        severity = overrides.severities.get(rule.id)
        findings += [
            RuleFinding(rule, left_open(remark, doubtful), severity) for remark in remarks
        ]
        if not remarks:
            passed.append(rule)
    return Report(tuple(_most_telling(findings)), tuple(passed), tuple(unasked), off)


def _in_plain_signs(context: Context) -> Context:
    """What the form is compared with, row by row, in the signs in which the form is judged."""
    approved, previous = context.approved, context.previous
    return replace(
        context,
        approved=in_plain_signs(approved) if approved else None,
        previous=replace(previous, form=in_plain_signs(previous.form)) if previous else None,
    )


# No name, target or goal of a form is longer; what lies beyond is not judged, and that is told.
_LONGEST_CELL, _LONGEST_GOAL = 1_000, 20_000


def _of_judged_length(form: Declaration) -> tuple[Declaration, list[Finding]]:
    """The form with every cell cut to a length that rules are made for, and what was cut."""
    remarks: list[Finding] = []

    def cut(text: str | None, most: int, field: str) -> str | None:
        if text is None or len(text) <= most:
            return text
        reason = say("这一格有 {count} 字，只检查了前 {most} 字", count=len(text), most=most)
        remarks.append(undecided(field, reason))
        return text[:most]

    texts: dict[str, Any] = {
        name: cut(getattr(form, name), _LONGEST_CELL, name)
        for name in ("project_name", "department", "implementing_unit", "project_category", "project_nature")
    }  # fmt: skip
    goals: dict[str, Any] = {
        name: cut(getattr(form, name), _LONGEST_GOAL, name)
        for name in ("overall_goal", "annual_goal")
    }
    tables: dict[str, Any] = {
        table: tuple(
            replace(
                row,
                level1=cut(row.level1, _LONGEST_CELL, f"{table}[{row.position}].level1"),
                level2=cut(row.level2, _LONGEST_CELL, f"{table}[{row.position}].level2"),
                level3=cut(row.level3, _LONGEST_CELL, f"{table}[{row.position}].level3"),
                target=row.target
                if len(row.target.text) <= _LONGEST_CELL
                else Target.parse(
                    cut(row.target.text, _LONGEST_CELL, f"{table}[{row.position}].target_raw")
                ),
            )
            for row in getattr(form, table)
        )
        for table in INDICATOR_TABLES
    }
    if not remarks:
        return form, []
    return replace(form, **texts, **goals, **tables), remarks


def _most_telling(findings: Iterable[RuleFinding]) -> Iterator[RuleFinding]:
    """The findings without those whose cell a more specific rule speaks about."""
    findings = list(findings)
    spoken = {(item.rule.id, item.field) for item in findings if item.outcome is Outcome.FOUND}
    for item in findings:
        if not any((other, item.field) in spoken for other in item.rule.yields_to):
            yield item


def region_of(form: Declaration) -> str | None:
    """The region whose layout the form has."""
    return next((item.validity.region for item in layouts() if item.id == form.layout), None)


@dataclass(frozen=True)
class _Given:
    """Where a rule's needs are fetched from."""

    context: Context
    overrides: Overrides
    day: date
    region: str | None

    def fetch(self, name: str) -> Any:
        """A part of the context, or a threshold's number. Raises NoThreshold."""
        if name == "siblings":
            return Siblings.of(self.context.siblings or ())
        if name in HANDED:
            return getattr(self.context, name)
        if name in self.overrides.thresholds:
            return self.overrides.thresholds[name]
        return threshold_in_force(name, on=self.day, region=self.region).value


def _remarks(
    rule: Rule, form: Declaration, given: _Given, patience: Patience | None
) -> list[Finding]:
    """What a rule says of the form; one form's content never keeps the others from being judged."""
    if patience is not None and patience.is_over:
        return [undecided(WHOLE_FORM, say("检查用时超过上限，这条规则没有检查"))]
    try:
        return list(_run(rule, form, given))
    except Exception as failure:  # a rule met what it was not written for
        _log.exception("rule %s failed", rule.id)
        reason = say(
            "这条规则在检查时出错（{detail}），没有检查", detail=type(failure).__name__
        )
        return [undecided(WHOLE_FORM, reason)]


def _run(rule: Rule, form: Declaration, given: _Given) -> Iterator[Finding]:
    try:
        needs = {name: given.fetch(name) for name in rule.needs}
    except NoThreshold as missing:
        yield undecided("year", say("缺少判断依据：{reason}", reason=missing.sentence))
        return
    yield from rule.check(form, **needs)


def _has_no_cell(remark: Finding, form: Declaration, context: Context) -> bool:
    """Is a question open only because the form's layout, or the document, has no cell for the answer?"""
    if remark.outcome is not Outcome.UNDECIDED or not isinstance(remark.about, str):
        return False
    field = _STANDS_FOR.get(remark.about, remark.about)
    known = layout_named(form.layout).asked
    in_head = field in {"start_date", "end_date"} or field.startswith("funds.")
    return in_head and (field not in known or field in context.absent)


# The years of the goals are compared with the days of the plan.
_STANDS_FOR = {"goal_period": "start_date"}


def _is_blank(form: Declaration, field: str) -> bool:
    """Does the field of the head stand blank? Parts of an outcome are no fields of the form."""
    try:
        return "]" not in field and FieldPath.parse(field).get(form) in {None, ()}
    except ValueError:
        return False
