"""绩效指标 and 绩效目标 as captions of columns, and a standard with a column for each grade: 优, 良, 中, 差."""

from __future__ import annotations

import pytest

from kaoji.documents.reader import read_document
from kaoji.documents.reading import FormReading
from kaoji.documents.recognise.shapes import target

ROWS = [
    ("产出指标", "指标1:场馆保洁面积", "6500平方米", ("6500平方米以上", "5500平方米-6500平方米", "4500平方米-5500平方米", "4500平方米以下")),
    ("产出指标", "指标2:用电量", "60万度", ("60万度以上", "50万度-60万度", "40万度-50万度", "40万度以下")),
    ("成效指标", "指标1:参观设备的使用率", "80%以上", ("80%以上", "70%-80%", "60%-70%", "60%以下")),
]  # fmt: skip
TEXT = """| 项目绩效目标表 | ||||||
| 项目名称:展览馆运行维护 | ||||||
| 指标类型 | 绩效指标 | 绩效目标 | 绩效标准 | |||
| 优 | 良 | 中 | 差 | |||
""" + "".join(
    f"| {'' if number == 1 else kind + ' | '}{name} | {aim} | {' | '.join(grades)} |\n"
    for number, (kind, name, aim, grades) in enumerate(ROWS)
)
HTML = (
    "<table><tr><td colspan=7>项目绩效目标表</td></tr><tr><td>项目名称</td><td colspan=6>展览馆运行维护</td></tr>"
    "<tr><td rowspan=2>指标类型</td><td rowspan=2>绩效指标</td><td rowspan=2>绩效目标</td><td colspan=4>绩效标准</td></tr>"
    "<tr><td>优</td><td>良</td><td>中</td><td>差</td></tr>"
    + "".join(
        f"<tr><td>{kind}</td><td>{name}</td><td>{aim}</td>{''.join(f'<td>{grade}</td>' for grade in grades)}</tr>"
        for kind, name, aim, grades in ROWS
    )
    + "</table>"
)


def read(content: str, name: str) -> FormReading:
    [form] = read_document(content.encode(), name=name).forms
    return form


@pytest.mark.parametrize(("content", "name"), [(TEXT, "a.txt"), (HTML, "a.html")])
def test_names_and_targets_are_read_and_grades_are_kept_by_their_names(content, name):
    form = read(content, name)

    assert form.form.project_name == "展览馆运行维护"
    assert form.form.annual_goal is None
    assert [(row.level1, row.level2, row.level3, row.target.text) for row in form.form.indicators] == [
        ("产出指标", None, "指标1:场馆保洁面积", "6500平方米"),
        ("产出指标", None, "指标2:用电量", "60万度"),
        ("效益指标", None, "指标1:参观设备的使用率", "80%以上"),
    ]  # fmt: skip
    assert form.extra["indicators[0].绩效标准良"] == "5500平方米-6500平方米"
    assert form.extra["indicators[2].绩效标准差"] == "60%以下"


def test_elsewhere_these_words_head_a_text_and_run_down_the_side():
    form = read(
        "项目绩效目标表\n项目名称 | 展览馆维护\n绩效目标 | 全年开放三百天以上\n绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值\n"
        "产出指标 | 数量指标 | 开放天数 | ≥300天\n满意度指标 | 服务对象满意度指标 | 观众满意度 | ≥90%\n",
        "a.txt",
    )

    assert form.form.annual_goal == "全年开放三百天以上"
    assert [row.level3 for row in form.form.indicators] == ["开放天数", "观众满意度"]


def test_the_readings_that_a_mirror_prints_behind_its_signs_are_no_part_of_a_value():
    assert target("60萬(wàn)度").measurable
    assert not target("不低于90%達(dá)成預(yù)期").measurable  # two cells in one
