"""Which formula an indicator takes, whose its points are, and what is told where nothing can be scored."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from kaoji.core.indicator import Indicator
from kaoji.core.outcome import IndicatorOutcome, Outcome
from kaoji.core.outcome_notation import parse_with_outcome
from kaoji.core.target import Target
from kaoji.scoring.score_indicator import FORMULAS, score_indicator
from kaoji.scoring.score_json import scorecard_as_data
from kaoji.scoring.scorecard import cap_of, most_points, score_form
from kaoji.standards.scoring import scoring_policy

POLICY = scoring_policy(on=date(2023, 12, 31), region=None)
CAPS = scoring_policy(on=date(2023, 12, 31), region="province-caps")
NOTHING = Outcome("self_evaluation", {})
BANDS = replace(POLICY, satisfaction="satisfaction_bands")


def scored(name: str, target: str, actual: str, policy=POLICY):
    level1, level2 = (
        ("满意度指标", "服务对象满意度指标") if "满意" in name else ("产出指标", "质量指标")
    )
    indicator = Indicator(level1, level2, name, Target.parse(target))
    return score_indicator(
        indicator, IndicatorOutcome(points=Decimal(10), actual_raw=actual), policy
    )


@pytest.mark.parametrize(
    ("name", "target", "actual", "formula"),
    [
        ("群众满意度", "≥ 90%", "85%", "satisfaction_bands"),
        ("群众满意度", "90%", "85%", "satisfaction_bands"),
        ("满意人数", "≥ 90 人", "85 人", "positive"),  # bands are shares
        ("验收合格率", "≥ 90%", "85%", "positive"),  # not satisfaction
        ("不满意率", "≤ 5%", "8%", "reverse_linear"),
        ("不满意率", "5%", "8%", "reverse_linear"),
        ("不满意率", "0%", "0%", "equal"),
        ("重大事故起数", "≥ 3 起", "2 起", "positive"),  # the operator speaks first
        ("重大事故起数", "0 起", "1 起", "equal"),
        ("抽查期数", "10-20 期", "20 期", "positive"),  # the upper end is within
        ("抽查期数", "10-20 期", "21 期", "reverse_linear"),
    ],
)
def test_an_indicator_takes_the_formula_of_its_operator_direction_and_subject(
    name: str, target: str, actual: str, formula: str
):
    assert scored(name, target, actual, BANDS).formula is FORMULAS[formula]


@pytest.mark.parametrize(
    ("name", "target", "actual", "earned"),
    [
        ("抽查次数", "≥ 10 次", "14 次", "8"),  # 超过目标值30%的扣2分
        ("办结时限", "≤ 5 天", "7 天", "6.00"),  # 1 − 2 ÷ 5: a ceiling is not exceeded by merit
        ("群众满意度", "≥ 70%", "100%", "10.00"),
    ],
)
def test_an_easy_target_is_one_that_more_is_better_of(
    name: str, target: str, actual: str, earned: str
):
    policy = replace(CAPS, satisfaction="satisfaction_bands")

    assert scored(name, target, actual, policy).earned == Decimal(earned)


@pytest.mark.parametrize(
    ("said", "weight", "source"),
    [("10", None, "自评表"), (None, "10", "自评表"), (None, None, "计分办法")],
)
def test_the_points_say_whether_the_form_prints_them(said, weight, source):
    number = {None: None, "10": Decimal(10)}
    indicator = Indicator(
        "产出指标", "数量指标", "里程", Target.parse("≥ 3公里"), weight=number[weight]
    )

    score = score_indicator(
        indicator,
        IndicatorOutcome(points=number[said], actual_raw="3公里"),
        POLICY,
        Decimal(10),
    )

    assert (score.points, str(score.inputs[0].source)) == (10, source)


def test_as_soon_as_the_form_prints_points_nobody_gets_usual_ones():
    form, outcome = parse_with_outcome(
        "项目: 甲\n"
        "产出指标 / 数量指标 / 里程 (40分): ≥3公里 → 3公里\n"
        "效益指标 / 社会效益指标 / 好路率: ≥90% → 90%\n"
    )

    card = score_form(form, outcome, POLICY)

    assert [row.earned for row in card.rows] == [40, None]
    assert [str(each) for each in card.open_questions] == [
        "“好路率”没有分值或完成值",
        "没有全年预算数或执行数，预算执行率未计分",
    ]


def test_points_printed_beside_the_outcome_are_the_forms_too():
    """A self-evaluation form prints them in its own column, the declaration had none."""
    form, _ = parse_with_outcome(
        "项目: 甲\n产出指标 / 数量指标 / 里程: ≥3公里\n效益指标 / 社会效益指标 / 好路率: ≥90%\n"
    )
    said = (
        IndicatorOutcome(points=Decimal(40), actual_raw="3公里"),
        IndicatorOutcome(actual_raw="90%"),
    )

    card = score_form(form, replace(NOTHING, indicators=said), POLICY)

    assert [row.earned for row in card.rows] == [40, None]


def test_what_is_not_scored_is_told_as_blank():
    form, _ = parse_with_outcome("项目: 甲\n产出指标 / 数量指标 / 里程 (40分): ≥3公里\n")

    told = scorecard_as_data("甲", score_form(form, NOTHING, POLICY), POLICY)

    assert told["indicators"] == [
        {"name": "里程", "field": "indicators[0].score", "stated": None, "points": None, "earned": None}
    ]  # fmt: skip
    blank = ("execution", "total", "cap", "stated_total", "grade", "light")
    assert [told[name] for name in blank] == [None] * 6


def test_what_is_scored_is_told_with_its_formula_and_light():
    form, outcome = parse_with_outcome(
        "项目: 甲\n全年预算: 100 元\n全年执行: 100 元\n"
        "产出指标 / 数量指标 / 里程 (90分): ≥3公里 → 3公里\n总分: 99\n"
    )

    told = scorecard_as_data("甲", score_form(form, outcome, POLICY), POLICY)

    assert (told["total"], told["stated_total"], told["light"]) == ("100.00", "99", "green")
    assert (told["execution"]["formula"], told["indicators"][0]["formula"]) == ("SF7", "SF1")
    assert told["indicators"][0]["symbols"] == "A≥T：W；A<T：A÷T×W"
    assert told["indicators"][0]["basis"][0].startswith("财预〔2020〕10号")


@pytest.mark.parametrize(
    "head", ["", "全年执行: 10 元\n", "全年预算: 100 元\n"], ids=["neither", "spent", "budget"]
)
def test_without_a_budget_or_what_was_spent_nothing_is_capped(head: str):
    outcome = parse_with_outcome(f"项目: 甲\n{head}")[1] or NOTHING

    assert cap_of(Decimal(100), outcome.budget.get("total"), CAPS) is None
    assert most_points(outcome, CAPS) is None


def test_the_most_that_a_form_may_earn_follows_what_was_spent():
    _, outcome = parse_with_outcome("项目: 甲\n年初预算: 100 元\n全年执行: 10 元\n")

    assert most_points(outcome, CAPS) == 59


@pytest.mark.parametrize(("executed", "light"), [("76", "yellow"), ("75.9", "red")])
def test_the_light_of_a_card_is_reckoned_from_the_sum_of_its_rows(executed: str, light: str):
    """72 of 90 are 80 %; 76 % spent is 5 % of that behind, which is not yet too much."""
    form, outcome = parse_with_outcome(
        f"项目: 甲\n全年预算: 100 元\n全年执行: {executed} 元\n执行分值: 10\n"
        "产出指标 / 数量指标 / 里程 (60分): ≥ 10公里 → 8公里\n"
        "效益指标 / 社会效益指标 / 好路率 (30分): ≥ 90% → 72%\n"
    )

    card = score_form(form, outcome, POLICY)

    assert [row.earned for row in card.rows] == [48, 24]
    assert card.light is not None
    assert card.light.value == light
