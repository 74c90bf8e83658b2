"""What a department's report says of two units with three projects, counted by hand."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import docx
import pytest

from kaoji.core.department_report import (
    MONITORING,
    SELF_EVALUATION,
    DepartmentReport,
    Deviation,
    ReportedProject,
    report_as_data,
    report_from_data,
)
from kaoji.documents.render.department_report import (
    render_department_report,
    sections_of,
    title_of,
)

BEHIND = Deviation("养护里程", "≥ 35公里", "3公里", "经费保障；暴雨停工。", "有可能")
ROADS = ReportedProject(
    "农村公路养护", "公路所", "accepted", Decimal(250_000), Decimal("100000.04"),
    light="red", advice="建议调整目标（里程过高）", deviations=(BEHIND,),
)  # fmt: skip
BRIDGES = ReportedProject(
    "桥梁检测", "公路所", "filed", Decimal(150_000), Decimal(160_000), light="green"
)
LAMPS = ReportedProject("路灯", "照明所", "missing")
OWN = {
    "organised": "成立了工作小组。\n开展了培训。",
    "problems": "雨季长。",
    "measures": "抢工期。",
}
REPORT = DepartmentReport(
    MONITORING, "建设局", 2023, "1—7 月", date(2023, 7, 31), (ROADS, BRIDGES, LAMPS), OWN
)
YEAR = DepartmentReport(
    SELF_EVALUATION, "建设局", 2023, "", date(2023, 12, 31),
    (
        replace(ROADS, state="filed", light="", advice="", score=Decimal("84.5"), grade="良",
                is_rechecked=True, is_public=True, met=(("产出指标", 3, 4), ("效益指标", 1, 1))),
        replace(BRIDGES, light="", score=Decimal(96), grade="优", met=(("产出指标", 2, 2),)),
        LAMPS,
    ),
    {"organised": "各单位自评。", "measures": "早开工。", "use": "与预算挂钩。"},
)  # fmt: skip


def text_of(report: DepartmentReport) -> str:
    return "\n".join(
        line for part in sections_of(report) for line in (part.heading, *part.paragraphs)
    )


def test_a_monitoring_report_counts_filed_accepted_and_missing():
    text = text_of(REPORT)

    assert title_of(REPORT) == "建设局2023年1—7 月项目支出绩效运行监控报告"
    assert (
        "截至2023年7月31日，应监控项目3个，已报送监控表2个，其中主管部门已认可1个。"
        "尚未完成报送的项目1个：路灯（未报送）。" in text
    )
    assert "红灯1个，绿灯1个。" in text


def test_money_is_told_in_ten_thousands_with_what_is_over_the_budget():
    # 250,000 + 150,000 yuan; 100,000.04 + 160,000 spent: 65.00001 %.
    assert (
        "已报送项目年度预算合计40.00万元，实际支出26.00万元，预算执行率65.00%。"
        "支出超过预算的项目：桥梁检测。" in text_of(REPORT)
    )
    [table] = sections_of(REPORT)[1].tables
    assert table.rows == (("公路所", "2", "40.00", "26.00", "65.00%"),)


def test_deviations_carry_the_units_reason_and_the_departments_advice():
    text = text_of(REPORT)

    assert (
        "农村公路养护（公路所）“养护里程”目标≥ 35公里，实际3公里：经费保障；暴雨停工；完成目标的可能性：有可能。"
        in text
    )
    assert "对具体项目的处理建议：农村公路养护：建议调整目标（里程过高）。" in text


STAFF = Deviation(
    "抽检率",
    "≥ 98%",
    "60%",
    "两人长期病假",
    "完全不可能",
    ("人员保障", "经费保障"),
    "已申请调减到80%。",
)
FUNDS = Deviation("桥梁数", "≥ 9座", "2座", "", "有可能", ("经费保障",))
LIT = Deviation("亮灯率", "≥ 99%", "90%", "招标延后", "有可能", ("制度保障",))
CAUSES = replace(
    REPORT,
    projects=(ROADS, replace(BRIDGES, deviations=(STAFF, FUNDS)),
              replace(LAMPS, state="filed", deviations=(LIT,))),
)  # fmt: skip


def test_causes_are_counted_over_all_and_by_unit_in_the_order_of_the_form():
    text = text_of(CAUSES)
    [table] = sections_of(CAUSES)[2].tables

    # Four indicators; the road's was filed before causes could be ticked. 2 of 4 are 50 %.
    assert (
        "说明了偏差的指标共4项，按原因计（一项指标可有几类原因）：经费保障2项（50.00%），"
        "制度保障1项（25.00%），人员保障1项（25.00%），没有勾选原因的1项。"
        "完成目标的可能性：有可能3项，完全不可能1项。" in text
    )
    assert table.headings == ("单位", "经费保障", "制度保障", "人员保障")
    assert table.rows == (
        ("公路所", "2", "0", "1"),
        ("照明所", "0", "1", "0"),
        ("合计", "2", "1", "1"),
    )


def test_a_deviation_is_told_with_its_causes_and_what_will_be_done():
    text = text_of(CAUSES)

    assert (
        "实际60%：人员保障、经费保障；两人长期病假；完成目标的可能性：完全不可能；措施：已申请调减到80%。"
        in text
    )
    assert "实际2座：经费保障；完成目标的可能性：有可能。" in text


def test_a_report_without_causes_is_kept_as_it_was_before_there_were_any():
    assert report_as_data(REPORT)["schema"] == "department-report/1"
    assert report_as_data(REPORT)["projects"][0]["deviations"] == (
        {"indicator": "养护里程", "target": "≥ 35公里", "reached": "3公里",
         "reason": "经费保障；暴雨停工。", "likelihood": "有可能"},
    )  # fmt: skip
    assert report_as_data(CAUSES)["schema"] == "department-report/2"
    assert sections_of(REPORT)[2].tables == ()


def test_what_the_department_wrote_stands_where_it_belongs_a_paragraph_a_line():
    first, _, third, fourth, _ = sections_of(REPORT)

    assert first.paragraphs[1:] == ("成立了工作小组。", "开展了培训。")
    assert third.paragraphs[-1] == "雨季长。"
    assert fourth.paragraphs[0] == "抢工期。"


def test_a_report_on_self_evaluations_tells_coverage_grades_and_classes():
    text = text_of(YEAR)

    assert title_of(YEAR) == "建设局2023年项目支出绩效自评汇总报告"
    assert "应开展绩效自评的项目3个，已报送自评2个，自评覆盖率66.67%；其中经复核1个。" in text
    assert "平均得分90.25分" in text  # (84.5 + 96) ÷ 2
    assert "“优”1个，占50.00%，“良”1个，占50.00%。" in text
    assert "共设指标7项，完成6项。其中产出指标6项，完成5项；效益指标1项，完成1项。" in text
    assert "已公开绩效目标及自评结果的项目1个。" in text


def test_the_annex_lists_every_project_and_says_which_did_not_file():
    [table] = sections_of(YEAR)[-1].tables

    assert table.rows == (
        ("1", "公路所", "农村公路养护", "25.00", "10.00", "84.50", "良"),
        ("2", "公路所", "桥梁检测", "15.00", "16.00", "96.00", "优"),
        ("3", "照明所", "路灯", "—", "—", "未报送", "—"),
    )


@pytest.mark.parametrize("report", [REPORT, YEAR, CAUSES])
def test_what_is_kept_is_read_back_as_it_was(report: DepartmentReport):
    kept = json.loads(json.dumps(report_as_data(report), ensure_ascii=False))

    assert report_from_data(kept) == report


def test_another_schema_is_refused():
    with pytest.raises(ValueError, match="department-report/2"):
        report_from_data({**report_as_data(REPORT), "schema": "department-report/9"})


def test_the_paper_is_word_and_always_the_same_bytes():
    written = render_department_report(REPORT, day="2023年8月31日")
    document = docx.Document(io.BytesIO(written))
    lines = [paragraph.text for paragraph in document.paragraphs]

    assert written == render_department_report(REPORT, day="2023年8月31日")
    assert lines[0] == "建设局\n2023年1—7 月项目支出绩效运行监控报告"
    assert lines.index("四、下一步改进措施和工作建议") < lines.index("2023年8月31日")
    assert len(document.tables) == 2
