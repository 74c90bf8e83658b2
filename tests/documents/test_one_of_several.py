"""Cells that hold several things, of which nobody can tell which one is meant: doubted, never guessed in silence."""

from __future__ import annotations

import pytest

from kaoji.documents.reader import read_document
from kaoji.documents.reading import FormReading

HEAD = "项目支出绩效目标表（2024年度）\n项目名称 | {name} | 主管部门 | {unit}\n{more}"
TABLE = """一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 养护里程 | {target}
满意度指标 | 服务对象满意度指标 | 群众满意度 | ≥90%
"""


def read(*, name: str = "农村公路养护", unit: str = "甲县交通运输局", more: str = "", target: str = "≥120公里", table: str = TABLE) -> FormReading:  # fmt: skip
    text = HEAD.format(name=name, unit=unit, more=more) + table.format(target=target)
    [form] = read_document(text.encode(), name="a.txt").forms
    return form


def doubted(form: FormReading) -> set[str]:
    return {doubt.field for doubt in form.doubts}


def test_nothing_is_doubted_where_each_cell_holds_one_thing():
    assert doubted(read()) == set()


@pytest.mark.parametrize(
    "target", ["≥120公里（原≥100公里）", "95%→98%", "100公里改为120公里", "≥90% / ≥85%"]
)
def test_a_value_and_what_it_was_before(target):
    assert "indicators[0].target_raw" in doubted(read(target=target))


@pytest.mark.parametrize("target", ["≥5人，≤8人", "95%-98%", "1万元/公里", "≥2次/年"])
def test_a_span_and_a_rate_are_one_value(target):
    assert "indicators[0].target_raw" not in doubted(read(target=target))


def test_a_remark_of_a_reviewer_in_a_name():
    form = read(name="农村公路养护【批注：名称与预算不一致】", unit="甲局（改为：乙局）")

    assert {"project_name", "department"} <= doubted(form)


def test_a_tick_behind_one_of_several_options():
    form = read(more="项目类别 | A. 基本建设 B. 专项业务（√） C. 其他\n")

    assert "project_category" in doubted(form)


def test_a_goal_in_two_cells_beside_each_other():
    assert "annual_goal" in doubted(read(more="年度目标 | 养护公路120公里 | 加固桥梁8座\n"))


def test_two_groups_of_indicators_of_which_none_is_said_to_be_the_years():
    table = """一级指标 | 二级指标 | 三级指标 | 指标值 | 三级指标 | 指标值
产出指标 | 数量指标 | 养护里程 | ≥120公里 | 养护桥梁 | ≥8座
满意度指标 | 服务对象满意度指标 | 群众满意度 | ≥90% | 企业满意度 | ≥85%
"""
    silent, said = read(table=table), read(table=table, more="长期绩效指标 | 年度绩效指标\n")

    assert {f"{side}indicators[{n}].level3" for side in ("", "overall_") for n in (0, 1)} <= doubted(silent)  # fmt: skip
    assert not any("indicators" in field for field in doubted(said))
