"""A form without a fault, in every layout: no rule asks for a cell that the layout does not have."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kaoji.core import notation
from kaoji.core.declaration import Declaration
from kaoji.rules.context import Context
from kaoji.rules.engine import check
from kaoji.standards.layouts import Layout, layouts

FAULTLESS = """项目: 农村道路养护
类别: 经常性项目
主管部门: 区交通委
实施单位: 区公路署
年度: 2023
开始: 2023-01-01
完成: 2023-12-31
目标期: 2023-2023
资金总额: 1,050,000 元
财政资金: 1,050,000 元
年度资金: 1,050,000 元
当年财政拨款: 1,050,000 元
总目标: 养护农村道路 35 公里，使路面完好，群众出行安全、方便，路面完好率达到 95%。
年度目标: 今年养护农村道路 35 公里，11 月底前完工，路面完好率达到 95%，沿线群众满意。

产出指标 / 数量指标 / 道路养护里程: = 35 公里
产出指标 / 质量指标 / 路面完好率: ≥ 95 %
产出指标 / 时效指标 / 养护完成时间: 不晚于11月30日
产出指标 / 成本指标 / 每公里养护成本: ≤ 3 万元/公里
效益指标 / 社会效益指标 / 因路面失养引发的事故起数: = 0 起
满意度指标 / 服务对象满意度指标 / 沿线群众满意度: ≥ 90 %
"""
IN_THE_HEAD = ("project_name", "project_category", "department", "implementing_unit", "start_date", "end_date", "overall_goal", "annual_goal")  # fmt: skip


def in_layout(form: Declaration, layout: Layout) -> Declaration:
    """The form with only the cells that the layout has."""
    missing = {name: None for name in IN_THE_HEAD if name not in layout.asked}
    if "start_date" not in layout.asked:
        missing["goal_period"] = None
    return replace(form, layout=layout.id, **missing)  # type: ignore[arg-type]


@pytest.mark.parametrize("layout", layouts(), ids=lambda layout: layout.id)
def test_a_faultless_form_gives_no_finding_in_any_layout(layout: Layout):
    form = in_layout(notation.parse(FAULTLESS), layout)

    report = check(form)

    said = [(item.rule.id, item.field, str(item.message)) for item in report.findings]
    assert said == []
    assert len(report.passed) > 50


def test_a_blank_cell_that_the_layout_has_is_asked_about():
    form = replace(notation.parse(FAULTLESS), department=None, overall_goal=None)

    found = {(item.rule.id, item.field) for item in check(form).findings}

    assert {("KJ101", "department"), ("KJ102", "overall_goal")} <= found


def test_nobody_is_asked_for_a_cell_that_the_document_does_not_print():
    form = replace(notation.parse(FAULTLESS), department=None)

    report = check(form, context=Context(absent=frozenset({"department"})))

    assert "KJ101" not in {item.rule.id for item in report.findings}
