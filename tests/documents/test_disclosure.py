"""What the public budget says of goals, in the words of published budgets (Putuo 2024, 2025)."""

from __future__ import annotations

import io
from dataclasses import replace

import docx

from kaoji.core import notation
from kaoji.documents.reader import read_document
from kaoji.documents.render.disclosure import Disclosure, render_disclosure

ROAD = notation.parse(
    """项目: 农村道路养护
版式: shanghai-2023
主管部门: 区交通委
实施单位: 区公路署
年度: 2025
资金总额: 113,815,954.38 元
年度资金: 113,815,954.38 元
年度目标: 养护农村道路 35 公里。
产出指标 / 数量指标 / 养护里程: = 35 公里
"""
)
BRIDGE = replace(ROAD, project_name="桥梁检测", implementing_unit="区桥隧中心")


def test_a_unit_says_how_many_projects_and_how_much_money():
    told = Disclosure("区公路署", 2025, [ROAD])

    assert told.sentence == (
        "2025年度，本单位编报绩效目标的项目共1个，涉及项目预算资金11381.60万元。"
    )


def test_a_department_says_how_many_of_its_units_declared():
    told = Disclosure("区交通委", 2025, [ROAD, BRIDGE])

    assert "本部门2个预算单位开展了2025年项目预算绩效目标编报工作" in told.sentence
    assert "编报绩效目标的项目2个，涉及项目预算资金22763.19万元。" in told.sentence


def test_the_document_lists_each_project_and_holds_its_form():
    written = render_disclosure(Disclosure("区交通委", 2025, [ROAD, BRIDGE]))

    document = docx.Document(io.BytesIO(written))
    [line] = [row for row in document.tables[0].rows if row.cells[2].text == "桥梁检测"]
    assert [cell.text for cell in line.cells][:4] == ["2", "区桥隧中心", "桥梁检测", "11381.60"]
    names = [item.form.project_name for item in read_document(written, name="x.docx").forms]
    assert names == ["农村道路养护", "桥梁检测"]


def test_projects_are_summed_up_by_category_as_on_the_page_of_the_department():
    forms = [
        replace(ROAD, project_category="经常性项目"),
        replace(BRIDGE, project_category="一次性项目"),
        replace(BRIDGE, project_name="路灯", project_category="经常性项目"),
        replace(BRIDGE, project_name="标线"),
    ]
    written = render_disclosure(Disclosure("区交通委", 2025, forms))

    table = docx.Document(io.BytesIO(written)).tables[0]

    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["项目类别", "项目数", "年度预算（万元）"],
        ["经常性项目", "2", "22763.19"],
        ["一次性项目", "1", "11381.60"],
        ["未分类", "1", "11381.60"],
        ["合计", "4", "45526.38"],
    ]
