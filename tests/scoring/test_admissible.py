"""What may stand as the actual value of a target, and what is asked instead."""

from __future__ import annotations

import pytest

from kaoji.core.target import Target
from kaoji.scoring.admissible import TIERS, takes_number, why_not_actual


@pytest.mark.parametrize(
    ("target", "typed"),
    [
        ("≥ 90 %", "92.5%"), ("≥ 90 %", "0%"), ("≥ 90 %", "100"), ("≥ 90 %", "1%"), ("≥ 90 %", "0"),
        ("≥ 90 %", "1.5"), ("≥ 35 公里", "36公里"), ("≥ 35 公里", "0公里"), ("≥ 35 公里", "0.5公里"),
        ("≥ 35 公里", "0.5"), ("10-20 期", "15期"), ("10-20 期", "9"), ("= 0 起", "0起"), ("良好", TIERS[0]), ("良好", TIERS[2]),
    ],
)  # fmt: skip
def test_a_value_in_the_targets_terms_stands(target: str, typed: str):
    assert why_not_actual(Target.parse(target), typed) is None


@pytest.mark.parametrize(
    ("target", "typed", "why"),
    [
        ("≥ 90 %", "", "请填写完成值"),
        ("≥ 90 %", "及时", "不是数"),
        ("≥ 90 %", "≥ 92 %", "不是数"),
        ("≥ 90 %", "0.99", "是 99% 吗"),
        ("≥ 90 %", "1", "是 100% 吗"),
        ("≥ 35 公里", "-1公里", "是负数"),
        ("≥ 35 公里", "36次", "单位不同"),
        ("良好", "很好", "请从三档中选"),
        ("≥ 35 公里", "3" * 201, "不超过 200 字"),
    ],
)
def test_anything_else_is_refused_with_what_to_write(target: str, typed: str, why: str):
    assert why in str(why_not_actual(Target.parse(target), typed))


def test_a_value_may_have_two_hundred_signs():
    assert "不超过" not in str(why_not_actual(Target.parse("≥ 35 公里"), "3" * 200))


@pytest.mark.parametrize(
    ("target", "takes"),
    [("≥ 90 %", True), ("= 0 起", True), ("良好", False), ("≥ -5 %", False), ("", False)],
)
def test_a_target_takes_a_number_or_a_tier(target: str, takes: bool):
    assert takes_number(Target.parse(target)) is takes
