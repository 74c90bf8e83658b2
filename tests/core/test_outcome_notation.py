"""What became of a promise, in plain text."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaoji.core.declaration import Declaration
from kaoji.core.indicator import Indicator
from kaoji.core.money import Money
from kaoji.core.notation import UnreadableNotation, parse
from kaoji.core.outcome import BudgetLine, IndicatorOutcome, Outcome
from kaoji.core.outcome_notation import (
    filed_with_outcome,
    parse_with_outcome,
    write_with_outcome,
)
from kaoji.core.target import Target

ROW = "产出指标 / 数量指标 / 里程 (20分): ≥ 35 公里"


def test_a_row_tells_actual_score_and_reason():
    form, outcome = parse_with_outcome(f"项目: 甲\n{ROW} → 30 公里 (17.14分) | 原因: 汛期")

    [row] = outcome.indicators
    assert form.indicators[0].target.text == "≥ 35 公里"
    assert (row.actual_raw, row.points, row.score) == ("30 公里", 20, Decimal("17.14"))
    assert row.reason == "汛期"
    assert outcome.kind == "self_evaluation"


def test_a_report_with_a_day_is_a_monitoring_report():
    _, outcome = parse_with_outcome(
        f"项目: 甲\n截至: 7月\n{ROW} → 10 公里 | 预计: 36 公里 | 可能性: 确定能"
    )

    assert (outcome.kind, outcome.as_of) == ("monitoring", "7月")
    assert outcome.indicators[0].forecast_raw == "36 公里"
    assert outcome.indicators[0].likelihood == "确定能"


def test_a_row_tells_the_causes_that_are_ticked_and_what_will_be_done():
    _, outcome = parse_with_outcome(
        f"项目: 甲\n截至: 7月\n{ROW} → 1 公里 | 原因类别: 经费保障、其他 | 原因: 汛期 | 措施: 九月补做"
    )

    [row] = outcome.indicators
    assert (row.causes, row.reason, row.remedy) == (("经费保障", "其他"), "汛期", "九月补做")


# Filed texts, typed by hand: of version 1, which knew no causes, and of version 2. Later versions must
# read them, and write and hash them the same.
_KEPT = {
    1: "7c85dbb12e9d717fb519a93d77979dfe3c62294970b463b5f96b5fcd4d4a70df",
    2: "6ac03879d14ac25930d6544076e2d6b9dd14058d3b8b975708161225d1e9932a",
}


@pytest.mark.parametrize("version", _KEPT)
def test_a_report_filed_under_any_version_is_read_and_hashed_the_same_for_good(version: int):
    content = (Path(__file__).parent / f"kept-monitoring-{version}.txt").read_text("utf-8")

    form, outcome = parse_with_outcome(content)

    assert filed_with_outcome(form, outcome) == content
    assert hashlib.sha256(content.encode()).hexdigest() == _KEPT[version]
    assert outcome.indicators[0].causes == {1: (), 2: ("经费保障", "人员保障")}[version]


def test_a_form_without_arrows_has_no_outcome():
    form, outcome = parse_with_outcome(f"项目: 甲\n{ROW}")

    assert outcome is None
    assert len(form.indicators) == 1


def test_a_blank_actual_value_stays_blank():
    _, outcome = parse_with_outcome(f"项目: 甲\n{ROW} → ")

    assert outcome.indicators[0].actual_raw is None


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (f"{ROW} → 3 公里 | 因为: 雨", "应以“原因:”"),
        (f"{ROW} → 3 公里\n产出指标 / 数量指标 / 桥: = 1 座", "请在每一行写上“→”"),
        (f"{ROW} → 3 公里\n全年执行: 很多", "“全年执行”的内容“很多”无法读取"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(line: str, reason: str):
    with pytest.raises(UnreadableNotation, match=reason):
        parse_with_outcome(f"项目: 甲\n{line}")


@pytest.mark.parametrize(
    "line",
    [
        "项目: 农村 → 城市",
        "项目: 甲\n年度目标: 好路率由80% → 90%",
        "项目: 甲\n总目标指标:\n产出指标 / 数量指标 / 桥: = 1 座 → 2 座",
    ],
)
def test_an_arrow_elsewhere_is_only_an_arrow(line: str):
    form, outcome = parse_with_outcome(line)

    assert outcome is None
    assert form == parse(line)


@pytest.mark.parametrize(
    "line",
    ["总分: NaN", "总分: 1e6000000", "执行分值: -", "总分: 5\n总分: 6", "执行率: 5 %%%x"],
)
def test_numbers_are_plain_and_stand_once(line: str):
    with pytest.raises(UnreadableNotation):
        parse_with_outcome(f"项目: 甲\n{line}\n{ROW} → 3 公里")


def test_a_long_blank_is_no_trouble():
    _, outcome = parse_with_outcome(f"项目: 甲\n{ROW} → 3{' ' * 20_000}公里")

    assert outcome.indicators[0].actual_raw.startswith("3")


_PIECES = st.sampled_from([*"甲乙→|()分9\"'#:/%≥", "\n", " → ", " | ", " (9分)", " / ", ": "])
_TEXTS = st.none() | st.lists(_PIECES, min_size=1, max_size=6).map("".join).map(
    str.strip
).filter(bool)
_CAUSES = st.lists(
    st.sampled_from(["经费保障", "硬件条件保障", "其他"]), unique=True, max_size=3
)
_POINTS = st.none() | st.decimals(0, 100, places=2)
_MONEY = st.none() | st.builds(Money, st.decimals(0, 10**10, places=2))


@st.composite
def _outcomes(draw: st.DrawFn) -> tuple[Declaration, Outcome]:
    rows = draw(st.lists(st.tuples(_TEXTS, _POINTS), min_size=1, max_size=4))
    form = Declaration(
        project_name=draw(_TEXTS),
        annual_goal=draw(_TEXTS),
        indicators=tuple(
            Indicator("产出指标", "数量指标", name, Target.parse(draw(_TEXTS)), points)
            for name, points in rows
        ),
        overall_indicators=tuple(
            Indicator("产出指标", "数量指标", name, Target.parse("= 1 座"))
            for name, _ in rows[:1]
        ),
    )
    said = tuple(
        IndicatorOutcome(
            draw(_TEXTS),
            draw(_TEXTS),
            points,
            draw(_POINTS),
            draw(_TEXTS),
            draw(_TEXTS),
            tuple(draw(_CAUSES)),
            draw(_TEXTS),
        )
        for _, points in rows
    )
    line = st.builds(BudgetLine, *[_MONEY] * 4, _POINTS, _POINTS, _POINTS, _TEXTS).filter(
        lambda item: item != BudgetLine()
    )
    budget = draw(st.dictionaries(st.sampled_from(["total", "fiscal", "other"]), line))
    as_of = draw(_TEXTS)
    kind = "monitoring" if as_of else "self_evaluation"
    return form, Outcome(kind, budget, draw(_TEXTS), said, draw(_POINTS), as_of)


@settings(max_examples=200)
@given(both=_outcomes())
def test_what_is_written_can_be_read_back(both: tuple[Declaration, Outcome]):
    form, outcome = both

    assert parse_with_outcome(write_with_outcome(form, outcome)) == (form, outcome)
