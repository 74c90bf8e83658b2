"""The score of a whole form: an outsider with the open export comes to the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from kaoji.core.outcome_notation import parse_with_outcome
from kaoji.documents.reader import read_document
from kaoji.scoring.lights import Light, budget_light, grade_of, progress_light, worst
from kaoji.scoring.score_json import scorecard_as_data
from kaoji.scoring.scorecard import score_form
from kaoji.standards.scoring import NoScoringPolicy, scoring_policy

POLICY = scoring_policy(on=date(2023, 1, 1), region=None)
PUBLISHED = Path(__file__).parents[1] / "documents" / "files" / "published"

FORM = """
项目: 人民防空宣传
年度: 2022
全年预算: 250,000 元
全年执行: 215,457.60 元
执行分值: 10
执行得分: 8.62
产出指标 / 数量指标 / 宣传场次 (40分): ≥2场 → 3场 (40分)
产出指标 / 时效指标 / 响应时限 (10分): ≤5天 → 6天 (8分) | 原因: 台风
效益指标 / 社会效益指标 / 氛围 (30分): 良好 → 达成年度指标 (28分)
满意度指标 / 服务对象满意度指标 / 满意度 (10分): ≥90% → 85% (9.44分)
总分: 94.06
"""


def card_of(text: str, policy=POLICY):
    form, outcome = parse_with_outcome(text)
    return score_form(form, outcome, policy)


def recomputed(export: dict) -> Decimal:
    """What an auditor does with the open export: the inputs, the symbols, a calculator."""
    total = Decimal(0)
    for row in [*export["indicators"], export["execution"]]:
        values = {item["name"]: item["value"] for item in row["inputs"]}
        points = Decimal(values["分值 W"])
        numbers = [
            Decimal("".join(sign for sign in value if sign in "0123456789."))
            for name, value in values.items()
            if name != "分值 W" and any(sign.isdigit() for sign in value)
        ]
        if row["formula"] == "SF5":
            total += Decimal(row["stated"])
            continue
        target, actual = numbers
        share = {
            "SF1": min(actual / target, 1),
            "SF3": min(1, 1 - (actual - target) / target),
            "SF7": min(actual / target, 1),
        }[row["formula"]]
        total += (share * points).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return total


def test_an_auditor_comes_to_the_same_total():
    card = card_of(FORM)

    export = scorecard_as_data("x", card, POLICY)

    assert abs(recomputed(export) - Decimal(export["total"])) <= Decimal("0.01")
    assert (export["total"], export["grade"]) == ("94.06", "优")


def test_every_number_of_a_score_has_a_source():
    export = scorecard_as_data("x", card_of(FORM), POLICY)

    for row in [*export["indicators"], export["execution"]]:
        assert row["steps"]
        assert row["basis"]
        assert all(item["source"] for item in row["inputs"])


def test_a_score_that_is_left_to_judgement_keeps_the_total_open():
    card = card_of(FORM.replace("达成年度指标 (28分)", "达成年度指标"))

    assert card.total is None
    assert [str(question) for question in card.open_questions] == ["“氛围”要由人评定"]


def test_a_region_may_score_satisfaction_by_bands_and_floors():
    policy = replace(POLICY, satisfaction="satisfaction_bands", pass_floor=Decimal("0.6"))

    card = card_of(FORM.replace("→ 3场", "→ 1场"), policy)

    assert [row.earned for row in card.rows] == [0, Decimal("8.00"), 28, Decimal("8.00")]
    assert "完成不到目标值的 60%" in str(card.rows[0].score.steps[-1])


def test_a_region_may_deduct_for_an_easy_target():
    policy = replace(POLICY, excess_ratio=Decimal("1.3"), excess_rate=Decimal("0.1"))

    card = card_of(FORM, policy)

    assert card.rows[0].earned == Decimal("39.20")
    assert "偏离度" in str(card.rows[0].score.steps[-1])


def test_a_range_is_scored_from_its_nearer_end():
    row = "产出指标 / 数量指标 / 期数 (10分): 10-20期 → {}期"

    scores = [
        card_of(f"项目: 甲\n{row.format(actual)}").rows[0].earned for actual in (5, 15, 25, 40)
    ]

    assert scores == [5, 10, Decimal("7.50"), 0]


def test_a_published_self_evaluation_is_scored():
    [form] = read_document(
        (PUBLISHED / "suixi-2019-self-evaluation.tsv").read_bytes(), name="x"
    ).forms

    card = score_form(form.form, form.outcome, POLICY)

    by_name = {row.indicator.name: row for row in card.rows}
    missed = next(row for name, row in by_name.items() if "特困人员救助供养人数" in name)
    over = next(row for name, row in by_name.items() if "扶贫临时救助标准" in name)
    assert (missed.stated, missed.earned) == (5, Decimal("4.84"))
    assert (over.stated, over.earned) == (10, Decimal("9.00"))


def test_grades_and_lights():
    assert [grade_of(Decimal(total), POLICY) for total in (90, 89, 79, 59)] == [*"优良中差"]
    assert budget_light(Decimal(30), month=7) is Light.RED
    assert progress_light(Decimal(70), Decimal(90)) is Light.BLUE
    assert worst([Light.GREEN, Light.RED, Light.BLUE]) is Light.RED


def test_a_year_before_every_policy_has_no_score():
    with pytest.raises(NoScoringPolicy, match="1999"):
        scoring_policy(on=date(1999, 1, 1), region=None)


@pytest.mark.parametrize(
    ("row", "earned"),
    [
        ("满意度指标 / 服务对象满意度指标 / 投诉率 (10分): ≤ 3 % → 1 %", 10),
        ("满意度指标 / 服务对象满意度指标 / 投诉率 (10分): ≤ 3 % → 8 %", 0),
        ("产出指标 / 时效指标 / 办结时限 (10分): 5 个工作日 → 20 个工作日", 0),
        ("产出指标 / 成本指标 / 项目总成本 (10分): = 10 万元 → 12 万元", 8),
        ("产出指标 / 数量指标 / 培训人数 (10分): = 10 人 → 12 人", 10),
        ("产出指标 / 质量指标 / 事故数 (10分): = 0 起 → 1 起", 0),
    ],
)
def test_what_should_be_less_is_scored_as_less(row: str, earned: int):
    assert card_of(f"项目: 甲\n{row}").rows[0].earned == earned


def test_a_negative_target_is_left_to_a_person():
    card = card_of("项目: 甲\n效益指标 / 经济效益指标 / 能耗增长 (10分): ≤ -5 % → -8 %")

    assert card.rows[0].earned is None
    assert card.total is None


def test_a_form_with_fewer_outcomes_than_indicators_has_no_total():
    form, outcome = parse_with_outcome(FORM)

    card = score_form(form, replace(outcome, indicators=outcome.indicators[:2]), POLICY)

    assert (len(card.rows), card.total) == (4, None)


def test_a_tier_that_is_denied_is_not_that_tier():
    row = "效益指标 / 社会效益指标 / 氛围 (10分): 良好 → 没有达成年度指标 (9分)"

    assert card_of(f"项目: 甲\n{row}").rows[0].score.low == 0
