"""What a row promises for half of the year, or reached the year before, is kept beside its target."""

from __future__ import annotations

import pytest

from kaoji.documents.reader import explain_document, read_document

FORM = """项目支出绩效目标表
(2024年度)
项目名称|公园运转经费
主管部门|文旅局|实施单位|文化公园
一级指标|二级指标|三级指标|{earlier}|{target}
产出指标|数量指标|开放天数|≥150天|≥300天
产出指标|质量指标|设施完好率|≥90%|≥95%
效益指标|社会效益指标|接待人次|≥2万人次|≥5万人次
"""


@pytest.mark.parametrize(
    ("earlier", "target"),
    [
        ("半年(程)指标值", "全年(程)指标值"),
        ("上半年目标值", "全年目标值"),
        ("第二季度目标值", "年度目标值"),
        ("上年实际值", "目标值"),
    ],
)
def test_a_value_of_another_time_is_kept_under_its_caption(earlier: str, target: str):
    text = FORM.format(earlier=earlier, target=target).encode()

    [form] = read_document(text, name="copy.txt").forms

    assert [row.target.text for row in form.form.indicators] == ["≥300天", "≥95%", "≥5万人次"]
    assert form.extra[f"indicators[0].{earlier}"] == "≥150天"
    assert form.extra[f"indicators[2].{earlier}"] == "≥2万人次"
    assert not [doubt for doubt in form.doubts if doubt.field.startswith("indicators[")]


def test_what_is_unsure_of_half_of_the_year_is_not_called_last_years():
    text = FORM.format(earlier="半年目标值", target="全年目标值").replace("|", "\n").encode()

    told = " ".join(map(str, explain_document(text, name="copy.txt")))

    assert "半年目标值" in told
    assert "上年" not in told
