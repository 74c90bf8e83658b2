"""Copies that tore rows, glued cells or cut a text into parts: small forms of our own, typed row by row."""

from __future__ import annotations

from kaoji.documents.read.previews import preview_parts
from kaoji.documents.read.torn_rows import torn_rows
from kaoji.documents.reader import read_document
from kaoji.documents.reading import FormReading
from kaoji.documents.reading_json import reading_as_data
from kaoji.documents.recognise.shapes import unlikeliness_of_target


def read(text: str) -> FormReading:
    [form] = read_document(text.encode(), name="copy.txt").forms
    return form


def rows_of(form: FormReading) -> list[tuple[str | None, str | None, str]]:
    return [(row.level2, row.level3, row.target.text) for row in form.form.indicators]


TORN = """项目支出绩效自评表 (2023年度) |
||||||||
项目名称 |
河道清淤 |
|||||||
绩效指标 |
一级指标 | 二级指标 | 三级指标 | 年度指标值 |
实际完成值 |
分值 | 得分 | |
产出指标 | 数量指标 | 清淤河道长度 | ≥8公里 | 9公里 | 10 | 10 | ||
质量指标 |
验收合格率 | ≥95% | 100% | 5 | 5 | |||
满意度指标 | 服务对象满意度指标 | 沿河居民满意度 | ≥90% | 93% | 10 | 10 | ||
"""


def test_a_row_torn_behind_its_cells_is_whole_again():
    form = read(TORN)

    assert form.form.project_name == "河道清淤"
    assert rows_of(form) == [
        ("数量指标", "清淤河道长度", "≥8公里"),
        ("质量指标", "验收合格率", "≥95%"),
        ("服务对象满意度指标", "沿河居民满意度", "≥90%"),
    ]
    assert [row.weight for row in form.form.indicators] == [10, 5, 10]


def test_lines_whose_pipes_do_not_add_up_stay_apart():
    lines = ["绩效目标 | 加固大坝。 |", "一级指标 | 二级指标 | 三级指标 | 说明 | 指标值 |"]
    padded = ["项目名称 | 加固 | |||||", "实施单位 | 水库 | |||||"]

    assert torn_rows([*padded, *lines]) == {}


PART = (
    "2023年度项目支出绩效自评表项目名称河道清淤主管部门水务局实施单位河道所年度总体目标清淤河道八公里以上,"
    "改善沿河居民的居住环境,保障汛期行洪安全,做到河畅水清岸绿景美,群众满意度明显提高,长效管护机制建立健全,河长制全面落实,水质稳定达标,沿岸绿化得到养护"
    "一级指标二级指标三级指标年度指标值产出指标数量指标清淤河道长度≥8公里质"
)


def test_a_text_that_a_preview_cut_into_parts_is_one_text():
    text = (
        f"1、{PART}\n\n2、量指标验收合格率≥95%满意度指标服务对象满意度指标沿河居民满意度≥90%\n"
    )

    reading = read_document(text.encode(), name="copy.txt")

    [form] = reading.forms
    assert ("质量指标", "验收合格率", "≥95%") in rows_of(form)
    assert any("已接成一段" in str(problem.reason) for problem in reading.problems)


def test_a_numbered_list_is_no_preview():
    items = [f"{number}、{'清淤河道并加固堤防' * 20}。" for number in (1, 2, 3)]

    assert preview_parts(items) == []


GLUED = (
    "單(dān)位名稱(chēng):林業(yè)局填報(bào)日期:2022年3月22日公開(kāi)方式:本單(dān)位網(wǎng)站公開(kāi)並張貼在公告欄"
    "年度績(jì)效自評表項(xiàng)目名稱(chēng)森林防火經(jīng)費(fèi)主管部門(mén)林業(yè)局年度績(jì)效目標(biāo)完成情況"
    "一級指標(biāo)二級指標(biāo)三級指標(biāo)年初目標(biāo)值實(shí)際完成值未完成原因產(chǎn)出指標(biāo)"
    "產(chǎn)出數(shù)量滅火設(shè)備配備率100%達(dá)成預(yù)期產(chǎn)出質(zhì)量火因查明率不低于95%達(dá)成預(yù)期"
    "產(chǎn)出時(shí)效撲滅及時(shí)率不低于90%達(dá)成預(yù)期效益指標(biāo)社會(huì)效益重大火災(zāi)發(fā)生數(shù)0起達(dá)成預(yù)期"
    "滿(mǎn)意度指標(biāo)服務(wù)對(duì)象滿(mǎn)意度林區(qū)群眾滿(mǎn)意度90%達(dá)成預(yù)期"
)


def test_a_mirror_that_prints_readings_is_read_by_its_classes_and_its_repeated_remark():
    form = read(GLUED)

    assert rows_of(form)[1:3] == [
        ("质量指标", "火因查明率", "不低于95%"),
        ("时效指标", "撲滅及時(shí)率", "不低于90%"),
    ]
    assert [row.level1 for row in form.form.indicators][3:] == ["效益指标", "满意度指标"]


NUMBERED = """某县项目支出绩效自评表 (2021年度) 项目名称 基本公共卫生服务 主管部门 卫生健康局 实施单位 镇卫生院
实际 指标值 完成值 指标6:举办健康宣传活动 12次 96次 1 1 指标7:建立预防接种证 221人 221人 2 2 指标8:适龄儿童接种率 100% 97.3% 2 1.9
指标9:儿童健康管理数 2089人 2089人 2 2 指标10:新生儿访视数 214人 203人 2 1.8 指标11:老年人体检数 5662人 4044人 2 1.4
"""


def test_rows_without_a_heading_are_told_by_their_numbered_names_and_doubted():
    form = read(NUMBERED)

    assert [(row.level3, row.target.text, row.weight) for row in form.form.indicators] == [
        ("指标6:举办健康宣传活动", "12次", 1),
        ("指标7:建立预防接种证", "221人", 2),
        ("指标8:适龄儿童接种率", "100%", 2),
        ("指标9:儿童健康管理数", "2089人", 2),
        ("指标10:新生儿访视数", "214人", 2),
        ("指标11:老年人体检数", "5662人", 2),
    ]
    assert all(form.doubts_about(place) for place in range(6))


TWO_LINES = """绩效自评表(2022年度)
项目名称 文物保护经费
绩效指标 一级指标 二级指标 三级指标 年度 实际 分值 得分 偏差原因分析及改进措施
指标值 完成值
产出指标 数量指标 指标1:修缮建筑面积 6000平方米 6100平方米 7 6
质量指标 指标1:验收通过率 100% 95% 6 5
满意度指标 服务对象满意度指标 指标1:游客满意度 ≥90% 92% 10 10
"""


def test_captions_whose_second_halves_stand_on_the_next_line_keep_their_order():
    form = read(TWO_LINES)

    assert rows_of(form) == [
        ("数量指标", "指标1:修缮建筑面积", "6000平方米"),
        ("质量指标", "指标1:验收通过率", "100%"),
        ("服务对象满意度指标", "指标1:游客满意度", "≥90%"),
    ]
    assert form.outcome is not None
    assert [entry.actual_raw for entry in form.outcome.indicators] == [
        "6100平方米",
        "95%",
        "92%",
    ]


def test_a_blank_target_is_qualitative_in_json_as_the_contract_says():

    text = "项目支出绩效目标申报表\n(2023年度)\n项目名称\t甲\n绩效指标\t一级指标\t二级指标\t三级指标\t指标值\n\t产出指标\t数量指标\t里程\t\n"
    data = reading_as_data(read_document(text.encode(), name="x.txt"))

    [row] = data["forms"][0]["indicators"]
    assert (row["target_raw"], row["kind"]) == (None, "qualitative")


def test_a_level_one_label_in_the_column_of_level_two_is_no_crash():
    page = (
        "<table><tr><td>二级指标</td><td>三级指标</td><td>指标值</td><td>分值</td></tr>"
        "<tr><td>产出指标</td><td>养护里程</td><td>≥5公里</td><td>10</td></tr></table>"
    )

    [form] = read_document(page.encode(), name="a.html").forms

    assert [(row.level3, row.target.text) for row in form.form.indicators] == [
        ("养护里程", "≥5公里")
    ]


# The rate is not what was spent of the budget, and one row's score is a word.
SELF_EVALUATION = """项目支出绩效自评表
(2023年度)
项目名称\t河道清淤
主管部门\t水务局\t实施单位\t河道所
项目资金(万元)\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分
\t年度资金总额\t10\t10\t8\t10\t95%\t9
年度总体目标\t预期目标\t实际完成情况
\t清淤河道。\t已清淤。
绩效指标\t一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施
\t产出指标\t数量指标\t清淤长度\t≥8公里\t9公里\t50\t50\t
\t满意度指标\t服务对象满意度指标\t沿河居民满意度\t≥90%\t92%\t10\t满分\t
"""


def test_what_is_doubted_of_an_outcome_can_be_shown_beside_what_is_of_the_declaration():
    form = read(SELF_EVALUATION)

    assert {"budget.total", "indicators[1].score"} <= {doubt.field for doubt in form.doubts}
    assert form.holds("indicators[1].target_raw")
    assert not form.holds("indicators[1].score")
    assert not form.holds("budget.total")
    assert form.text_of("indicators[1].target_raw") == "≥90%"
    assert form.text_of("indicators[1].actual_raw") == "92%"
    assert form.text_of("budget.total.executed") == "80,000.00"
    assert form.text_of("goal_done") == "已清淤。"
    assert form.text_of("indicators[1].score") == form.text_of("nonsense") == ""


HEAD = """项目支出绩效目标表
(2024年度)
项目名称\t河道清淤
主管部门\t水务局\t实施单位\t河道所
"""
TABLE = """一级指标\t二级指标\t三级指标\t指标值
产出指标\t数量指标\t清淤长度\t≥8公里
\t时效指标\t项目完成时间\t2024年10月底
满意度指标\t服务对象满意度指标\t沿河居民满意度\t≥90%
"""


def test_an_indicator_named_like_a_caption_of_the_head_does_not_end_the_table():
    assert rows_of(read(HEAD + TABLE)) == [
        ("数量指标", "清淤长度", "≥8公里"),
        ("时效指标", "项目完成时间", "2024年10月底"),
        ("服务对象满意度指标", "沿河居民满意度", "≥90%"),
    ]


def test_the_span_of_a_project_is_its_first_and_its_last_day():
    form = read(HEAD + "建设周期\t2024年1月1日-2024年12月31日\n" + TABLE).form

    assert (str(form.start_date), str(form.end_date)) == ("2024-01-01", "2024-12-31")


def test_a_second_goal_that_differs_is_told_and_not_dropped():
    text = HEAD + "年度目标\t清淤河道八公里。\n年度目标\t加固堤防三公里。\n" + TABLE
    reading = read_document(text.encode(), name="a.txt")

    [form] = reading.forms
    assert form.form.annual_goal == "清淤河道八公里。"
    assert any(doubt.field == "annual_goal" for doubt in form.doubts)
    assert any("加固堤防三公里" in str(problem.reason) for problem in reading.problems)


BUDGET = "项目资金(万元)\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\n"


def test_the_sum_of_a_budget_table_is_its_total():
    text = (
        HEAD.replace("目标表", "自评表") + BUDGET + "\t合计\t63\t63\t63\t10\t100%\t10\n" + TABLE
    )

    outcome = read(text).outcome

    assert outcome is not None
    assert str(outcome.budget["total"].executed) == "630000.00"


def test_a_table_without_its_heading_is_read_under_the_columns_that_suit_it():
    rows = """产出指标\t数量指标\t清淤长度\t≥8公里\t9公里\t20\t20
\t质量指标\t验收合格率\t≥95%\t100%\t20\t20
\t时效指标\t按期完成率\t100%\t98%\t20\t18
效益指标\t社会效益指标\t受益人口\t≥3000人\t3100人\t20\t20
满意度指标\t服务对象满意度指标\t沿河居民满意度\t≥90%\t93%\t10\t10
"""
    form = read(rows)

    assert rows_of(form)[3:] == [
        ("社会效益指标", "受益人口", "≥3000人"),
        ("服务对象满意度指标", "沿河居民满意度", "≥90%"),
    ]
    assert [row.weight for row in form.form.indicators] == [20, 20, 20, 20, 10]
    assert "indicators" in {doubt.field for doubt in form.doubts}


def test_a_unit_that_a_blank_sets_apart_stays_with_its_number():
    text = (
        "附件3项目支出绩效目标申报表项目名称河道清淤经费主管部门水务局 实施单位河道所资金总额: 其中:当年财政拨款其他资金"
        "项目绩效目标全面完成年度清淤任务并保障汛期行洪安全;做到河畅水清岸绿景美并改善沿河居民的居住环境;"
        "建立健全长效管护机制并落实河长制各项要求;推广应用新技术开展巡查员岗位培训;及时处理群众反映的各类问题。"
        "指标内容 指标值产出指标 年度清淤次数 4 次巡查人员培训人次 200 人次堤防巡查公里数 12 公里河道保洁次数 6 次"
    )

    rows = [(name, value.replace(" ", "")) for _, name, value in rows_of(read(text))]

    assert ("巡查人员培训人次", "200人次") in rows


def test_a_unit_without_its_number_is_rather_the_end_of_a_value_than_a_value():
    """>=17600株 read as two cells lost its unit."""
    for unit in ("株", "%。", "万元"):
        assert unlikeliness_of_target(unit) > unlikeliness_of_target("待填")
    assert unlikeliness_of_target(">=17600株") < unlikeliness_of_target("株")
