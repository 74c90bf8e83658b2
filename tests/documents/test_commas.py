"""Comma-separated text, as a spreadsheet saves it."""

from __future__ import annotations

import csv
import io

import pytest

from kaoji.documents.reader import read_document
from kaoji.documents.reading import Reading
from kaoji.documents.render.sheet import lay_out
from kaoji.samples import SONGJIANG_2023


def as_csv(reading: Reading) -> str:
    """Every form as a spreadsheet would save it: merged cells are blank."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for item in reading.forms:
        sheet = lay_out(item.form)
        grid = [[""] * len(sheet.widths) for _ in sheet.rows]
        for y, x, cell in sheet.placed():
            grid[y][x] = cell.text
        writer.writerows([[sheet.title], [sheet.year_line], *grid, []])
    return buffer.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_the_sample_comes_back_from_a_saved_spreadsheet(songjiang: Reading, encoding: str):
    again = read_document(as_csv(songjiang).encode(encoding), name="a.csv")

    assert again.source.media_type == "text/csv"
    assert [item.form for item in again.forms] == [item.form for item in songjiang.forms]
    assert again.problems == ()


def test_text_with_tabs_is_never_taken_for_commas(songjiang: Reading):
    assert songjiang.source.media_type == "text/plain"
    assert SONGJIANG_2023.read_text("utf-8").count(",") > 50


def test_prose_with_commas_is_no_form():
    assert read_document(b"a, b, c and d\n" * 20, name="x.txt").forms == ()


# A preview of a form whose writer typed half-width commas, in four parts.
SENTENCES = """# from a site of documents
1、 县级专项资金绩效目标申报表 ( 2018年度) 填报单位(盖章) 江岸县科学技术局 专项名称 科技下乡专项资金 部门名称 江岸县科技局 资金总额(万元) 86 部门相应职能职责概述 根据“三定”方案,主要负责全县科技、知识产权工作。指导专业技术协会工作;开展科普宣传,组织科技人员开展咨询服务,开展交流与合作。 专项立项依据 科学技术普及法 、 2

2、018 年专项资金使用管理办法 专项实施进度计划 专项实施内容 计划开始时间 计划完成时间 1.科技下乡 2018 年 1 月 2018 年 12 月 专项长期绩效目标 提升农民科学素质,推动科技创新,为建设幸福乡村作贡献 专项年

3、度绩效目标 1.积极开展科普宣传,普及科技知识,提高农民科学素质。 2.指导承担单位,规范科普专项
"""
PARAGRAPHS = """一、项目概况。本项目用于农村道路养护,由县交通局实施,资金由县财政安排。实施期一年。
二、实施内容。养护道路三十五公里,修复桥梁两座,补植行道树,完善标志标线。按月检查。
三、保障措施。成立领导小组,明确责任分工,加强资金监管,确保专款专用。接受社会监督。
四、其他说明。资金按进度拨付,验收合格后结算,留存完整档案。
"""


def test_sentences_with_half_width_commas_are_no_table():
    reading = read_document(SENTENCES.encode(), name="a.txt")

    assert reading.source.media_type == "text/plain"
    [form] = reading.forms
    assert form.form.project_name == "科技下乡专项资金"
    assert form.form.department == "江岸县科技局"
    assert form.form.year == 2018


def test_paragraphs_are_no_table():
    assert read_document(PARAGRAPHS.encode(), name="a.txt").source.media_type == "text/plain"


def test_a_long_goal_in_quotes_leaves_a_table_one():
    goal = '"养护道路三十五公里，修复桥梁两座。' + "确保安全畅通，" * 30 + '完成。"'
    text = f"项目名称,道路养护,,\n年度目标,{goal},,\n一级指标,二级指标,三级指标,指标值\n产出指标,数量指标,养护里程,≥35公里\n"

    assert read_document(text.encode(), name="a.csv").source.media_type == "text/csv"
