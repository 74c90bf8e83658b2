"""Two forms beside each other on one sheet."""

from __future__ import annotations

import pytest

from kaoji.documents.reader import read_document
from kaoji.documents.reading import FormReading

LEFT = [
    ["项目支出绩效目标表（2024年度）"],
    ["项目名称", "农村公路养护"],
    ["主管部门", "甲县交通运输局"],
    ["年度资金总额（万元）", "120"],
    ["一级指标", "二级指标", "三级指标", "指标值"],
    ["产出指标", "数量指标", "养护里程", "≥120公里"],
    ["满意度指标", "服务对象满意度指标", "群众满意度", "≥90%"],
]
RIGHT = [
    ["项目支出绩效目标表（2024年度）"],
    ["项目名称", "桥梁加固"],
    ["主管部门", "乙县水利局"],
    ["年度资金总额（万元）", "80"],
    ["一级指标", "二级指标", "三级指标", "指标值"],
    ["产出指标", "数量指标", "加固桥梁", "≥8座"],
    ["产出指标", "质量指标", "验收合格率", "100%"],
    ["满意度指标", "服务对象满意度指标", "居民满意度", "≥85%"],
]
BLANK = [[""] * 4]


def padded(row: list[str]) -> list[str]:
    return [*row, *[""] * (4 - len(row))]


ROWS = [
    [*padded(one), *padded(other)]
    for one, other in zip([*LEFT, *BLANK], RIGHT, strict=True)
]  # fmt: skip
TEXT = "".join(" | ".join(row) + " |\n" for row in ROWS)
HTML = f"<table><tr>{'</tr><tr>'.join(''.join(f'<td>{cell}</td>' for cell in row) for row in ROWS)}</tr></table>"


def in_short(form: FormReading) -> tuple[object, ...]:
    head = form.form
    return (
        head.project_name, head.department, int(head.funds.annual_total.yuan),
        [(row.level2, row.level3, row.target.text) for row in head.indicators],
    )  # fmt: skip


@pytest.mark.parametrize(("content", "name"), [(TEXT, "a.txt"), (HTML, "a.html")])
def test_each_form_keeps_what_is_its_own(content, name):
    one, other = read_document(content.encode(), name=name).forms

    assert in_short(one) == (
        "农村公路养护", "甲县交通运输局", 1_200_000,
        [("数量指标", "养护里程", "≥120公里"), ("服务对象满意度指标", "群众满意度", "≥90%")],
    )  # fmt: skip
    assert in_short(other) == (
        "桥梁加固", "乙县水利局", 800_000,
        [("数量指标", "加固桥梁", "≥8座"), ("质量指标", "验收合格率", "100%"), ("服务对象满意度指标", "居民满意度", "≥85%")],
    )  # fmt: skip


def test_a_title_printed_twice_in_a_row_is_no_second_form():
    [form] = read_document(
        "项目支出绩效目标表（2024年度） | 项目支出绩效目标表（2024年度） |\n".encode()
        + "".join(" | ".join(row) + " |\n" for row in LEFT[1:]).encode(),
        name="a.txt",
    ).forms

    assert [row.level3 for row in form.form.indicators] == ["养护里程", "群众满意度"]
