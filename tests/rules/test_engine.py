"""Three outcomes that never collapse, rules of their day, thresholds of their region."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

import kaoji
from kaoji.core import notation
from kaoji.core.finding import Finding, Outcome, Severity, undecided
from kaoji.core.provenance import Doubt
from kaoji.core.speech import say
from kaoji.documents.reading import Reading
from kaoji.rules.check_json import Tally, check_as_json
from kaoji.rules.doubted import _OF_THE_DOCUMENT
from kaoji.rules.engine import Report, check
from kaoji.rules.overrides import Overrides
from kaoji.rules.rule import rule
from kaoji.standards.citations import Citation
from kaoji.standards.taxonomies import NoTaxonomy, taxonomy_in_force
from kaoji.standards.thresholds import NoThreshold, threshold_in_force

RECOGNISE = Path(kaoji.__file__).parent / "documents" / "recognise"
FORM = notation.parse("项目: 甲\n年度: 2023\n产出指标 / 数量指标 / 里程: 较长\n")


def a_rule(check_function, **facts):
    facts = {
        "severity": Severity.HINT,
        "basis": (Citation("arithmetic"),),
        "since": date(2000, 1, 1),
    } | facts
    return rule("KJ999", "试", **facts)(check_function)


def rules_that_spoke(report: Report) -> list[str]:
    return [item.rule.id for item in report.findings]


def test_passed_found_and_undecided_stay_apart():
    def silent(form):
        return iter(())

    def finds(form):
        yield Finding(form.indicators[0], say("找到"))

    def cannot(form):
        yield undecided("year", say("不知道"))

    report = check(FORM, rules=[a_rule(silent), a_rule(finds), a_rule(cannot)])

    assert len(report.passed) == 1
    assert [item.outcome for item in report.findings] == [Outcome.FOUND, Outcome.UNDECIDED]
    assert report.count(Severity.HINT) == 1
    assert report.undecided == 1
    assert report.findings[0].field == "indicators[0].target_raw"


TWO_ROWS = notation.parse(
    "项目: 甲\n年度: 2023\n产出指标 / 数量指标 / 里程: 较长\n产出指标 / 质量指标 / 及时完成率: 及时\n"
)


def finds_everywhere(form):
    yield Finding("indicators", say("没有“{label}”", label="时效指标"))
    yield Finding("funds.total", say("合计不对"))
    for row in form.indicators:
        yield Finding(row, say("值不对"))
        yield Finding(row, say("类不对"), column="level2")


def left_open_by(*doubts: Doubt) -> list[str]:
    report = check(TWO_ROWS, doubts=doubts, rules=[a_rule(finds_everywhere)])
    assert len(report.findings) == 6  # told, whatever is in doubt
    return [item.field for item in report.findings if item.outcome is Outcome.UNDECIDED]


def test_what_was_not_read_for_certain_is_not_judged():
    assert left_open_by() == []
    value = Doubt("indicators[1].target_raw", say("也可能属于别的栏"))
    assert left_open_by(value) == ["indicators[1].target_raw"]
    name = Doubt("indicators[0].level3", say("名称由几行合成"))
    assert left_open_by(name) == ["indicators[0].target_raw", "indicators[0].level2"]
    table = Doubt("indicators", say("没有找到绩效指标部分"))
    assert left_open_by(table) == ["indicators"]
    part = Doubt("funds.annual_fiscal", say("这一栏也可能是别的内容"))
    assert left_open_by(part) == ["funds.total"]


def test_of_two_days_that_are_compared_one_in_doubt_leaves_both_open():
    form = notation.parse("项目: 甲\n年度: 2023\n开始: 2023-05-01\n完成: 2023-01-01\n")

    def told(*doubts: Doubt) -> list[Outcome]:
        report = check(form, doubts=doubts)
        return [item.outcome for item in report.findings if item.rule.id == "KJ206"]

    assert told() == [Outcome.FOUND]
    assert told(Doubt("start_date", say("也可能属于别的栏"))) == [Outcome.UNDECIDED]


def test_a_form_that_a_person_vouched_for_is_judged_as_it_stands():
    doubt = Doubt("indicators[1].target_raw", say("也可能属于别的栏"))

    report = check(TWO_ROWS, doubts=[doubt], vouched=True, rules=[a_rule(finds_everywhere)])

    assert report.undecided == 0


def test_a_class_that_a_row_may_belong_to_is_not_missing():
    doubt = Doubt("indicators[1].level2", say("可能属于“{rival}”", rival="时效指标"))

    assert left_open_by(doubt) == ["indicators", "indicators[1].level2"]


def test_a_doubt_about_what_the_document_says_leaves_nothing_open():
    blank = Doubt("indicators[0].level2", say("“{caption}”空白", caption="二级指标"))

    assert left_open_by(blank) == []


def test_a_form_is_judged_by_the_rules_of_its_day():
    def finds(form):
        yield Finding("year", say("找到"))

    retired = a_rule(finds, until=date(2022, 12, 31))

    assert rules_that_spoke(check(FORM, rules=[retired])) == ["KJ000"]
    assert rules_that_spoke(check(FORM, rules=[retired], year=2021)) == ["KJ999"]


@pytest.mark.parametrize(
    ("since", "until", "holds"),
    [
        ((2023, 12, 31), None, True),  # a year is judged by what holds on its last day
        ((2024, 1, 1), None, False),
        (None, (2023, 12, 31), True),
        (None, (2023, 12, 30), False),
    ],
)
def test_a_year_is_judged_by_what_holds_on_its_last_day(since, until, holds: bool):
    def finds(form):
        yield Finding("year", say("找到"))

    dated = a_rule(
        finds,
        since=date(*since) if since else date(2000, 1, 1),
        until=date(*until) if until else None,
    )

    assert rules_that_spoke(check(FORM, rules=[dated])) == ["KJ999" if holds else "KJ000"]


def test_what_an_administrator_set_outweighs_a_findings_own_severity():
    def finds(form):
        yield Finding("year", say("找到"), severity=Severity.ERROR)

    spoken = [a_rule(finds)]
    [own] = check(FORM, rules=spoken).findings
    [set_otherwise] = check(
        FORM, rules=spoken, overrides=Overrides(severities={"KJ999": Severity.HINT})
    ).findings

    assert (own.severity, set_otherwise.severity) == (Severity.ERROR, Severity.HINT)


@pytest.mark.parametrize(("decided", "spoke"), [(True, ["KJ998"]), (False, ["KJ998", "KJ999"])])
def test_a_general_rule_is_silent_only_where_the_special_one_has_found_something(
    decided: bool, spoke: list[str]
):
    def special(form):
        yield Finding("year", say("找到")) if decided else undecided("year", say("不知道"))

    def general(form):
        yield Finding("year", say("也找到"))

    rules = [
        rule("KJ998", "特", severity=Severity.HINT, basis=(Citation("arithmetic"),),
             since=date(2000, 1, 1))(special),
        a_rule(general, yields_to=("KJ998",)),
    ]  # fmt: skip

    assert rules_that_spoke(check(FORM, rules=rules)) == spoke


def test_a_regional_rule_holds_in_its_region_only():
    def finds(form):
        yield Finding("year", say("找到"))

    local = a_rule(finds, region="guangxi")

    assert rules_that_spoke(check(FORM, rules=[local])) == ["KJ000"]
    assert rules_that_spoke(check(FORM, rules=[local], region="guangxi")) == ["KJ999"]


def test_a_year_without_any_rule_is_undecided_and_never_looks_clean():
    report = check(FORM, year=1999)

    assert [item.outcome for item in report.findings] == [Outcome.UNDECIDED]
    assert report.passed == ()
    assert "1999" in str(report.findings[0].message)


def test_a_rule_whose_number_is_not_on_record_cannot_decide():
    def counts(form, *, indicators_min):
        yield Finding("indicators", say("{n}", n=indicators_min))

    early = a_rule(counts, needs=("indicators_min",), since=date(1990, 1, 1))
    [item] = check(FORM, rules=[early], year=1999).findings
    assert item.outcome is Outcome.UNDECIDED
    assert "没有收录 1999 年的“三级指标个数下限”" in str(item.message)


def test_taxonomies_are_dated_and_regional():
    assert taxonomy_in_force(on=date(2023, 1, 1), region="shanghai").id == "shanghai-2018"
    assert taxonomy_in_force(on=date(2026, 6, 1), region="shanghai").id == "shanghai-2026"
    assert taxonomy_in_force(on=date(2016, 1, 1), region=None).id == "national-2015"
    assert taxonomy_in_force(on=date(2023, 1, 1), region="sichuan").id == "national-2021"
    with pytest.raises(NoTaxonomy, match="1999"):
        taxonomy_in_force(on=date(1999, 1, 1), region=None)


def test_a_threshold_has_a_unit_a_status_and_a_source():
    threshold = threshold_in_force("goal_length_max", on=date(2023, 1, 1), region=None)

    assert (threshold.value, threshold.unit, threshold.status) == (500, "字", "unverified")
    assert threshold.source
    with pytest.raises(NoThreshold):
        threshold_in_force("goal_length_max", on=date(1999, 1, 1), region=None)


def test_the_json_of_a_check_keeps_the_contract(songjiang: Reading):
    reading = songjiang.forms[14]
    report = check(reading.form, repairs=reading.repairs)

    tally = Tally()
    tally.add(report)
    checked = [(reading.form.project_name, report, reading.place_of)]
    data = json.loads("".join(check_as_json(checked, tally)))

    assert data["kaoji"] == "check/1"
    assert data["summary"].keys() == {"error", "warning", "hint", "undecided"}
    [form] = data["forms"]
    money = next(item for item in form["findings"] if item["rule"] == "KJ203")
    assert money.keys() == {
        "rule", "outcome", "severity", "field", "message", "suggestion", "basis", "origin",
    }  # fmt: skip
    assert (money["outcome"], money["severity"]) == ("found", "error")
    assert money["field"] == "funds.annual_fiscal"
    assert money["origin"].items() >= {"page": None, "line": 384}.items()


def test_the_doubts_about_documents_are_sentences_that_the_reader_says():
    source = "".join(path.read_text("utf-8") for path in RECOGNISE.glob("*.py"))

    assert {template for template in _OF_THE_DOCUMENT if template not in source} == set()
