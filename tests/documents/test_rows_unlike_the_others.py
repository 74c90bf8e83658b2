"""What stands otherwise than the rest of its form is doubted; lines that lost their cells are cut again."""

from __future__ import annotations

import pytest

from kaoji.documents.reader import read_document
from kaoji.documents.reading import FormReading


def read(text: str) -> FormReading:
    [form] = read_document(text.encode(), name="copy.txt").forms
    return form


def rows(form: FormReading) -> list[tuple[str | None, str]]:
    return [(row.level3, row.target.text) for row in form.form.indicators]


def doubted(form: FormReading) -> set[str]:
    return {doubt.field for doubt in form.doubts}


HEAD = "项目支出绩效目标表\n(2023年度)\n项目名称河道清淤\n主管部门水务局实施单位河道所\n"
GLUED_HEADING = "绩效指标一级指标二级指标三级指标指标值\n"


def test_below_a_heading_without_separators_every_line_is_cut():
    form = read(
        HEAD
        + GLUED_HEADING
        + "产出指标数量指标清淤河道面积1346.01万平方米\n清淤河道条数485条\n淤泥运输车辆283辆\n"
        + "时效指标清淤周期2023年1月--2023年11月\n满意度指标服务对象满意度指标居民满意度≥90%\n"
    )

    assert rows(form) == [
        ("清淤河道面积", "1346.01万平方米"),
        ("清淤河道条数", "485条"),
        ("淤泥运输车辆", "283辆"),
        ("清淤周期", "2023年1月--2023年11月"),
        ("居民满意度", "≥90%"),
    ]


def test_the_form_behind_it_is_read_by_its_own_lines():
    second = (
        "项目支出绩效目标表\n(2024年度)\n项目名称 堤防加固\n主管部门 水务局 实施单位 堤防所\n"
    )
    forms = read_document(
        (
            HEAD
            + GLUED_HEADING
            + "产出指标数量指标清淤河道条数485条\n"
            + second
            + "一级指标 二级指标 三级指标 指标值\n产出指标 数量指标 加固堤防长度 12公里\n"
        ).encode(),
        name="copy.txt",
    ).forms

    assert [rows(form)[0] for form in forms] == [
        ("清淤河道条数", "485条"),
        ("加固堤防长度", "12公里"),
    ]


PIPES = """项目支出绩效目标表 |
(2023年度) |
项目名称 | 河道清淤 |
主管部门 | 水务局 | 实施单位 | 河道所 |
年度目标 | 清淤河道八公里，保障汛期行洪安全。 |
一级指标 | 二级指标 | 三级指标 | 指标值 |
"""


def test_names_and_values_that_changed_places_put_the_others_in_doubt():
    form = read(
        PIPES
        + "产出指标 | 数量指标 | 8公里 | 清淤河道长度 |\n质量指标 | ≥95% | 验收合格率 |\n"
        + "效益指标 | 社会效益指标 | 影响程度明显 | 保障汛期行洪 |\n"
        + "满意度指标 | 服务对象满意度指标 | ≥90% | 居民满意度 |\n"
    )

    for row in range(4):
        assert f"indicators[{row}].level3" in doubted(form)
        assert f"indicators[{row}].target_raw" in doubted(form)


def test_a_value_in_a_name_beside_a_value_is_no_change_of_places():
    form = read(PIPES + "产出指标 | 时效指标 | 2023年全年 | ≥360天 |\n")

    assert "indicators[0].target_raw" not in doubted(form)


LINES = "项目支出绩效目标表\n(2023年度)\n项目名称\n河道清淤\n一级指标\n二级指标\n三级指标\n指标值\n产出指标\n"


def test_a_line_that_holds_two_cells_where_every_other_holds_one_is_doubted():
    form = read(
        LINES
        + "数量指标\n清淤河道长度\n8公里\n运输车辆数\n30辆\n质量指标\n验收合格率\n95%\n时效指标\n完成时间\n12月前\n"
        + "效益指标\n生态效益指标\n提高水体自净,促 进生物多样性\n"
    )

    assert {"indicators[4].level3", "indicators[4].target_raw"} <= doubted(form)
    assert "indicators[0].level3" not in doubted(form)


def test_rows_again_and_again_without_a_name_put_the_whole_table_in_doubt():
    form = read(
        "项目支出绩效自评表\n(2023年度)\n项目名称 河道清淤\n主管部门 水务局\n"
        "一级指标 二级指标 三级指标 年度指标值 实际完成值\n"
        "产出指标 数量指标 指标1:清淤河道长度 ≥8 9\n10 10\n指标2:投入运输车辆数量 ≥30 31\n10 10\n"
        "指标3:派出船只数量 ≥4 4\n10 10\n"
    )

    assert form.form.indicators[0].level3 == "指标1:清淤河道长度"
    assert {"indicators[0].level3", "indicators[0].target_raw"} <= doubted(form)


def test_a_heading_that_goes_on_in_the_next_line_is_one():
    form = read(
        "项目支出绩效自评表\n(2023年度)\n项目名称 河道清淤\n主管部门 水务局\n"
        "一级指标 二级指标 三级指标 年度 指标值\n实际 完成值 |\n分值 得分 偏差原因分析及改进措施\n"
        "产出指标 数量指标 指标1:清淤河道长度 ≥8 9 10 10\n指标2:投入运输车辆数量 ≥30 31 20 20\n"
    )

    assert rows(form) == [("指标1:清淤河道长度", "≥8"), ("指标2:投入运输车辆数量", "≥30")]
    assert [row.weight for row in form.form.indicators] == [10, 20]


@pytest.mark.parametrize(
    "unit", ["河道所 主要领导签字:", "河道所(盖章", "(盖章)(2023年度)", "财务科自评总分97.6"]
)
def test_a_unit_with_what_stands_beside_it_is_doubted(unit: str):
    form = read(
        PIPES.replace("河道所", unit) + "产出指标 | 数量指标 | 清淤河道长度 | 8公里 |\n"
    )

    assert "implementing_unit" in doubted(form)


def test_what_follows_a_goal_in_the_head_is_not_the_goal():
    goal = "清淤河道八公里，保障汛期行洪安全。"
    form = read(
        PIPES.replace(f"{goal} |", f"{goal} |\n项目资金 预算执行 10分\n")
        + "产出指标 | 数量指标 | 清淤河道长度 | 8公里 |\n"
    )

    assert form.form.annual_goal == goal or "annual_goal" in doubted(form)


def test_a_span_of_years_in_a_goal_stays_as_it_is_printed():
    form = read(
        "项目支出绩效目标表\n(2023年度)\n项目名称\n河道清淤\n绩效目标\n按照两年方案(2022-2023年)完成清淤。\n"
        "一级指标\n二级指标\n三级指标\n指标值\n产出指标\n数量指标\n清淤河道长度\n8公里\n"
    )

    assert form.form.annual_goal == "按照两年方案(2022-2023年)完成清淤。"


def test_two_goals_of_which_only_one_has_a_text_are_doubted():
    form = read(
        PIPES.replace(
            "年度目标 | 清淤河道八公里，保障汛期行洪安全。 |",
            "中期目标 | 年度目标 |\n清淤河道八公里。 | |\n保障汛期行洪安全。 | |",
        )
        + "产出指标 | 数量指标 | 清淤河道长度 | 8公里 |\n"
    )

    assert {"overall_goal", "annual_goal"} <= doubted(form)


BUDGET = """项目支出绩效自评表
(2023年度)
项目名称 河道清淤
主管部门 水务局 实施单位 河道所
项目资金(万元) 年初预算数 全年预算数 全年执行数 分值 执行率 得分
年度资金总额 {amounts}
一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分
产出指标 数量指标 清淤河道长度 8公里 9公里 10 10
"""


def test_a_budget_that_adds_up_needs_no_doubt():
    form = read(BUDGET.format(amounts="80 90 81 10 90% 9"))

    assert form.outcome is not None
    assert str(form.outcome.budget["total"].adjusted.yuan) == "900000"
    assert not {field for field in doubted(form) if field.startswith("budget.total")}


def test_a_numbered_name_goes_on_behind_a_blank():
    form = read(
        LINES.replace("指标值\n", "年度指标值\n实际完成值\n分值\n得分\n偏差原因分析\n")
        + "数量指标\n指标1:完成河道清淤任 务的乡镇数量\n≥8\n9\n10\n10\n"
        + "指标2:建立管护制度河 道所在村庄数量\n≥200\n202\n10\n10\n"
    )

    assert rows(form) == [
        ("指标1:完成河道清淤任 务的乡镇数量", "≥8"),
        ("指标2:建立管护制度河 道所在村庄数量", "≥200"),
    ]


def test_a_form_of_which_no_indicator_was_read_says_so():
    names = "清淤河道及时维护堤防到位加固水闸牢固新建泵站可用改造渠道通畅拆除违建彻底" * 9
    form = read(HEAD + GLUED_HEADING.rstrip() + "产出指标数量指标" + names + "\n")

    assert form.form.indicators == () or "indicators[0].level3" in doubted(form)
    assert form.form.indicators or "indicators" in doubted(form)


def test_the_unit_at_the_beginning_of_a_line_belongs_to_no_caption_above_it():
    form = read(
        BUDGET.replace("项目资金(万元)", "项目资金").replace(
            "年度资金总额 {amounts}", "(万元) 年度资金总额 29 29 27.8 9 0.958 8"
        )
    )

    assert form.outcome is not None
    total = form.outcome.budget["total"]
    assert [total.adjusted.yuan, total.executed.yuan] == [290000, 278000]
    assert "funds.annual_total" not in doubted(form)


def test_a_year_torn_by_blanks_is_read_and_the_day_of_publication_is_none():
    table = "一级指标 二级指标 三级指标 指标值\n产出指标 数量指标 清淤河道长度 8公里\n"
    form = read(
        "项目支出绩效目标表\n(20 21 年度) 发布日期: 2022年04月02日\n项目名称 河道清淤\n主管部门 水务局\n"
        + table
    )

    assert form.form.year == 2021
    assert "year" not in doubted(form)


def test_a_second_project_below_the_same_title_is_of_the_same_year():
    project = "项目名称 {name}\n预算数 20.00\n绩效目标 完成工作。\n一级指标 二级指标 三级指标 指标值\n产出指标 数量指标 完成数量 8公里\n"
    forms = read_document(
        (
            "项目支出绩效目标表\n(2023年)\n单位:万元\n"
            + project.format(name="河道清淤")
            + "满意度指标 服务对象满意度指标 居民满意度 95%\n单位:万元\n"
            + project.format(name="堤防加固")
        ).encode(),
        name="copy.txt",
    ).forms

    assert [form.form.year for form in forms] == [2023, 2023]
    assert "year" not in doubted(forms[1])


def test_a_budget_of_two_columns_is_one():
    form = read(
        BUDGET.replace(
            "年初预算数 全年预算数 全年执行数 分值 执行率 得分",
            "年初预算资金总额 实际投入资金额 产生差异的原因",
        ).replace(
            "年度资金总额 {amounts}",
            "合计 1304.23 2951.55 项目经费增加\n其中:财政拨款 1304.23 2951.55\n其他资金",
        )
    )

    assert form.outcome is not None
    total = form.outcome.budget["total"]
    assert [total.initial.yuan, total.executed.yuan] == [13042300, 29515500]
    assert form.outcome.budget["fiscal"].initial == total.initial


def test_the_rest_of_a_name_of_the_head_in_the_next_line_is_a_doubt():
    form = read(
        PIPES.replace("河道清淤 |", "城区河道清淤及 |\n岸坡整治工程 |", 1)
        + "产出指标 | 数量指标 | 清淤河道长度 | 8公里 |\n"
    )

    assert form.form.project_name == "城区河道清淤及岸坡整治工程" or "project_name" in doubted(
        form
    )


def test_a_name_over_two_rows_is_doubted_on_both_sides():
    form = read(
        PIPES
        + "产出指标 | 数量指标 | 清淤河道长度 | 8公里 |\n参加河道清淤 |\n工程的乡镇数量 | 9个 |\n质量指标 | 验收合格率 | 95% |\n"
    )

    assert rows(form)[2] == ("工程的乡镇数量", "9个")
    assert {"indicators[1].level3", "indicators[2].level3"} <= doubted(form)
    assert not {"indicators[0].level3", "indicators[3].level3"} & doubted(form)


def test_half_a_name_that_passed_for_an_explanation_is_a_doubt():
    form = read(
        "项目支出绩效自评表\n(2023年度)\n项目名称 河道清淤\n主管部门 水务局\n"
        "一级指标 二级指标 三级指标 分值 年度指标值 全年实际值 得分 未完成原因及改进措施\n"
        "产出指标 数量指标 参加河道清 10 9个 9个 10\n淤的乡镇\n投入运输车辆数量 10 30辆 30辆 10\n"
    )

    assert "indicators[0].level3" in doubted(form) or rows(form)[0][0] == "参加河道清淤的乡镇"


@pytest.mark.parametrize("name", ["面积(平方米", "、住宅区数", "平均)(≥**人)"])
def test_a_name_of_which_only_one_half_stands_there_is_doubted(name: str):
    form = read(PIPES + f"产出指标 | 数量指标 | {name} | 8 |\n")

    assert "indicators[0].level3" in doubted(form)
