"""Money counted in 万元 in one column or line and in 元 in another."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kaoji.documents.reader import read_document
from kaoji.documents.reading import FormReading

ROWS = """一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
产出指标 | 数量指标 | 养护里程 | ≥120公里 | 125公里 | 40 | 40
满意度指标 | 服务对象满意度指标 | 群众满意度 | ≥90% | 92% | 10 | 10
"""
BY_COLUMN = """项目支出绩效自评表（2023年度）
项目名称 | 农村公路养护 | 主管部门 | 甲县交通运输局
项目资金 | | 年初预算数（万元） | 全年预算数（万元） | 全年执行数（元） | 分值 | 执行率 | 得分
 | 年度资金总额 | 120 | 120 | 1150000 | 10 | 95.83% | 9.58
 | 其中：财政拨款 | 100 | 100 | 950000 | | |
"""
BY_LINE = """项目支出绩效自评表（2023年度）
项目名称 | 农村公路养护 | 主管部门 | 甲县交通运输局
项目资金 | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
 | 年度资金总额（万元） | 120 | 120 | 115 | 10 | 95.83% | 9.58
 | 其中：财政拨款（元） | 1000000 | 1000000 | 950000 | | |
"""


def read(text: str) -> FormReading:
    [form] = read_document(text.encode(), name="a.txt").forms
    return form


@pytest.mark.parametrize("head", [BY_COLUMN, BY_LINE])
def test_each_amount_counts_in_the_unit_that_its_column_or_line_names(head):
    form = read(head + ROWS)

    read_lines = form.outcome.budget
    assert {
        line: (got.initial.yuan, got.adjusted.yuan, got.executed.yuan)
        for line, got in read_lines.items()
    } == {
        "total": (Decimal(1_200_000), Decimal(1_200_000), Decimal(1_150_000)),
        "fiscal": (Decimal(1_000_000), Decimal(1_000_000), Decimal(950_000)),
    }
    assert not [doubt for doubt in form.doubts if doubt.field.startswith(("budget", "funds"))]


def test_beside_two_units_an_amount_without_one_is_doubted():
    form = read(
        "项目支出绩效目标表（2024年度）\n项目名称 | 农村公路养护 | 主管部门 | 甲县交通运输局\n"
        "年度资金总额（万元） | 120 | 其中：财政拨款（元） | 1000000\n其他资金 | 20\n一级指标 | 二级指标 | 三级指标 | 指标值\n"
        "产出指标 | 数量指标 | 养护里程 | ≥120公里\n满意度指标 | 服务对象满意度指标 | 群众满意度 | ≥90%\n"
    )

    assert (
        form.form.funds.annual_total
        == form.form.funds.annual_fiscal + form.form.funds.annual_other
    )
    assert {doubt.field for doubt in form.doubts if doubt.field.startswith("funds")} == {"funds.annual_other"}  # fmt: skip
