"""Doubts that say something, and those that nobody needs: what settles a row, a sum or the end of a name."""

from __future__ import annotations

from kaoji.documents.reader import read_document
from kaoji.documents.reading import FormReading


def read(text: str) -> FormReading:
    [form] = read_document(text.encode(), name="copy.txt").forms
    return form


def doubted(form: FormReading) -> set[str]:
    return {doubt.field for doubt in form.doubts}


def of_rows(form: FormReading) -> set[str]:
    return {field for field in doubted(form) if field.startswith("indicators[")}


# Blanks between the cells; targets in words, which alone nobody could tell from names.
IN_WORDS = """项目支出绩效自评表
(2022年度)
项目名称 基建审计经费
主管部门 江岸市审计局 实施单位 江岸市审计局
一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分
产出指标 数量指标 出具审计报告份数 ≥20份 22份 10 10
质量指标 经费支出合规性 严格执行相关制度规定 严格执行相关制度规定 8 8
时效指标 提交报告及时性 在项目计划完成时间内完成 在项目计划完成时间内完成 8 8
成本指标 单项业务成本 符合相关规定 符合相关规定 10 10
效益指标 社会效益指标 对市场公平的影响程度 效果明显 效果明显 10 10
满意度指标 服务对象满意度指标 委托单位满意度 ≥90% 95% 10 10
"""
LIBRARY = (
    IN_WORDS.replace("审计局", "图书馆")
    .replace("基建审计经费", "古籍修复经费")
    .replace("出具审计报告份数 ≥20份 22份", "修复古籍册数 ≥80册 85册")
    .replace("经费支出合规性", "古籍修复规范程度")
    .replace("对市场公平的影响程度", "对文化传承的促进程度")
)


def test_rows_cut_as_their_neighbours_are_not_doubted():
    for text in (IN_WORDS, LIBRARY):
        form = read(text)

        assert [row.target.text for row in form.form.indicators][1:5] == [
            "严格执行相关制度规定",
            "在项目计划完成时间内完成",
            "符合相关规定",
            "效果明显",
        ]
        assert [row.weight for row in form.form.indicators] == [10, 8, 8, 10, 10, 10]
        assert of_rows(form) == set()


def test_a_row_cut_as_no_other_is_doubted_on():
    lost = IN_WORDS.replace(
        "成本指标 单项业务成本 符合相关规定 符合相关规定 10 10",
        "成本指标 单项业务成本 符合相关规定 10",
    )

    assert any(field.startswith("indicators[3]") for field in of_rows(read(lost)))


EQUAL_SUMS = """项目支出绩效自评表
(2022年度)
项目名称 禁毒补助经费
主管部门 江岸市公安局 实施单位 江岸市公安局
项目资金(万元) 年初预算数 全年预算数 全年执行数 分值 执行率 得分
年度资金总额 100 100 100 10 100% 10
其中:财政拨款 100 100
其他资金
一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分
产出指标 数量指标 办案数量 ≥20件 22件 10 10
"""


def test_equal_sums_are_the_same_wherever_they_stand():
    fiscal = {field for field in doubted(read(EQUAL_SUMS)) if "fiscal" in field}

    assert fiscal == set()


def test_different_sums_of_which_one_is_lost_are_doubted():
    different = EQUAL_SUMS.replace("其中:财政拨款 100 100", "其中:财政拨款 100 60")

    assert any("fiscal" in field for field in doubted(read(different)))


def test_the_first_line_of_a_torn_caption_is_no_rest_of_a_name():
    text = (
        "项目支出绩效目标表\n(2023年度)\n项目名称\n文化公园运转经费\n项目起\n止时间\n2023年\n主管部门\n江岸市文旅局\n"
        "年度资金总额\n80万元\n总体\n目标\n保障公园正常开放，游客满意。\n"
    )

    form = read(text)

    assert form.form.project_name == "文化公园运转经费"
    assert not {"project_name", "funds.annual_total"} & doubted(form)


def test_an_unknown_line_below_a_name_may_be_its_rest():
    text = "项目支出绩效目标表\n(2023年度)\n项目名称\n文化公园运转\n与养护\n主管部门\n江岸市文旅局\n年度资金总额\n80万元\n"

    assert "project_name" in doubted(read(text))


# Prose of a notice: classes with colons, names with their targets, punctuation between them.
OUTLINE = """关于滨河村设施农业项目绩效目标设定的公示
项目名称：滨河村设施农业项目
一、 产出指标
数量指标:新建设施大棚数量>=12座;修复灌溉水渠长度>=3公里;质量指标:工程验收合格率>=95%。时效指标:完工及时率>=100%。
二、 效益指标
经济效益指标:带动村集体增收金额>=20万元;社会效益指标:受益农户数量>=40户。
三、 满意度指标
服务对象满意度指标:受益农户满意度>=95%。
"""


def test_no_column_of_actual_values_where_no_row_has_any():
    [form] = read_document(OUTLINE.encode(), name="a.txt").forms

    assert [row.target.text for row in form.form.indicators] == [
        ">=12座",
        ">=3公里",
        ">=95%",
        ">=100%",
        ">=20万元",
        ">=40户",
        ">=95%",
    ]
    reasons = {str(doubt.reason) for doubt in form.doubts}
    assert not any("完成值" in reason or "只有一半" in reason for reason in reasons)


def test_a_caption_between_two_values_is_no_name():
    text = OUTLINE.replace(
        "受益农户满意度>=95%。",
        "受益农户满意度>=95%当年实际完成96%。村民满意度>=90%当年实际完成91%。",
    )

    [form] = read_document(text.encode(), name="a.txt").forms
    named = [n for n, row in enumerate(form.form.indicators) if row.level3 == "当年实际完成"]
    assert all(f"indicators[{n}].level3" in doubted(form) for n in named)


SHUFFLED = (
    "项目支出绩效自评表\n(2021年度)\n项目名称 公共卫生服务\n主管部门 江岸县卫健局\n"
    "一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分\n产出指标 数量指标\n"
    + "\n".join(f"指标{n}:第{n}类人群管理数 {n}00人 {n}00人 2 2" for n in range(1, 4))
    + "\n二级指标 三级指标\n"
    + "\n".join(f"指标{n}:第{n}类人群管理数 {n}00人 {n}00人 2 2" for n in range(4, 10))
    + "\n"
)


def test_numbered_rows_keep_their_order_though_a_caption_stands_among_them():
    form = read(SHUFFLED)
    names = [row.level3 for row in form.form.indicators]

    last = names.index("指标9:第9类人群管理数")
    assert f"indicators[{last}].level3" not in doubted(form)
