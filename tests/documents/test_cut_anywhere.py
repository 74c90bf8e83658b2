"""A copy may end, or begin, anywhere: what is left is read or doubted, and reading always ends."""

from __future__ import annotations

import re

import pytest

from kaoji.documents.reader import read_document
from kaoji.documents.reading import Reading

PROJECTS = """项目绩效目标表
(2025年度)
单位:元
项目名称 项目单位 项目类别 预算数 年度绩效目标 一级指标 二级指标 三级指标 指标性质 目标值 计量单位 分值
业务装备经费 某检察院 专项资金项目 1,030,700.00 保障日常办公办案的装备需要。 满意度指标 服务对象满意度 使用人员满意度 大于等于 98 % 10
产出指标 质量指标 政府采购率 大于等于 30 % 7
办案业务经费 某检察院 专项资金项目 3,239,300.00 保障日常办公办案的业务需要。 产出指标 质量指标 年度结案率 大于等于 90 % 7
产出指标 数量指标 办结案件数量 大于等于 70 件 8
"""
CUT_BEHIND_ITS_NAME = "聘用人员经费 某检察院 产出指标 数量指标\n"


def read(text: str) -> Reading:
    return read_document(text.encode(), name="copy.txt")


@pytest.mark.parametrize("place", ["at the end", "between"])
def test_a_project_of_which_no_row_is_left_is_doubted(place: str):
    text = (
        PROJECTS + CUT_BEHIND_ITS_NAME
        if place == "at the end"
        else PROJECTS.replace("办案业务经费 ", CUT_BEHIND_ITS_NAME + "办案业务经费 ")
    )

    forms = {form.form.project_name: form for form in read(text).forms}

    left = forms["聘用人员经费"]
    assert left.form.indicators == ()
    assert "“聘用人员经费”没有自己的资金和目标，可能不是项目" in {
        str(doubt.reason) for doubt in left.doubts if doubt.field == "form"
    }
    assert len(forms["业务装备经费"].form.indicators) == 2


@pytest.mark.parametrize("separator", [" ", "\n", "|"])
def test_a_sheet_of_projects_may_be_cut_at_any_word(separator: str):
    whole = PROJECTS + CUT_BEHIND_ITS_NAME
    ends = [found.start() for found in re.finditer(r"\s", whole)][8::2]

    for end in ends:
        read(whole[:end].replace(" ", separator))


def test_a_table_without_a_heading_begins_below_the_note_on_its_unit():
    """The note once counted as a row of the table and as its end: the search for tables did not end."""
    [form] = read(
        "部门预算项目绩效目标申报表(2023年度)\n金额单位:元\n某镇 8,827,620.53\n"
        "产出指标 时效指标 工资发放及时率 ≥95%\n产出指标 数量指标 村组干部 ≥230人\n"
        "效益指标 社会效益指标 群众办事平均等候时间 ≤10分钟\n"
    ).forms

    assert [row.level3 for row in form.form.indicators][-2:] == [
        "村组干部",
        "群众办事平均等候时间",
    ]
