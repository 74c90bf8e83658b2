"""What became of a promise, in plain text."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kaoji.core.notation import UnreadableNotation
from kaoji.core.outcome_notation import parse_with_outcome

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
