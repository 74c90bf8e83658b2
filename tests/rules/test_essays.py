"""Every rule proves itself: its bad example is caught, its good one passes, its cases hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kaoji.core.finding import Outcome
from kaoji.documents.checking import expected_scores
from kaoji.rules.accuracy import accuracies
from kaoji.rules.catalogue import CATALOGUE, FAMILIES, rule_named
from kaoji.rules.engine import check
from kaoji.rules.essay import Example, examples_in, section_of, summary_of
from kaoji.rules.rule import Rule
from kaoji.standards.thresholds import threshold_in_force

CASES = Path(__file__).parent / "cases"
PAGES = Path(__file__).parents[2] / "docs" / "rules"
RULES = pytest.mark.parametrize("rule", CATALOGUE, ids=lambda rule: rule.id)


def finds_something(rule: Rule, example: Example) -> bool:
    form, context = example.read()
    if context.outcome:
        context = replace(context, scores=expected_scores(form, context.outcome))
    report = check(form, context=context, rules=[rule])
    return any(item.outcome is Outcome.FOUND for item in report.findings)


@RULES
def test_the_bad_examples_are_caught_and_the_good_ones_pass(rule: Rule):
    examples = examples_in(rule.essay)

    assert {example.verdict for example in examples} == {"bad", "good"}
    for example in examples:
        assert finds_something(rule, example) == (example.verdict == "bad"), example.text


@RULES
def test_a_rule_says_why_in_both_languages_and_on_what_it_rests(rule: Rule):
    assert summary_of(rule.essay)
    assert section_of(rule.essay, "Why")
    assert section_of(rule.essay, "为什么")
    assert rule.basis
    assert all(citation.document for citation in rule.basis)
    assert rule.validity.since


@RULES
def test_what_a_rule_does_not_see_is_said_in_both_languages(rule: Rule):
    assert bool(section_of(rule.essay, "Not seen yet")) == bool(
        section_of(rule.essay, "尚未覆盖")
    )


@RULES
def test_a_rule_has_cases_a_page_and_a_measured_accuracy(rule: Rule):
    assert (CASES / f"{rule.id}.md").exists()
    assert (PAGES / f"{rule.id}.md").exists()
    assert accuracies()[rule.id].right > 0


@RULES
def test_what_a_rule_needs_is_on_record(rule: Rule):
    for name in rule.thresholds:
        threshold = threshold_in_force(name, on=date(2026, 1, 1), region=None)
        assert threshold.source
    assert {*rule.yields_to} <= {other.id for other in CATALOGUE}


def test_ids_are_unique_and_in_reading_order():
    ids = [rule.id for rule in CATALOGUE]

    assert ids == sorted(set(ids))
    assert {rule.family for rule in CATALOGUE} == set(FAMILIES)


def _cases() -> list[tuple[str, int, Example]]:
    return [
        (path.stem, number, example)
        for path in sorted(CASES.glob("*.md"))
        for number, example in enumerate(examples_in(path.read_text("utf-8")), start=1)
    ]


@pytest.mark.parametrize(
    ("rule_id", "number", "example"), _cases(), ids=lambda part: str(part)[:8]
)
def test_edge_cases_hold(rule_id: str, number: int, example: Example):
    expected = {"pass": False, "fail": True}[example.verdict]

    assert finds_something(rule_named(rule_id), example) is expected, f"{rule_id} case {number}"
