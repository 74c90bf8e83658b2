"""Numbers of an outline in cells, rows that somebody marked, and letters that recognition took for digits."""

from __future__ import annotations

import pytest

from kaoji.documents.reader import read_document
from kaoji.documents.reading import FormReading

HEAD = "项目支出绩效目标表（2024年度）\n项目名称 | 农村公路养护\n主管部门 | 甲县交通运输局\n"


def read(text: str) -> FormReading:
    [form] = read_document(text.encode(), name="a.txt").forms
    return form


def doubted(form: FormReading) -> set[str]:
    return {doubt.field for doubt in form.doubts if doubt.field.startswith("indicators[")}


def test_the_number_before_a_class_is_no_part_of_it():
    form = read(
        HEAD
        + """一级指标 | 二级指标 | 三级指标 | 指标值
1产出指标 | 1.1数量指标 | 1.1.1养护里程 | ≥120公里
1产出指标 | 1.2 质量指标 | 1.2.1验收合格率 | ≥95%
2满意度指标 | 2.1服务对象满意度指标 | 2.1.1群众满意度 | ≥90%
"""
    )

    assert [(row.level1, row.level2) for row in form.form.indicators] == [
        ("产出指标", "数量指标"),
        ("产出指标", "质量指标"),
        ("满意度指标", "服务对象满意度指标"),
    ]
    assert not doubted(form)


def test_a_column_of_numbers_is_no_column_of_names():
    form = read(
        HEAD
        + """序号 | 一级指标 | 二级指标 | 三级指标 | 指标值
1.1.1 | 产出指标 | 数量指标 | 养护里程 | ≥120公里
1.1.2 | 产出指标 | 数量指标 | 养护桥梁 | 15座
3.1.1 | 满意度指标 | 服务对象满意度指标 | 群众满意度 | ≥90%
"""
    )

    assert form.form.department == "甲县交通运输局"
    assert [row.level3 for row in form.form.indicators] == [
        "养护里程",
        "养护桥梁",
        "群众满意度",
    ]
    assert not doubted(form)


def test_a_class_of_level_1_that_nobody_knows_is_doubted():
    form = read(
        HEAD
        + """一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 养护里程 | ≥120公里
（删除）产出指标 | 时效指标 | 完成及时率 | 100%
满意度指标 | 服务对象满意度指标 | 群众满意度 | ≥90%
"""
    )

    assert doubted(form) == {"indicators[1].level1"}


@pytest.mark.parametrize("target", ["≥l20公里", "≥9S%", "9O%", "2O24年12月底前", "1O个"])
def test_a_letter_in_the_place_of_a_digit_is_doubted(target):
    form = read(
        HEAD
        + f"""一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 养护里程 | {target}
满意度指标 | 服务对象满意度指标 | 群众满意度 | ≥90%
"""
    )

    assert "indicators[0].target_raw" in doubted(form)


def test_a_title_whose_signs_stand_apart_is_a_title():
    form = read(
        "项 目 支 出 绩 效 目 标 申 报 表\n（2024年度）\n"
        + HEAD.partition("\n")[2]
        + "一级指标 | 二级指标 | 三级指标 | 指标值\n产出指标 | 数量指标 | 养护里程 | ≥120公里\n"
        "满意度指标 | 服务对象满意度指标 | 群众满意度 | ≥90%\n"
    )

    assert form.form.year == 2024


def test_the_chapters_of_a_report_below_indicators_are_none():
    form = read(
        "项目支出绩效目标表（2024年度）\n项目名称：农村公路养护\n主管部门：甲县交通运输局\n（一）产出指标\n数量指标：养护里程≥120公里\n质量指标：验收合格率≥95%\n"
        "（二）满意度指标\n服务对象满意度指标：群众满意度≥90%\n（三）存在的问题\n资金拨付较慢，影响施工进度。\n（四）下一步打算\n加快拨付。\n"
    )

    assert [row.level3 for row in form.form.indicators] == [
        "养护里程",
        "验收合格率",
        "群众满意度",
    ]
