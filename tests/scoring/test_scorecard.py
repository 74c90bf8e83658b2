"""The score of a whole form: an outsider with the open export comes to the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from kaoji.core.indicator import Indicator
from kaoji.core.outcome_notation import parse_with_outcome
from kaoji.core.target import Target
from kaoji.documents.reader import read_document
from kaoji.scoring.experts import combined
from kaoji.scoring.lights import Light
from kaoji.scoring.outcome_with_scores import with_scores
from kaoji.scoring.score_json import scorecard_as_data
from kaoji.scoring.scorecard import score_form
from kaoji.scoring.weights import points_of
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


def test_a_score_is_rounded_half_up():
    """13 of 16 for 10 points are 8.125 exactly."""
    row = "产出指标 / 数量指标 / 场次 (10分): ≥ 16 场 → 13 场"

    assert card_of(f"项目: 甲\n{row}").rows[0].earned == Decimal("8.13")


@pytest.mark.parametrize("bound", ["≤ 5天", "< 5天", "＜5天", "不超过5天", "5天以内"])
def test_what_may_not_be_exceeded_is_a_ceiling_however_it_is_written(bound: str):
    rows = [f"产出指标 / 时效指标 / 响应 (10分): {bound} → {days}天" for days in (4, 6, 10)]

    assert [card_of(f"项目: 甲\n{row}").rows[0].earned for row in rows] == [10, 8, 0]


def test_the_adjusted_budget_counts_where_there_is_one():
    head = "项目: 甲\n年初预算: 300,000 元\n全年预算: 200,000 元\n全年执行: 150,000 元\n"

    assert card_of(head).execution.earned == Decimal("7.50")
    initial = head.replace("全年预算: 200,000 元\n", "")
    assert card_of(initial).execution.earned == Decimal("5.00")


@pytest.mark.parametrize(("done", "earned"), [("59", "0"), ("60", "6.00"), ("61", "6.10")])
def test_a_pass_floor_lets_pass_what_reaches_it(done: str, earned: str):
    policy = replace(POLICY, pass_floor=Decimal("0.6"))
    row = f"产出指标 / 数量指标 / 场次 (10分): ≥ 100 场 → {done} 场"

    assert card_of(f"项目: 甲\n{row}", policy).rows[0].earned == Decimal(earned)


@pytest.mark.parametrize(
    ("done", "earned"), [("129", "10"), ("130", "10"), ("180", "9.00"), ("10000", "0")]
)
def test_an_easy_target_costs_no_more_than_its_points(done: str, earned: str):
    policy = replace(POLICY, excess_ratio=Decimal("1.3"), excess_rate=Decimal("0.2"))
    row = f"产出指标 / 数量指标 / 场次 (10分): ≥ 100 场 → {done} 场"

    assert card_of(f"项目: 甲\n{row}", policy).rows[0].earned == Decimal(earned)


@pytest.mark.parametrize(
    ("scores", "mean", "trimmed"),
    [
        ("8", "8.00", "8.00"),
        ("8 4", "6.00", "6.00"),
        ("8 9 4", "7.00", "8.00"),
        ("8 9 4 7", "7.00", "7.50"),
        ("1 1 10 10 10", "6.40", "7.00"),
    ],
)
def test_experts_are_averaged_without_the_highest_and_the_lowest(
    scores: str, mean: str, trimmed: str
):
    given = [Decimal(score) for score in scores.split()]

    assert combined(given, "mean") == Decimal(mean)
    assert combined(given, "trimmed") == Decimal(trimmed)


def test_points_that_are_spread_make_the_whole():
    """A third of fifty leaves a cent, which the last one takes."""
    rows = [Indicator("产出指标", "数量指标", name, Target.parse("≥ 3")) for name in "甲乙丙"]
    rows += [
        Indicator("效益指标", "社会效益指标", "丁", Target.parse("≥ 3")),
        Indicator("满意度指标", "服务对象满意度指标", "戊", Target.parse("≥ 90%")),
    ]
    usual = {"产出指标": Decimal(50), "效益指标": Decimal(30), "满意度指标": Decimal(10)}

    assert points_of(rows, usual) == [
        Decimal("16.67"), Decimal("16.67"), Decimal("16.66"), Decimal(30), Decimal(10),
    ]  # fmt: skip


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


def test_points_are_the_forms_own_as_soon_as_it_prints_any():
    rows = [
        Indicator("产出指标", "数量指标", "甲", Target.parse("≥ 3"), Decimal(40)),
        Indicator("产出指标", "数量指标", "乙", Target.parse("≥ 3")),
    ]

    assert points_of(rows, {"产出指标": Decimal(50)}) == [Decimal(40), None]


@pytest.mark.parametrize(
    ("satisfied", "earned"),
    [("100", "10.00"), ("90", "10.00"), ("89.9", "8.00"), ("80", "8.00"), ("79.9", "5.00"),
     ("60", "5.00"), ("59.9", "0")],
)  # fmt: skip
def test_satisfaction_by_bands_begins_at_each_band(satisfied: str, earned: str):
    policy = replace(POLICY, satisfaction="satisfaction_bands")
    row = f"满意度指标 / 服务对象满意度指标 / 满意度 (10分): ≥90% → {satisfied}%"

    assert card_of(f"项目: 甲\n{row}", policy).rows[0].earned == Decimal(earned)


@pytest.mark.parametrize(
    ("tier", "stated", "taken"),
    [
        ("达成年度指标", "8", True), ("达成年度指标", "10", True), ("达成年度指标", "7.99", False),
        ("部分达成年度指标并具有一定效果", "6", True), ("部分达成年度指标并具有一定效果", "8", False),
        ("未达成年度指标且效果较差", "0", True), ("未达成年度指标且效果较差", "6", False),
        ("别的话", "10", True), ("别的话", "0", True), ("别的话", "10.01", False),
    ],
)  # fmt: skip
def test_a_score_of_words_lies_within_its_tier(tier: str, stated: str, taken: bool):
    row = f"效益指标 / 社会效益指标 / 氛围 (10分): 良好 → {tier} ({stated}分)"

    assert (card_of(f"项目: 甲\n{row}").rows[0].earned is not None) is taken


def test_without_a_budget_the_total_stays_open_and_says_why():
    card = card_of("项目: 甲\n产出指标 / 数量指标 / 场次 (90分): ≥ 2场 → 2场")

    assert (card.total, card.light, card.grade) == (None, None, None)
    assert [str(item) for item in card.open_questions] == [
        "没有全年预算数或执行数，预算执行率未计分"
    ]


def test_a_card_has_the_light_of_its_scores_and_spending():
    head = "项目: 甲\n全年预算: 100 元\n全年执行: {spent} 元\n"
    row = "产出指标 / 数量指标 / 场次 (90分): ≥ 2场 → {done}场"

    lights = [
        card_of(head.format(spent=spent) + row.format(done=done)).light
        for spent, done in ((100, 2), (80, 2), (50, 1))
    ]

    assert lights == [Light.GREEN, Light.RED, Light.YELLOW]


@pytest.mark.parametrize(("spent", "light"), [(100, Light.GREEN), (80, Light.RED)])
def test_a_card_holds_spending_against_the_points_that_the_form_prints(
    spent: int, light: Light
):
    """All of 80 points, and 20 or 16 of 20."""
    head = f"项目: 甲\n全年预算: 100 元\n全年执行: {spent} 元\n执行分值: 20\n"

    card = card_of(f"{head}产出指标 / 数量指标 / 场次 (80分): ≥ 2场 → 2场")

    assert card.light is light


@pytest.mark.parametrize(
    ("printed", "source"), [("执行分值: 10\n", "自评表"), ("", "计分办法")]
)
def test_the_points_of_execution_say_who_gave_them(printed: str, source: str):
    card = card_of(f"项目: 甲\n全年预算: 100 元\n全年执行: 50 元\n{printed}")

    points, budget, executed = card.execution.inputs
    assert (points.value, str(points.source)) == ("10", source)
    assert (str(budget.name), budget.value) == ("全年预算数", "100.00")
    assert (str(executed.name), executed.value) == ("全年执行数", "50.00")


@pytest.mark.parametrize(
    ("target", "name", "actual", "earned"),
    [
        ("0 起", "事故数", "0起", "10"),  # no operator on what should be less
        ("0 起", "事故数", "1起", "0"),
        ("10-20 期", "期数", "20期", "10"),
        ("10-20 期", "期数", "21期", "9.50"),
        ("= 5 个", "座谈数", "4个", "8.00"),
    ],
)
def test_the_bound_that_counts_follows_the_operator_and_the_direction(
    target: str, name: str, actual: str, earned: str
):
    row = f"产出指标 / 数量指标 / {name} (10分): {target} → {actual}"

    assert card_of(f"项目: 甲\n{row}").rows[0].earned == Decimal(earned)


@pytest.mark.parametrize(("done", "earned"), [("2", "0"), ("3", "6.00"), ("9", "8.00")])
def test_a_fixed_number_knows_the_floor_and_the_deduction_too(done: str, earned: str):
    policy = replace(
        POLICY, pass_floor=Decimal("0.6"), excess_ratio=Decimal(1), excess_rate=Decimal("0.25")
    )
    row = f"产出指标 / 数量指标 / 个数 (10分): = 5 个 → {done}个"

    assert card_of(f"项目: 甲\n{row}", policy).rows[0].earned == Decimal(earned)


def test_what_is_filed_states_the_rate_of_the_adjusted_budget():
    form, outcome = parse_with_outcome(
        FORM.replace("年度: 2022", "年度: 2022\n年初预算: 999 元")
    )

    filed = with_scores(outcome, score_form(form, outcome, POLICY), "已完成")

    line = filed.budget["total"]
    assert (line.rate, line.score, filed.total_score) == (
        Decimal("86.18"), Decimal("8.62"), Decimal("94.06"),
    )  # fmt: skip
    assert [item.score for item in filed.indicators][:2] == [40, 8]


def test_what_was_not_budgeted_has_no_rate():
    form, outcome = parse_with_outcome(
        "项目: 甲\n全年预算: 0 元\n全年执行: 0 元\n产出指标 / 数量指标 / 场次 (90分): ≥ 2场 → 2场"
    )

    assert (
        with_scores(outcome, score_form(form, outcome, POLICY), "").budget["total"].rate is None
    )


@pytest.mark.parametrize(
    ("target", "actual", "earned"),
    [
        ("≥ 6万人", "60000人", "10"),
        ("≥ 6万人", "48000人次", "8.00"),
        ("≥ 60000人次", "5.4万人次", "9.00"),
        ("= 1.5亿元", "12000万元", "8.00"),
        ("≤ 2万元/公里", "24000元/公里", "8.00"),
    ],
)
def test_numbers_in_units_that_differ_by_powers_of_ten_are_compared(
    target: str, actual: str, earned: str
):
    row = f"产出指标 / 数量指标 / 受益人数 (10分): {target} → {actual}"

    assert card_of(f"项目: 甲\n{row}").rows[0].earned == Decimal(earned)
