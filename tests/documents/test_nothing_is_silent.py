"""What a copy lost is doubted or told: forms of our own, every expected value typed by reading."""

from __future__ import annotations

import pytest

from kaoji.documents.reader import read_document
from kaoji.documents.reading import FormReading


def read_all(text: str) -> tuple[FormReading, ...]:
    return read_document(text.encode(), name="copy.txt").forms


def read(text: str) -> FormReading:
    [form] = read_all(text)
    return form


def classes(form: FormReading) -> list[tuple[str | None, str | None, str | None]]:
    return [(row.level1, row.level2, row.level3) for row in form.form.indicators]


def doubted(form: FormReading) -> set[str]:
    return {doubt.field for doubt in form.doubts}


HEAD = """项目支出绩效目标申报表 |
(2023年度) |
项目名称 | 河道清淤 |
主管部门 | 水务局 | 实施单位 | 河道所 |
项目资金(万元) | 年度资金总额 | 80 |
年度绩效目标 | 清淤河道八公里，保障汛期行洪安全。 |
一级指标 | 二级指标 | 三级指标 | 指标值 |
"""
OUTPUTS = """产出指标 | 数量指标 | 清淤河道长度 | ≥8公里 |
质量指标 | 验收合格率 | ≥95% |
"""


def test_the_satisfaction_of_the_public_is_the_last_class_of_benefits_where_they_print_it_so():
    form = read(HEAD + OUTPUTS + "效益指标 | 社会效益指标 | 受益居民人数 | ≥3000人 |\n社会公众或服务对象满意度指标 | 沿河居民满意度 | ≥90% |\n")  # fmt: skip

    assert classes(form)[2:] == [
        ("效益指标", "社会效益指标", "受益居民人数"),
        ("效益指标", "服务对象满意度指标", "沿河居民满意度"),
    ]
    assert not doubted(form)


def test_the_same_label_beside_its_own_class_belongs_there():
    form = read(HEAD + OUTPUTS + "效益指标 | 社会效益指标 | 受益居民人数 | ≥3000人 |\n满意度指标 | 社会公众或服务对象满意度指标 | 沿河居民满意度 | ≥90% |\n")  # fmt: skip

    assert classes(form)[3][0] == "满意度指标"


def test_a_label_of_benefits_between_outputs_is_a_doubt():
    row = "经济效益指标 | 补助资金兑付率 | ≥100% |\n"
    form = read(HEAD + OUTPUTS + row + "时效指标 | 完工及时率 | ≥100% |\n")

    assert "indicators[2].level1" in doubted(form)
    assert not {"indicators[0].level1", "indicators[3].level1"} & doubted(form)


def test_a_label_without_its_class_that_others_follow_is_none():
    row = "社会效益指标 | 受益居民人数 | ≥3000人 |\n"
    form = read(
        HEAD + OUTPUTS + row + "满意度指标 | 服务对象满意度指标 | 沿河居民满意度 | ≥90% |\n"
    )

    assert "indicators[2].level1" not in doubted(form)


BLANKS = """项目支出绩效自评表
(2023年度)
项目名称 河道清淤
主管部门 水务局 实施单位 河道所
一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分
"""


def test_a_name_that_is_spelled_like_its_class_is_a_name_and_doubted():
    form = read(
        BLANKS
        + "产出指标 数量指标 清淤河道长度 测量两岸之间的河道 ≥ 8公里 9公里 10 10\n"
        + "满意度指标 服务对象满意度指标 服务对象满意度 沿河居民对清淤的满意程度 ≥ 95% 100% 10 10\n"
    )

    assert "服务对象满意度" in str(form.form.indicators[-1].level3)
    assert f"indicators[{len(form.form.indicators) - 1}].level3" in doubted(form)


LINES = """项目支出绩效目标申报表
(2023年度)
项目名称
河道清淤
主管部门
水务局
一级指标
二级指标
三级指标
指标值
产出指标
数量指标
"""


@pytest.mark.parametrize("rest", ["及拓宽公里数", "和加固长度", "、疏浚长度", "的总长度"])
def test_a_name_torn_around_its_value_is_doubted_on_both_sides(rest: str):
    form = read(f"{LINES}清淤长度\n8公里\n{rest}\n质量指标\n验收合格率\n95%\n")

    assert {"indicators[0].level3", "indicators[1].level3"} <= doubted(form)


@pytest.mark.parametrize("name", ["及时处置率", "和谐小区数", "与会人员人数"])
def test_a_name_that_only_begins_with_such_a_sign_is_none(name: str):
    form = read(f"{LINES}清淤长度\n8公里\n{name}\n95\n")

    assert [row[2] for row in classes(form)] == ["清淤长度", name]
    assert "indicators[0].level3" not in doubted(form)


def test_what_was_reached_without_a_goal_is_a_doubt():
    form = read(HEAD.replace("年度绩效目标", "年度总体目标完成情况") + OUTPUTS)

    assert form.form.annual_goal is None
    assert "annual_goal" in doubted(form)


def test_an_amount_in_prose_is_missed_aloud():
    head = "关于河道清淤项目绩效目标的公示\n根据通知，安排资金80万元，由河道所实施。\n"
    form = read(
        head
        + "一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t清淤河道长度\t≥8公里\n"
    )

    assert "funds.annual_total" in doubted(form)


def test_a_budget_without_its_total_is_a_doubt():
    budget = (
        "年初预算数 | 全年预算数 | 全年执行数 | 执行率 |\n其他资金 | 80 | 80 | 80 | 100% |\n"
    )
    form = read(HEAD.replace("项目资金(万元) | 年度资金总额 | 80 |\n", budget) + OUTPUTS)

    assert "funds.annual_total" in doubted(form)


def test_a_head_with_nothing_below_it_misses_its_money_too():
    form = read(
        "项目支出绩效目标申报表\n项目名称 | 河道清淤 |\n主管部门 | 水务局 | 实施单位 | 河道所 |\n"
    )

    assert {"annual_goal", "funds.annual_total", "indicators"} <= doubted(form)


def test_two_unread_amounts_may_be_those_of_the_whole_project_and_of_the_year():
    lines = "预算金额\n总金额\n80万元\n当年度金额\n40万元\n"
    form = read(LINES.replace("一级指标", lines + "一级指标") + "清淤长度\n8公里\n")

    assert {"funds.total", "funds.annual_total"} <= doubted(form)


def test_a_sheet_of_projects_whose_names_were_not_read_doubts_their_own_columns():
    form = read_all(
        "2023年项目支出绩效目标表\n部门:505_水务局金额单位:万元\n"
        "单位代码单位(专项)名称资金总额实施期绩效目标绩效指标\n"
        "一级指标二级指标三级指标指标值备注\n505006河道所30.00\n505006清淤费30.00\n"
        "产出指标数量指标清淤长度8公里\n质量指标验收合格率90%以上\n满意度指标服务对象满意度指标居民满意度95%以上\n"
    )[0]

    assert form.form.department == "505_水务局"
    assert {"project_name", "implementing_unit", "funds.annual_total"} <= doubted(form)


def test_a_numbered_name_keeps_its_number_where_its_value_is_glued_to_it():
    form = read(
        BLANKS
        + "产出指标 数量指标 指标1:清淤河道长度 8公里 9公里 10 10\n"
        + "时效指标 指标1:资金支付完成率100% 100% 10 10\n"
    )

    assert classes(form)[-1][2] == "指标1:资金支付完成率"


def test_years_inside_a_name_do_not_cut_it():
    form = read(
        "项目支出绩效自评表项目名称水质监测主管部门水务局实施单位监测站一级指标二级指标三级指标年度指标值实际完成值得分"
        "产出指标数量指标取得2018-2022监测资料100%100%10质量指标监测数据合格率100%100%10"
        "满意度指标服务对象满意度指标居民满意度98%98%20"
    )

    assert form.form.indicators[0].level3 == "取得2018-2022监测资料"


@pytest.mark.parametrize("blank", [" ", "\n"])
def test_a_label_whose_four_signs_stand_apart_is_read(blank: str):
    label = blank.join("效益指标")
    form = read(
        BLANKS
        + "产出指标 数量指标 清淤河道长度 8公里 9公里 10 10\n"
        + f"{label} 经济效益指标 河道沿线租金 增长 增长 10 10\n"
    )

    assert classes(form)[-1] == ("效益指标", "经济效益指标", "河道沿线租金")


def test_a_value_in_words_that_stands_twice_is_the_target_and_what_was_reached():
    form = read(
        "项目支出绩效自评表项目名称河道清淤主管部门水务局实施单位河道所一级指标二级指标三级指标年度指标值实际完成值得分"
        "产出指标数量指标清淤河道长度8公里8公里10质量指标河道管护制度基本健全基本健全10"
        "效益指标生态效益指标河道水质持续向好持续向好15满意度指标服务对象满意度指标居民满意度90%90%20"
    )

    assert [row.target.text for row in form.form.indicators] == ["8公里", "基本健全", "持续向好", "90%"]  # fmt: skip
