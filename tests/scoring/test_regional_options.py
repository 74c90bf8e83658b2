"""What a region may add to the scoring, as dated data: caps, deductions, tiers that meet, heirs of points."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kaoji.audit.recompute import recompute
from kaoji.core.indicator import Indicator
from kaoji.core.outcome_notation import parse_with_outcome, write_with_outcome
from kaoji.core.target import Target
from kaoji.documents.checking import check_reading
from kaoji.documents.reader import read_document
from kaoji.scoring.outcome_with_scores import with_scores
from kaoji.scoring.score_json import scorecard_as_data
from kaoji.scoring.scorecard import score_form
from kaoji.scoring.weights import points_of
from kaoji.standards.scoring import scoring_policy


def card_of(text: str, policy):
    form, outcome = parse_with_outcome(text)
    return score_form(form, outcome, policy)


CAPS = scoring_policy(on=date(2023, 12, 31), region="province-caps")
SPENT = """
项目: 人民防空宣传
年度: 2023
全年预算: 200,000 元
全年执行: {executed} 元
执行分值: 10
产出指标 / 数量指标 / 宣传场次 (60分): ≥20场 → 20场
满意度指标 / 服务对象满意度指标 / 满意度 (30分): ≥90% → 90%
"""


@pytest.mark.parametrize(
    ("executed", "total", "grade"),
    [
        ("200,000", "100.00", "优"),
        ("160,000", "98.00", "优"),  # 80 % is no longer below 80 %
        ("159,999", "89", "良"),  # 60 + 30 + 8.00 points, and at most 89
        ("140,000", "89", "良"),
        ("130,000", "89", "良"),  # between 60 and 70 % no better than above
        ("119,999", "69", "中"),
        ("99,999", "59", "差"),
        ("0", "59", "差"),
    ],
)
def test_a_region_may_cap_the_total_of_what_was_not_spent(
    executed: str, total: str, grade: str
):
    card = card_of(SPENT.format(executed=executed), CAPS)

    assert (card.total, card.grade) == (Decimal(total), grade)


def test_a_cap_is_told_with_what_it_was_computed_from():
    card = card_of(SPENT.format(executed="150,000"), CAPS)

    export = scorecard_as_data("x", card, CAPS)

    assert export["cap"] == {
        "share": "75.00",
        "below": "80",
        "before": "97.50",  # 60 + 30 + 7.5
        "most": "89",
        "step": "预算执行率 75.00%，不足 80%：总分 97.50，按最高 89 分计",
    }
    assert Decimal(export["total"]) == min(Decimal("97.50"), Decimal(89))


def test_a_total_that_is_just_its_cap_is_not_lowered():
    just = SPENT.format(executed="150,000").replace("20场 → 20场", "20场 → 17.1667场")

    card = card_of(just, CAPS)

    assert (card.total, card.cap) == (Decimal("89.00"), None)  # 51.50 + 30 + 7.50


def test_a_total_that_is_lower_than_its_cap_stays():
    poor = SPENT.format(executed="150,000").replace("→ 20场", "→ 2场")

    card = card_of(poor, CAPS)

    assert (card.total, card.cap) == (Decimal("43.50"), None)  # 6 + 30 + 7.5


@pytest.mark.parametrize("region", [None, "shanghai", "sichuan"])
def test_nobody_is_capped_unless_its_region_says_so(region: str | None):
    policy = scoring_policy(on=date(2023, 12, 31), region=region)

    card = card_of(SPENT.format(executed="90,000"), policy)

    assert (card.total, card.cap) == (Decimal("94.50"), None)


@pytest.mark.parametrize(
    ("done", "earned"),
    # 超过目标值30%: just 130 % does not exceed it; beyond it two points, however far
    [("25场", "60"), ("26场", "60"), ("27场", "58"), ("80场", "58")],
)
def test_a_region_may_deduct_two_points_for_a_target_exceeded_by_far(done: str, earned: str):
    card = card_of(SPENT.format(executed="200,000").replace("→ 20场", f"→ {done}"), CAPS)

    assert card.rows[0].earned == Decimal(earned)


@pytest.mark.parametrize(
    ("done", "earned"),
    [("10个", "30"), ("35个", "30"), ("40个", "30"), ("60个", "15.00")],  # 1 − (60 − 40) ÷ 40
)
def test_what_lies_within_a_range_is_not_exceeded_by_far(done: str, earned: str):
    row = "产出指标 / 数量指标 / 抽查单位数 (30分): 10个-40个 → {done}"

    card = card_of(f"项目: 甲\n年度: 2023\n{row.format(done=done)}", CAPS)

    assert card.rows[0].earned == Decimal(earned)


def test_of_a_budget_of_nothing_nothing_was_left_unspent():
    card = card_of(SPENT.format(executed="0").replace("全年预算: 200,000", "全年预算: 0"), CAPS)

    assert (card.total, card.cap) == (Decimal("90.00"), None)


@pytest.mark.parametrize(
    ("region", "total", "found"),
    [
        ("province-caps", "89", []),
        ("province-caps", "97.5", ["各项得分合计 97.5，预算执行率不足，总分最多 89，总分写了 97.5"]),
        (None, "97.5", []),
        (None, "89", ["各项得分合计 97.5，总分写了 89"]),
    ],
)  # fmt: skip
def test_a_total_is_compared_with_the_cap_of_its_region(
    region: str | None, total: str, found: list[str]
):
    told = SPENT.format(executed="150,000").replace(
        "执行分值: 10", "执行分值: 10\n执行得分: 7.5"
    )
    told = told.replace("→ 20场", "→ 20场 (60分)").replace("→ 90%", "→ 90% (30分)")
    [reading] = read_document(f"{told}总分: {total}\n".encode(), name="x").forms

    report = check_reading(reading, region=region)

    assert [str(i.message) for i in report.findings if i.rule.id == "KJ806"] == found


@pytest.mark.parametrize(
    ("region", "earned"),
    [
        (
            "guide-2021",
            ["50", "20", "20"],
        ),  # the benefits get the 10 of the missing satisfaction
        (None, ["56.25", "16.88", "16.87"]),  # 50 and 30 of 80, of the 90 there are
    ],
)
def test_a_form_that_prints_no_points_is_scored_by_those_of_its_region(
    region: str | None, earned: list[str]
):
    policy = scoring_policy(on=date(2023, 12, 31), region=region)

    card = card_of(
        """
项目: 农村道路养护
年度: 2023
全年预算: 200,000 元
全年执行: 200,000 元
产出指标 / 数量指标 / 里程: ≥3公里 → 3公里
效益指标 / 社会效益指标 / 好路率: ≥90% → 90%
效益指标 / 生态效益指标 / 旧料利用率: ≥85% → 85%
""",
        policy,
    )

    assert [row.earned for row in card.rows] == [Decimal(points) for points in earned]
    assert card.total == Decimal(100)
    assert (
        scorecard_as_data("x", card, policy)["indicators"][0]["inputs"][0]["source"]
        == "计分办法"
    )


@pytest.mark.parametrize(
    ("tier", "low", "high"),
    [("达成", "9.50", "10"), ("部分达成", "6.00", "9.50"), ("未达成", "0", "6.00")],
)
def test_tiers_may_meet_without_a_leap(tier: str, low: str, high: str):
    """94.9 % on time is 部分达成 and may be given 9.49 of 10 points, 95 % is 达成 and may be given 9.5."""
    policy = scoring_policy(on=date(2023, 12, 31), region="even-tiers")
    row = "产出指标 / 时效指标 / 按时完成情况 (10分): 按时 → {tier}"

    score = card_of(f"项目: 甲\n{row.format(tier=tier)}", policy).rows[0].score

    assert (score.low, score.high) == (Decimal(low), Decimal(high))
    assert policy.tier_bounds == policy.tier_shares


def test_the_points_of_a_missing_class_may_go_to_the_benefits():
    policy = scoring_policy(on=date(2023, 12, 31), region="guide-2021")
    rows = [
        Indicator("产出指标", "数量指标", "里程", Target.parse("≥3公里")),
        Indicator("效益指标", "社会效益指标", "好路率", Target.parse("≥90%")),
        Indicator("效益指标", "生态效益指标", "旧料利用率", Target.parse("≥85%")),
    ]

    points = points_of(rows, policy.usual_points, missing=policy.missing_class)

    assert points == [Decimal(50), Decimal(20), Decimal(20)]  # 30 and the 10 of satisfaction
    assert scoring_policy(on=date(2023, 12, 31), region=None).missing_class == {}


def test_an_outsider_comes_to_a_capped_total_with_the_open_export_alone():
    export = scorecard_as_data("x", card_of(SPENT.format(executed="150,000"), CAPS), CAPS)

    rows = sum(Decimal(row["earned"]) for row in export["indicators"])
    before = rows + Decimal(export["execution"]["earned"])

    assert before == Decimal(export["cap"]["before"])
    assert min(before, Decimal(export["cap"]["most"])) - Decimal(export["total"]) == 0


def test_what_was_filed_under_a_cap_is_recomputed_without_a_difference(
    monkeypatch: pytest.MonkeyPatch,
):
    """The content that was filed, a re-check that takes five points, and the cap that still holds."""
    monkeypatch.setattr("kaoji.audit.recompute.policy_of", lambda form: CAPS)
    form, outcome = parse_with_outcome(SPENT.format(executed="150,000"))
    filed = with_scores(outcome, score_form(form, outcome, CAPS), "已完成")
    evaluation = {
        "id": 1,
        "sha256": "a",
        "content": write_with_outcome(form, filed),
        "total": "89.00",
        "grade": "良",
    }
    recheck = {
        "id": 7,
        "evaluation": 1,
        "changes": {"1": {"before": "60.00", "after": "55.00"}},
        "total_before": "97.50",
        "total": "89.00",  # 92.50, and at most 89
        "grade": "良",
    }

    found = recompute({"self_evaluations": [evaluation], "rechecks": [recheck]})

    assert [str(item) for item in found.differences] == []


def test_a_policy_says_what_the_file_of_standards_says():
    """Typed from standards/scoring.yaml: the national one, and what a region adds to it."""
    national = scoring_policy(on=date(2023, 12, 31), region=None)

    assert (national.id, national.status) == ("national-2020", "unverified")
    assert national.source.startswith("财预〔2020〕10号")
    assert (national.reverse, national.satisfaction) == ("reverse_linear", "positive")
    assert (national.pass_floor, national.excess_ratio) == (None, None)
    assert (national.excess_rate, national.excess_points) == (0, 0)
    assert (national.tier_bounds, national.tier_shares) == ((80, 60), (100, 80))
    assert (national.execution_caps, national.missing_class) == ((), {})
    assert (CAPS.id, CAPS.excess_ratio, CAPS.excess_points) == (
        "province-caps",
        Decimal("1.3"),
        2,
    )
    assert CAPS.execution_caps == ((50, 59), (60, 69), (80, 89))


def test_the_last_class_takes_what_rounding_leaves():
    """A hundred among three classes alike: 33.33, 33.33 and 33.34."""
    rows = [Indicator(name, "二级", name, Target.parse("≥ 1")) for name in "甲乙丙"]
    usual = {"甲": Decimal(10), "丁": Decimal(70), "乙": Decimal(10), "丙": Decimal(10)}

    assert points_of(rows, usual) == [Decimal("33.33"), Decimal("33.33"), Decimal("33.34")]
