"""Forms that print their captions in two languages."""

from __future__ import annotations

import pytest

from kaoji.documents.reader import read_document
from kaoji.documents.reading import FormReading

CELLS = [
    ["项目支出绩效目标表 Project Performance Target Table（2024年度）"],
    ["项目名称 Project Name", "农村公路养护", "主管部门 (Department)", "甲县交通运输局"],
    ["实施单位 Implementing Unit", "甲县公路管理所"],
    ["年度资金总额（万元）Total", "120"],
    ["年度目标 Annual Goal", "完成农村公路日常养护，接入 GPS 定位"],
    ["一级指标 Level 1", "二级指标 Level 2", "三级指标 Level 3", "指标值 Target"],
    ["产出指标 Output", "数量指标 Quantity", "养护里程", "≥120公里"],
    ["产出指标 Output", "质量指标 Quality", "GPS 覆盖率", "≥95%"],
    ["满意度指标 Satisfaction", "服务对象满意度指标", "群众满意度", "≥90%"],
]


def read(content: str, name: str) -> FormReading:
    [form] = read_document(content.encode(), name=name).forms
    return form


def as_html() -> str:
    rows = ("".join(f"<td>{cell}</td>" for cell in row) for row in CELLS)
    return f"<table><tr>{'</tr><tr>'.join(rows)}</tr></table>"


@pytest.mark.parametrize(
    ("content", "name"), [("\n".join(map(" | ".join, CELLS)), "a.txt"), (as_html(), "a.html")]
)
def test_the_second_language_is_no_value(content, name):
    form = read(content, name).form

    assert (form.year, form.project_name) == (2024, "农村公路养护")
    assert (form.department, form.implementing_unit) == ("甲县交通运输局", "甲县公路管理所")
    assert form.annual_goal == "完成农村公路日常养护，接入 GPS 定位"
    assert form.funds.annual_total.yuan == 1_200_000
    assert [(row.level2, row.level3, row.target.text) for row in form.indicators] == [
        ("数量指标", "养护里程", "≥120公里"),
        ("质量指标", "GPS 覆盖率", "≥95%"),
        ("服务对象满意度指标", "群众满意度", "≥90%"),
    ]


def test_a_letter_of_a_column_is_no_second_language():
    form = read("项目支出绩效自评表（2023年度）\n项目名称 | 公路养护 | 主管部门 | 甲局\n一级指标 | 二级指标 | 三级指标 | 年度指标值（A） | 实际完成值（B）\n产出指标 | 数量指标 | 养护里程 | ≥120公里 | 125公里\n满意度指标 | 服务对象满意度指标 | 群众满意度 | ≥90% | 92%\n", "a.txt")  # fmt: skip

    assert [row.actual_raw for row in form.outcome.indicators] == ["125公里", "92%"]


def test_a_unit_without_a_chinese_sign_is_doubted():
    form = read("项目支出绩效目标表（2024年度）\n项目名称 | 公路养护 | 主管部门 | Department of Roads\n一级指标 | 二级指标 | 三级指标 | 指标值\n产出指标 | 数量指标 | 养护里程 | ≥120公里\n满意度指标 | 服务对象满意度指标 | 群众满意度 | ≥90%\n", "a.txt")  # fmt: skip

    assert "department" in {doubt.field for doubt in form.doubts}
