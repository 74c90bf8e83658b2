"""Reports that tell their indicators in prose, each value behind its caption."""

from __future__ import annotations

import pytest

from kaoji.documents.reader import read_document

TOWNSHIP = """2022年农村饮水补助项目支出绩效自评报告
一、自评结论
(一)自评得分
评价分98分，自评等级为优秀。
(二)绩效目标完成情况
1.农村饮水工程维修处数，年初目标值≥12处，实际完成值13处，自评得分20分；
2.工程验收合格率，年初目标值≥95%，实际完成值100%，自评得分20分；
3.农村饮水水质达标率，年初目标值=100%，实际完成值100%，自评得分20分；
4.受益群众满意率，年初目标值≥90%，实际完成值92%，自评得分18分；
二、佐证材料
(一)项目基本情况
项目名称：2022年农村饮水补助项目。
项目主管部门：江岸县水务局。
项目实施单位：柳溪乡人民政府。
"""
SCHOOL = """2023年校车运营经费项目绩效自评情况
（一）绩效指标完成情况
（1）校车安全运行趟次，目标值为≥2000趟，完成情况为2100趟。
（2）校车年检合格率，目标值为100%，完成情况为100%。
（3）家长满意度，目标值为≥90%，完成情况为95%。
二、存在问题
项目名称：校车运营经费。
主管部门：江岸区教育局。
"""


@pytest.mark.parametrize(
    ("text", "name", "department", "rows"),
    [
        (
            TOWNSHIP,
            "2022年农村饮水补助项目",
            "江岸县水务局",
            [
                ("农村饮水工程维修处数", "≥12处"),
                ("工程验收合格率", "≥95%"),
                ("农村饮水水质达标率", "=100%"),
                ("受益群众满意率", "≥90%"),
            ],
        ),
        (
            SCHOOL,
            "校车运营经费",
            "江岸区教育局",
            [
                ("校车安全运行趟次", "≥2000趟"),
                ("校车年检合格率", "100%"),
                ("家长满意度", "≥90%"),
            ],
        ),
    ],
)
def test_values_behind_their_captions_are_rows(
    text: str, name: str, department: str, rows: list[tuple[str, str]]
):
    [form] = read_document(text.encode(), name="report.txt").forms

    assert [(row.level3, row.target.text) for row in form.form.indicators] == rows
    assert form.form.project_name == name
    assert form.form.department == department


def test_two_such_lines_are_no_table():
    lines = [line for line in TOWNSHIP.splitlines() if not line.startswith(("3.", "4."))]

    forms = read_document("\n".join(lines).encode(), name="report.txt").forms

    assert all(not form.form.indicators for form in forms)


def test_what_a_cell_holds_keeps_its_last_sign():
    text = (
        "项目支出绩效目标表\n(2023年度)\n项目名称\t河堤维护。\n实施单位\t江岸县水利局；\n"
        "一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t维护河堤长度\t≥3公里\n"
    )

    [form] = read_document(text.encode(), name="a.txt").forms

    assert form.form.project_name == "河堤维护。"
    assert form.form.implementing_unit == "江岸县水利局；"
