"""Paths name one field of a form: to read it, to change it, to refuse what does not fit."""

import re

import pytest

from kaoji.core import notation
from kaoji.core.money import UnreadableAmount
from kaoji.core.paths import FieldPath

FORM = notation.parse("项目: 甲\n资金总额: 5 万元\n产出指标 / 数量指标 / 里程: ≥ 3 公里\n")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("project_name", "甲"),
        ("funds.total", "50,000.00"),
        ("indicators[0].level2", "数量指标"),
        ("indicators[0].target_raw", "≥ 3 公里"),
        ("annual_goal", ""),
        ("indicators", ""),
    ],
)
def test_a_path_finds_its_field(path, text):
    assert str(FieldPath.parse(path)) == path
    assert FieldPath.parse(path).text_in(FORM) == text


@pytest.mark.parametrize(
    ("path", "written", "read_back"),
    [
        ("project_name", "乙", "乙"),
        ("funds.total", "1.2 万元", "12,000.00"),
        ("indicators[0].level2", "质量指标", "质量指标"),
        ("indicators[0].target_raw", "=5公里", "=5公里"),
        ("start_date", "2023年1月1日", "2023-01-01"),
        ("goal_period", "2023-2025", "2023-2025"),
        ("funds.total", "", ""),
    ],
)
def test_a_path_changes_its_field_alone(path, written, read_back):
    field = FieldPath.parse(path)

    changed = field.put(FORM, field.read(written, FORM))

    assert field.text_in(changed) == read_back
    assert field.put(changed, field.get(FORM)) == FORM


@pytest.mark.parametrize(
    "path",
    [
        "indicators[7].level2",
        "nothing",
        "funds.secret",
        "funds",
        "under",
        "goals",
        "layout",
        "indicators[0].position",
    ],
)
def test_a_place_that_the_form_does_not_have_is_refused(path):
    with pytest.raises(ValueError, match=re.escape(path)):
        FieldPath.parse(path).read("x", FORM)


def test_a_value_that_does_not_fit_is_refused():
    with pytest.raises(UnreadableAmount):
        FieldPath.parse("funds.total").read("许多", FORM)
