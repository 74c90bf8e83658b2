"""Single traps of printed forms, each alone in a small form."""

from __future__ import annotations

import pytest

from documents.road_table import GOALS, HEAD, TABLE
from kaoji.core.period import Years
from kaoji.documents.reader import read_document
from kaoji.documents.reading import FormReading


def read(text: str) -> FormReading:
    reading = read_document(text.encode(), name="x.txt")
    assert len(reading.forms) == 1, reading
    return reading.forms[0]


def read_with_problems(text: str) -> tuple[FormReading, list[str]]:
    reading = read_document(text.encode(), name="x.txt")
    return reading.forms[0], [str(problem.reason) for problem in reading.problems]


def doubted(item: FormReading) -> dict[str, str]:
    return {doubt.field: str(doubt.reason) for doubt in item.doubts}


def test_a_whole_form_is_read_without_doubt_or_repair():
    item = read(HEAD + GOALS + TABLE)

    assert (item.doubts, item.repairs) == ((), ())
    assert item.form.goal_period == Years(2023, 2023)
    assert [row.level2 for row in item.form.indicators] == [
        "数量指标", "质量指标", "时效指标", "社会效益指标", "服务对象满意度指标",
    ]  # fmt: skip


def test_an_amount_in_ten_thousands_is_stored_in_yuan():
    item = read((HEAD + GOALS + TABLE).replace("(元)", "(万元)").replace("150,000", "15.00"))

    assert str(item.form.funds.total) == "150000.00"


def test_a_unit_beside_the_number_outranks_the_caption():
    item = read((HEAD + GOALS + TABLE).replace("总额\t150,000", "总额\t15万元", 1))

    assert str(item.form.funds.total) == "150000.00"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (("2023-12-31", "2023-12-32"), "end_date"),
        (("总额\t150,000", "总额\t十五万"), "funds.total"),
        (("(2023年度)", "(年度)"), "year"),
    ],
)
def test_an_unreadable_value_stays_blank_and_is_doubted(wrong, field):
    item = read((HEAD + GOALS + TABLE).replace(*wrong, 1))

    assert field in doubted(item)


def test_a_caption_and_its_value_may_share_a_cell():
    item = read(
        (HEAD + GOALS + TABLE).replace("项目名称\t农村道路养护", "项目名称：农村道路养护\t")
    )

    assert item.form.project_name == "农村道路养护"


def test_a_name_continued_in_the_next_row_is_joined():
    item = read(
        (HEAD + GOALS + TABLE).replace(
            "项目名称\t农村道路养护\t项目类别\t经常性项目",
            "项目名称\t农村道路\t项目类别\t经常性项目\n\t养护\t\t",
        )
    )

    assert item.form.project_name == "农村道路养护"
    assert any("换行" in str(repair.what) for repair in item.repairs)


def test_a_name_split_over_cells_is_joined():
    item = read(
        (HEAD + GOALS + TABLE).replace(
            "\t\t质量指标\t验收合格率\t", "\t\t质量指标\t验收\t合格率\t"
        )
    )

    assert item.form.indicators[1].level3 == "验收合格率"


def test_goals_over_three_pages_are_put_together_in_turn():
    pages = (
        GOALS.replace("养护道路。", "养护").replace("修补道路。", "修补")
        + "\n农村\n\n乡间\n\n道路。\n\n小路。\n"
    )

    item = read(HEAD + pages + TABLE)

    assert item.form.overall_goal == "养护农村道路。"
    assert item.form.annual_goal == "修补乡间小路。"
    assert {"overall_goal", "annual_goal"} <= doubted(item).keys()


def test_goals_printed_twice_over_three_pages_leave_no_doubt():
    same = GOALS.replace("养护道路。", "养护").replace("修补道路。", "养护")

    item = read(HEAD + same + "\n农村\n\n农村\n\n道路。\n\n道路。\n" + TABLE)

    assert item.form.overall_goal == item.form.annual_goal == "养护农村道路。"
    assert doubted(item) == {}


def test_one_loose_paragraph_continues_the_goal_that_has_not_ended():
    item = read(HEAD + GOALS.replace("修补道路。", "修补") + "\n道路。\n" + TABLE)

    assert item.form.annual_goal == "修补道路。"
    assert doubted(item) == {}


def test_markup_is_removed_and_told():
    item = read(HEAD + GOALS.replace("养护道路。", "<p>养护</p><p>道路&amp;桥梁。</p>") + TABLE)

    assert item.form.overall_goal == "养护\n道路&桥梁。"
    assert any("<p>" in str(repair.what) for repair in item.repairs)


def test_what_a_target_says_beyond_its_value_is_quoted_as_printed():
    item = read(HEAD + GOALS + TABLE.replace(">=95%", ">=95%覆盖"))

    assert item.form.indicators[1].target.text == ">=95%覆盖"
    assert [str(repair.what) for repair in item.repairs] == ["“覆盖”未作为指标值读取"]


def test_an_unknown_class_is_kept_as_printed_and_doubted():
    item = read(HEAD + GOALS + TABLE.replace("质量指标", "安全指标"))

    assert item.form.indicators[1].level2 == "安全指标"
    assert "不在当年的指标分类中" in doubted(item)["indicators[1].level2"]


def test_a_label_under_the_wrong_class_is_doubted():
    item = read(HEAD + GOALS + TABLE.replace("效益指标\t社会效益指标", "效益指标\t数量指标"))

    assert "不属于" in doubted(item)["indicators[3].level1"]


def test_the_only_class_below_a_level_one_label_is_filled_in():
    item = read(
        HEAD
        + GOALS
        + TABLE.replace("满意度指标\t服务对象满意度指标\t村民", "满意度指标\t\t村民")
    )

    assert item.form.indicators[4].level2 == "服务对象满意度指标"
    assert any("只有" in str(repair.what) for repair in item.repairs)


def test_a_lost_timeliness_label_is_doubted_by_the_row_that_speaks_of_time():
    item = read(HEAD + GOALS + TABLE.replace("时效指标", ""))

    assert "时效指标" in doubted(item)["indicators[2].level2"]


def test_an_indicator_named_like_a_class_is_no_label():
    item = read(
        HEAD
        + GOALS
        + TABLE.replace(
            "\t\t质量指标\t验收合格率\t>=95%",
            "\t\t质量指标\t服务质量\t>=95%\n\t\t\t可持续影响\t>=1项",
        )
    )

    assert [row.level3 for row in item.form.indicators][1:3] == ["服务质量", "可持续影响"]


def test_prose_inside_the_table_is_reported_with_its_line():
    _, problems = read_with_problems(HEAD + GOALS + TABLE + "以上目标由区公路署解释\n")

    assert problems == ["没有认出“以上目标由区公路署解释”"]


def test_two_years_in_one_file_are_two_forms():
    text = HEAD + GOALS + TABLE
    reading = read_document((text + "\n" + text.replace("2023", "2024")).encode(), name="x.txt")

    assert [item.form.year for item in reading.forms] == [2023, 2024]


def test_two_years_in_one_form_are_doubted():
    item = read(HEAD.replace("(2023年度)\n", "(2023年度)\n(2024年度)\n") + GOALS + TABLE)

    assert "两个年度" in doubted(item)["year"]


def test_half_a_form_says_what_it_lacks():
    item = read(HEAD)

    assert {"overall_goal", "annual_goal", "indicators"} <= doubted(item).keys()


def test_a_form_of_2026_is_read_by_its_own_layout_and_taxonomy():
    item = read(
        """财政项目支出绩效目标申报表
(2026年度)
项目名称\t架空线入地\t项目性质\t阶段性项目\t项目类别\t特定目标类
主管部门\t区建管委\t实施单位\t区建管中心
计划开始日期\t2024-01-01\t计划完成日期\t2026/12/31
项目资金 (元)\t项目资金总额\t771,325,800.00\t年度资金申请总额\t226,145,100.00
\t其中：财政资金\t771,325,800.00\t其中：当年财政拨款\t226,145,100.00
\t\t\t上年结转资金\t
\t其他资金\t\t其他资金\t
项目绩效目标\t项目总体目标\t\t年度总体目标\t
\t(2024 年-2026 年)\t\t\t
\t完成入地。\t\t完成985米。\t
绩效指标\t一级指标\t二级指标\t三级指标\t年度(/项目)指标值
\t成本指标\t经济成本指标\t成本控制率\t≤100.00(%)
\t\t生态环境成本指标\t扬尘\t可控
\t产出指标\t数量指标\t入地长度\t985米
\t\t质量指标\t验收合格率\t=100.00(%)
\t\t时效指标\t完工及时率\t≥90.00(%)
\t效益指标\t社会效益指标\t市容\t提高
\t满意度指标\t服务对象满意度指标\t居民满意度\t≥90.00(%)
"""
    )

    assert item.form.layout == "shanghai-2026"
    assert item.form.project_nature == "阶段性项目"
    assert item.form.project_category == "特定目标类"
    assert item.form.goal_period == Years(2024, 2026)
    assert [row.level1 for row in item.form.indicators][:2] == ["成本指标", "成本指标"]
    assert item.form.indicators[3].target.unit == "%"
    assert item.doubts == ()


def test_a_form_inside_one_line_of_a_notice_is_found_by_its_title_and_its_name():
    text = (
        "市财政局:现下达2024年资金15万元,附件2:专项资金绩效目标表(2024年度)项目名称茶文化交流资金"
        "主管部门宣传部资金情况(万元)资金总额:15其中:财政拨款15其他资金0总体目标接待国际友人学习茶文化。"
        "产出指标数量指标接待国际友人数量≥30人"
    )

    [item] = read_document(text.encode(), name="notice.txt").forms

    assert item.form.project_name == "茶文化交流资金"
    assert item.form.year == 2024
    assert item.form.annual_goal == "接待国际友人学习茶文化。"
    assert str(item.form.funds.annual_total) == "150000.00"
    [row] = item.form.indicators
    assert (row.level2, row.level3, row.target.text) == (
        "数量指标",
        "接待国际友人数量",
        "≥30人",
    )
