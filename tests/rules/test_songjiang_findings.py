"""What readers of the checklist find on the sample, the program finds; mistakes are listed."""

from __future__ import annotations

from collections import Counter

import pytest
from accuracy.measure import CORPORA, Tally, measure, overall

from kaoji.core.finding import Outcome, Severity
from kaoji.documents.checking import check_readings
from kaoji.documents.reading import Reading
from kaoji.rules.accuracy import accuracies
from kaoji.rules.engine import Report, check


@pytest.fixture(scope="module")
def tallies() -> dict[str, Tally]:
    return measure()


@pytest.fixture(scope="module")
def reports(songjiang: Reading) -> list[Report]:
    return list(check_readings(songjiang.forms))


def test_the_rules_are_as_often_right_as_is_promised(tallies: dict[str, Tally]):
    precision, recall = overall(tallies.values())

    assert precision >= 0.95
    assert recall >= 0.90


def test_a_rule_that_goes_blind_lowers_the_figures(tallies: dict[str, Tally]):
    seeing = tallies["KJ301"]
    blind = Tally(missed=[*seeing.missed] * (seeing.found + 1), false_alarms=[])

    assert seeing.recall == 1
    assert blind.recall in {None, 0}


def test_the_published_figures_are_those_of_today(tallies: dict[str, Tally]):
    for rule, tally in tallies.items():
        published = accuracies()[rule]
        assert (published.right, published.missed) == (tally.found, len(tally.missed)), rule


def test_the_few_false_alarms_on_real_forms_are_known(tallies: dict[str, Tally]):
    alarms = {
        (rule, place.corpus, place.form, place.place)
        for rule, tally in tallies.items()
        for place in tally.false_alarms
        if place.corpus in CORPORA
    }

    assert alarms == {
        ("KJ302", "regions", 5, "劳动监察网格日常巡查"),
        ("KJ402", "regions", 5, "indicators"),
        ("KJ702", "songjiang", 2, "annual_goal"),
    }


def test_on_the_sample_only_what_rests_on_a_doubted_class_or_value_is_undecided(
    reports: list[Report],
):
    """The eleven rows whose class the print does not settle, or whose target may be a name."""
    undecided = {
        (number, item.rule.id, item.field)
        for number, report in enumerate(reports, start=1)
        for item in report.findings
        if item.outcome is Outcome.UNDECIDED
    }

    assert undecided == {
        (2, "KJ605", "indicators[5].level2"),
        (2, "KJ606", "indicators[7].level2"),
        (2, "KJ607", "indicators[9].level2"),
        (3, "KJ104", "indicators"),
        (3, "KJ605", "indicators[5].level2"),
        (3, "KJ605", "indicators[6].level2"),
        (6, "KJ606", "indicators[6].level2"),
        (8, "KJ104", "indicators"),
        (8, "KJ604", "indicators[1].level2"),
        (8, "KJ605", "indicators[3].level2"),
        (9, "KJ605", "indicators[3].level2"),
        (11, "KJ302", "indicators[21].target_raw"),
        (11, "KJ304", "indicators[21].target_raw"),
        (11, "KJ606", "indicators[15].level2"),
    }


def test_where_two_rules_speak_of_a_cell_the_more_specific_one_does(reports: list[Report]):
    for report in reports:
        spoken = {(item.rule.id, item.field) for item in report.findings}
        for item in report.findings:
            assert not any((other, item.field) in spoken for other in item.rule.yields_to)


def test_rules_that_need_what_is_not_at_hand_have_neither_passed_nor_found(
    reports: list[Report],
):
    for report in reports:
        assert [rule.id for rule in report.unasked] == [
            "KJ709", "KJ710", "KJ711", "KJ712", "KJ713", "KJ720",
        ]  # fmt: skip
        assert not set(report.unasked) & set(report.passed)


def test_a_missing_cost_indicator_is_an_error_where_the_law_demands_one(reports: list[Report]):
    severities = Counter(
        (number, item.severity)
        for number, report in enumerate(reports, start=1)
        for item in report.findings
        if item.rule.id == "KJ105"
    )

    assert {number for number, severity in severities if severity is Severity.ERROR} == {4, 12}
    assert sum(severities.values()) == 16
    assert all(item.outcome is Outcome.FOUND for item in reports[0].findings)


def test_two_measures_of_one_project_contradict_its_money(songjiang: Reading):
    report = check(songjiang.forms[14].form)
    messages = [str(item.message) for item in report.findings if item.rule.id == "KJ203"]

    assert messages == [
        "一年期项目的财政资金，左栏 316,149,500.00、右栏 175,049,500.00，相差 141,100,000.00 元",
        "一年期项目的其他资金，左栏 —、右栏 141,100,000.00，相差 141,100,000.00 元",
    ]
