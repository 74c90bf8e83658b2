"""Where a score changes, typed from the rules of scoring: nought, none, the same, one more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from kaoji.core.indicator import Indicator
from kaoji.core.outcome import IndicatorOutcome
from kaoji.core.outcome_notation import parse_with_outcome
from kaoji.core.target import Target
from kaoji.scoring.adjustments import cap_on, with_excess_deduction, with_pass_floor
from kaoji.scoring.experts import COMBINATION_NAMES, combined, combined_sheets
from kaoji.scoring.explained_score import Score, ScoringInput
from kaoji.scoring.formula import examples_of
from kaoji.scoring.lights import Light, self_evaluation_light
from kaoji.scoring.outcome_with_scores import with_scores
from kaoji.scoring.reached import reached
from kaoji.scoring.score_indicator import FORMULAS, score_indicator
from kaoji.scoring.scorecard import score_form
from kaoji.scoring.suggested import suggested
from kaoji.scoring.weights import points_of
from kaoji.standards.scoring import scoring_policy

POLICY = scoring_policy(on=date(2023, 12, 31), region=None)
USUAL = {"产出指标": Decimal(50), "效益指标": Decimal(30), "满意度指标": Decimal(10)}


def row(
    name: str, target: str, level1: str = "产出指标", level2: str = "数量指标"
) -> Indicator:
    return Indicator(level1, level2, name, Target.parse(target))


@pytest.mark.parametrize("formula", ["reverse_linear", "reverse_ratio"])
@pytest.mark.parametrize(
    ("ceiling", "actual", "earned"),
    [("0", "0", 10), ("0", "1", 0), ("0", "0.5", 0), ("4", "4", 10), ("4", "-1", 10)],
)
def test_a_ceiling_of_nothing_allows_nothing(formula, ceiling, actual, earned):
    measure = ScoringInput(Decimal(10), Decimal(ceiling), Decimal(actual))

    assert FORMULAS[formula].compute(measure).earned == earned


@pytest.mark.parametrize(("actual", "earned"), [("7.99", "0.03"), ("8", "0"), ("9", "0")])
def test_twice_a_ceiling_earns_nothing(actual: str, earned: str):
    measure = ScoringInput(Decimal(10), Decimal(4), Decimal(actual))

    assert FORMULAS["reverse_linear"].compute(measure).earned == Decimal(earned)


@pytest.mark.parametrize("formula", ["equal", "satisfaction_bands"])
def test_where_nothing_was_reached_nothing_is_earned(formula: str):
    measure = ScoringInput(Decimal(10), Decimal(1), Decimal(0))

    assert FORMULAS[formula].compute(measure).earned == 0


@pytest.mark.parametrize(
    ("target", "actual", "met"),
    [
        ("≥ 35公里", "35公里", True),
        ("≥ 35公里", "34公里", False),
        ("3起", "2起", True),  # fewer accidents than promised
        ("3起", "4起", False),
        ("明显改善", "达成年度指标", True),
        ("明显改善", "未达成年度指标且效果较差", False),
        ("明显改善", "部分达成年度指标并具有一定效果", None),
        ("明显改善", "有所改善", None),
    ],
)
def test_a_target_is_reached_by_its_number_else_by_its_tier(target, actual, met):
    name = "安全事故起数" if "起" in target else "养护里程"

    assert reached(row(name, target), actual) is met


@pytest.mark.parametrize(
    ("points", "actual", "scored"),
    [(None, "3公里", False), ("10", None, False), (None, None, False), ("10", "3公里", True)],
)
def test_a_score_needs_points_and_an_actual_value(points, actual, scored):
    said = IndicatorOutcome(
        points=None if points is None else Decimal(points), actual_raw=actual
    )

    assert (score_indicator(row("里程", "≥ 3公里"), said, POLICY) is not None) is scored


def test_printed_points_go_before_those_of_the_policy():
    said = IndicatorOutcome(points=Decimal(8), actual_raw="3公里")

    score = score_indicator(row("里程", "≥ 3公里"), said, POLICY, Decimal(50))

    assert (score.points, score.inputs[0].source.template) == (8, "自评表")


@pytest.mark.parametrize(
    ("actual", "earned"),
    [("9个", "9.00"), ("10个", "10"), ("40个", "10"), ("44个", "9.00")],  # 1 − 4 ÷ 40
)
def test_a_range_is_kept_to_both_of_its_ends(actual: str, earned: str):
    said = IndicatorOutcome(points=Decimal(10), actual_raw=actual)

    score = score_indicator(row("抽查单位数", "10个-40个"), said, POLICY)

    assert score.earned == Decimal(earned)


@pytest.mark.parametrize(
    ("name", "target", "actual", "formula"),
    [
        ("重大事故起数", "0起", "0起", "equal"),
        ("重大事故起数", "0起", "1起", "equal"),
        ("重大事故起数", "3起", "4起", "reverse_linear"),
        ("重大事故起数", "=3起", "4起", "reverse_linear"),
        ("养护里程", "=3公里", "2公里", "equal"),
        ("养护里程", "3公里", "2公里", "positive"),
    ],
)
def test_what_should_be_less_is_a_ceiling_and_none_at_all_a_fixed_number(
    name, target, actual, formula
):
    said = IndicatorOutcome(points=Decimal(10), actual_raw=actual)

    score = score_indicator(row(name, target), said, POLICY)

    assert score.formula is FORMULAS[formula]


@pytest.mark.parametrize(
    ("indicators", "execution", "light"),
    [
        ("45", "4.8", Light.GREEN),  # half and 48 %: 4 % apart
        # half and 47 %: 6 % apart, though only three points of a hundred
        ("45", "4.7", Light.RED),
    ],
)
def test_how_far_indicators_are_ahead_is_a_share_of_themselves(indicators, execution, light):
    found = self_evaluation_light(
        POLICY,
        indicators=Decimal(indicators),
        execution=Decimal(execution),
        of_execution=Decimal(10),
        budget=Decimal(100),
        executed=Decimal(90),
    )

    assert found is light


def test_the_last_indicator_takes_what_rounding_leaves():
    rows = [row(name, "≥ 1个") for name in ("甲", "乙", "丙")]
    rows += [row("满意度", "≥ 90%", "满意度指标", "服务对象满意度指标")]

    points = points_of(rows, USUAL)

    assert points == [Decimal("25.00"), Decimal("25.00"), Decimal("25.00"), Decimal("15.00")]
    assert sum(points_of(rows[:3], USUAL)) == 90
    assert sum(points_of([*rows[:2], rows[3], row("丁", "1", "效益指标")], USUAL)) == 90


def test_the_heir_of_a_class_gets_nothing_while_the_class_is_there():
    rows = [
        row("里程", "≥ 1公里"),
        row("好路率", "≥ 90%", "效益指标", "社会效益指标"),
        row("满意度", "≥ 90%", "满意度指标", "服务对象满意度指标"),
    ]

    held = points_of(rows, USUAL, missing={"满意度指标": "效益指标"})
    without_heir = points_of([rows[0], rows[2]], USUAL, missing={"效益指标": "社会指标"})

    assert held == [Decimal(50), Decimal(30), Decimal(10)]
    assert without_heir == [Decimal("75.00"), Decimal("15.00")]


@pytest.mark.parametrize(
    ("scores", "way", "whole"),
    [
        (["80", "90"], "mean", "85.00"),
        (["60", "80", "90", "100", "70"], "trimmed", "80.00"),  # 70, 80, 90
        (["60", "100"], "trimmed", "80.00"),  # two are never trimmed
        (["0"], "mean", "0.00"),
    ],
)
def test_scores_of_experts_are_their_mean(scores, way, whole):
    assert combined([Decimal(score) for score in scores], way) == Decimal(whole)


@pytest.mark.parametrize(("done", "earned"), [("0次", 10), ("5次", 10)])
def test_a_floor_of_nothing_is_met_by_anything_whatever_the_region_adds(done: str, earned: int):
    """No share of 0 is reached or missed: neither the pass floor nor the deduction can be asked of it."""
    strict = replace(
        POLICY, pass_floor=Decimal("0.6"), excess_ratio=Decimal("1.3"), excess_points=Decimal(2)
    )
    said = IndicatorOutcome(points=Decimal(10), actual_raw=done)

    assert score_indicator(row("抽查次数", "≥ 0次"), said, strict).earned == earned


def test_where_a_region_deducts_nothing_for_an_easy_target_no_step_says_so():
    lenient = replace(POLICY, excess_ratio=Decimal("1.3"))
    said = IndicatorOutcome(points=Decimal(10), actual_raw="9次")

    score = score_indicator(row("抽查次数", "≥ 1次"), said, lenient)

    assert [step.template for step in score.steps] == [
        "完成值 {actual} ≥ 目标值 {target}，得满分"
    ]


def test_what_is_left_to_judgement_is_left_alone_by_floors_and_deductions():
    judged = Score(Decimal(10), None, ())
    nothing = ScoringInput(Decimal(10), tier="达成")
    much = ScoringInput(Decimal(10), Decimal(1), Decimal(9))

    unsaid = ScoringInput(Decimal(10), Decimal(5))
    assert with_pass_floor(judged, nothing, Decimal("0.6")) is judged
    assert with_pass_floor(judged, unsaid, Decimal("0.6")) is judged
    assert with_excess_deduction(judged, nothing, ratio=Decimal(1), flat=Decimal(2)) is judged
    assert with_excess_deduction(judged, much, ratio=Decimal(1), flat=Decimal(2)) is judged


@pytest.mark.parametrize(("executed", "most"), [("0.49", 59), ("0.5", 69), ("0.8", None)])
def test_a_budget_of_one_yuan_caps_as_any_other(executed: str, most: int | None):
    """不足50%: 59; 50% and more, 不足60%: 69; 80%: none."""
    caps = [
        (Decimal(50), Decimal(59)),
        (Decimal(60), Decimal(69)),
        (Decimal(80), Decimal(89)),
    ]

    cap = cap_on(Decimal(100), budget=Decimal(1), executed=Decimal(executed), caps=caps)

    assert (cap.most if cap else None) == most


@pytest.mark.parametrize(
    ("formula", "target", "actual", "step"),
    [
        ("positive", "90", "90", "完成值 90 ≥ 目标值 90，得满分"),
        ("equal", "5", "5", "完成值 5 ≥ 目标值 5，得满分"),
        ("execution", "1", "1", "执行数不少于预算数，得满分"),
        ("reverse_linear", "5", "5", "完成值 5 ≤ 目标值 5，得满分"),
        ("reverse_linear", "5", "10", "完成值 10 达到目标值 5 的两倍，不得分"),
        ("reverse_ratio", "5", "5", "完成值 5 ≤ 目标值 5，得满分"),
    ],
)
def test_at_the_border_the_step_says_that_it_was_met(formula, target, actual, step):
    measure = ScoringInput(Decimal(10), Decimal(target), Decimal(actual))

    score = FORMULAS[formula].compute(measure)

    assert [str(each) for each in score.steps] == [step]


def test_of_a_budget_of_one_yuan_every_fen_counts():
    half = ScoringInput(Decimal(10), Decimal(1), Decimal("0.5"))

    assert FORMULAS["execution"].compute(half).earned == 5


def test_experts_are_combined_in_two_ways_each_of_which_has_a_name():
    assert set(COMBINATION_NAMES) == {"mean", "trimmed"}


def test_the_sheets_of_experts_are_combined_point_by_point():
    sheets = [
        {"决策": Decimal(8), "过程": Decimal(20)},
        {"决策": Decimal(9), "过程": Decimal(30)},
    ]

    assert combined_sheets(sheets, "mean") == {
        "决策": Decimal("8.50"),
        "过程": Decimal("25.00"),
    }
    assert combined_sheets(sheets[:1], "mean") == {"决策": 8, "过程": 20}


@pytest.mark.parametrize(
    ("target", "actual", "numbers"),
    [(None, None, (0, 0)), ("5", None, (5, 0)), ("5", "-3", (5, 0)), ("5", "7", (5, 7)), ("0", "0.5", (0, Decimal("0.5")))],
)  # fmt: skip
def test_what_nobody_said_is_nothing_and_less_than_nothing_is_nothing(target, actual, numbers):
    said = [None if text is None else Decimal(text) for text in (target, actual)]

    assert ScoringInput(Decimal(10), *said).numbers == numbers


def test_a_worked_example_that_nobody_can_read_is_an_error_and_a_blank_line_is_none():
    essay = "```score\n\n≥ 90 % → 85 % (10分) = 9.44\n\n```\n"

    assert [example.earned for example in examples_of(essay)] == [Decimal("9.44")]
    with pytest.raises(ValueError, match="八成"):
        examples_of(essay.replace("≥ 90 % →", "八成"))


def test_a_result_that_names_no_tier_may_be_given_anything():
    score = FORMULAS["qualitative"].compute(ScoringInput(Decimal(10)))

    assert (score.earned, score.low, score.high) == (None, 0, 10)


@pytest.mark.parametrize(
    ("head", "rate"),
    [
        ("年初预算: 200 元\n全年执行: 150 元\n", "75.00"),
        ("年初预算: 200 元\n全年预算: 300 元\n全年执行: 150 元\n", "50.00"),
        ("年初预算: 300 元\n全年执行: 100 元\n", "33.33"),
        ("年初预算: 800 元\n全年执行: 1 元\n", "0.13"),  # 0.125 %, half up as every score
        ("年初预算: 200 元\n", None),
        ("年初预算: 200 元\n全年执行: 0 元\n", "0.00"),
        ("年初预算: 0 元\n全年执行: 5 元\n", None),
    ],
)
def test_the_rate_is_of_the_adjusted_budget_else_of_the_first(head: str, rate: str | None):
    form, outcome = parse_with_outcome(f"项目: 甲\n{head}")

    line = with_scores(outcome, score_form(form, outcome, POLICY), "已完成").budget["total"]

    assert line.rate == (rate if rate is None else Decimal(rate))


@pytest.mark.parametrize(
    ("target", "actual"),
    [("≥ 35 公里", "36 次"), ("≥ 35 公里", "及时"), ("11月底前", "10月"), ("≥ -5 %", "-8 %"), ("良好", "36 次")],
)  # fmt: skip
def test_what_cannot_be_compared_with_its_target_is_left_to_a_person(target: str, actual: str):
    said = IndicatorOutcome(points=Decimal(10), actual_raw=actual)

    score = score_indicator(row("里程", target), said, POLICY)

    assert (score.formula, score.earned) == (FORMULAS["qualitative"], None)


@pytest.mark.parametrize(
    ("points", "share", "tier", "score"),
    [
        ("10", "100", "达成年度指标", "10"),
        ("10", "120", "达成年度指标", "10"),  # more than all is all
        ("10", "85", "达成年度指标", "8.50"),
        ("10", "70", "达成年度指标", "8.00"),  # the tier begins at 80 %
        ("10", "75", "部分达成年度指标并具有一定效果", "7.50"),
        ("10", "95", "部分达成年度指标并具有一定效果", "7.99"),  # and ends below 80 %
        ("10", "40", "部分达成年度指标并具有一定效果", "6.00"),
        ("10", "0", "未达成年度指标且效果较差", "0"),
        ("10", "60", "未达成年度指标且效果较差", "5.99"),
        ("5", "62.5", "部分达成年度指标并具有一定效果", "3.13"),  # 3.125, half up
        ("16.67", "60", "部分达成年度指标并具有一定效果", "10.01"),  # from 10.002 on
        ("16.67", "80", "部分达成年度指标并具有一定效果", "13.33"),  # below 13.336
        ("16.67", "79.99", "达成年度指标", "13.34"),
    ],
)
def test_a_share_done_suggests_a_score_that_its_tier_allows(points, share, tier, score):
    found = suggested(Decimal(points), Decimal(share), tier=tier, bounds=POLICY.tier_bounds)
    taken = FORMULAS["qualitative"].compute(
        ScoringInput(Decimal(points), tier=tier, stated=found, bounds=POLICY.tier_bounds)
    )

    assert found == Decimal(score)
    assert taken.earned == found


def test_only_what_has_usual_points_inherits_or_leaves_any():
    """其他指标 has no usual points to add to, 成本指标 none to leave."""
    rows = [row("里程", "≥ 1公里"), row("别的", "1", "其他指标")]

    points = points_of(rows, USUAL, missing={"满意度指标": "其他指标", "成本指标": "产出指标"})

    assert points == [Decimal(90), None]
