"""What a reader of the checklist finds on the sample, the program finds: no more, no less."""

from __future__ import annotations

from pathlib import Path

from kaoji.core.finding import Finding, Outcome, Severity
from kaoji.core.indicator import Indicator
from kaoji.documents.reading import Reading
from kaoji.rules.engine import check

FROZEN = Path(__file__).parent / "songjiang_findings.tsv"


def frozen_rows() -> list[list[str]]:
    lines = FROZEN.read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def place_of(finding: Finding) -> str:
    return finding.about.name if isinstance(finding.about, Indicator) else finding.about


def test_the_program_finds_what_the_reader_found(songjiang: Reading):
    found = [
        (item.rule.id, number, place_of(item.finding))
        for number, reading in enumerate(songjiang.forms, start=1)
        for item in check(reading.form, repairs=reading.repairs).findings
    ]
    expected = [(rule, int(form), place) for rule, form, place, *_ in frozen_rows()]

    assert sorted(found) == sorted(expected)
    assert len(expected) == 278


def test_nothing_on_the_sample_is_undecided(songjiang: Reading):
    reports = [check(item.form, repairs=item.repairs) for item in songjiang.forms]

    assert sum(report.undecided for report in reports) == 0


def test_a_missing_cost_indicator_is_an_error_where_the_law_demands_one(songjiang: Reading):
    expected = {int(form): remark for rule, form, _, remark in frozen_rows() if rule == "KJ105"}

    for number, reading in enumerate(songjiang.forms, start=1):
        for item in check(reading.form).findings:
            if item.rule.id == "KJ105":
                assert item.severity == Severity(expected[number])
                assert item.outcome is Outcome.FOUND


def test_two_measures_of_one_project_contradict_its_money(songjiang: Reading):
    report = check(songjiang.forms[14].form)
    messages = [str(item.message) for item in report.findings if item.rule.id == "KJ203"]

    assert messages == [
        "一年期项目的财政资金，左栏 316,149,500.00、右栏 175,049,500.00，相差 141,100,000.00 元",
        "一年期项目的其他资金，左栏 —、右栏 141,100,000.00，相差 141,100,000.00 元",
    ]
