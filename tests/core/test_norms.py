"""What is usual comes from observed forms, with their number, by field and measure."""

from __future__ import annotations

from decimal import Decimal

import pytest
from accuracy import norms as observed

from kaoji.standards.norms import field_of, measure_of, norm_for

TEN = Decimal(10)


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("农村公路日常养护", "交通运输"),
        ("老年人肺炎疫苗免费接种", "卫生健康"),
        ("沙河灌区续建配套", "水利水务"),
        ("区图书馆免费开放", "文化旅游体育"),
        ("孤儿基本生活保障", "民政社会保障"),
        ("档案数字化", None),
    ],
)
def test_the_field_is_told_by_the_name_of_the_project(name: str, field: str | None):
    assert field_of((name,)) == field


def test_the_project_tells_its_field_before_the_office_does():
    assert field_of(("学校食堂改造", "市水利局")) == "教育"


def test_a_measure_is_known_by_the_end_of_its_name():
    assert measure_of("受益群众满意率") == "满意度"
    assert measure_of("满意度调查次数") is None


def test_a_field_with_too_few_forms_takes_what_is_usual_in_all():
    norm = norm_for(("农村公路养护",), "沿线群众满意度", least_count=TEN)

    assert norm is not None
    assert (norm.field, norm.count, norm.low, norm.high) == (None, 28, Decimal(90), Decimal(95))


def test_where_few_forms_hold_a_measure_nothing_is_usual():
    assert norm_for(("档案数字化",), "知晓率", least_count=TEN) is None


def test_the_file_holds_what_was_observed():
    assert observed.PAGE.read_text("utf-8") == observed.written()
