"""Rows of which copying left nothing but the signs: what the heading, the points and the arithmetic still tell."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kaoji.documents.reader import read_document
from kaoji.documents.reading import FormReading
from kaoji.documents.recognise.captions import column_caption
from kaoji.documents.recognise.digit_runs import cut_by_points


def read(text: str) -> FormReading:
    [form] = read_document(text.encode(), name="copy.txt").forms
    return form


Row = tuple[str | None, str, int | None]


def rows_of(form: FormReading) -> list[Row]:
    return [
        (row.level3, row.target.text, None if row.weight is None else int(row.weight))
        for row in form.form.indicators
    ]


# Whole departments in Chongqing: the unit stands before the value, no class is printed.
TRANSPORT = (
    "部门整体绩效自评表主管部门江岸区交通局部门联系人某某联系电话自评总分(分)98"
    "年初绩效目标全年(调整)绩效目标全年目标实际完成情况养护农村公路,保障安全畅通。养护农村公路,保障安全畅通。全部完成。"
    "绩效指标指标名称计量单位指标性质指标值指标权重(分)全年完成值指标得分(分)说明"
    "农村公路列养率%951010010危桥改造数量座610810公路灾毁修复率%982010020公众投诉办结率%901510015"
)
SCHOOLS = (
    "部门整体绩效自评表主管部门江北区教育委员会部门联系人某某联系电话自评总分(分)97"
    "指标名称计量单位指标性质年初指标值调整指标值全年完成值得分系数(%)指标权重(分)指标得分(分)是否核心指标"
    "教师培训覆盖率%90%95%100%55是校舍安全检查次数次4次6次100%33否"
    "营养午餐供应率%98%99%100%88是管理制度健全性好好100%22否控辍保学完成率%100%100%100%55是"
)


def test_points_and_the_same_score_cut_a_run_of_digits():
    assert rows_of(read(TRANSPORT)) == [
        ("农村公路列养率", "95%", 10),
        ("危桥改造数量", "6座", 10),
        ("公路灾毁修复率", "98%", 20),
        ("公众投诉办结率", "90%", 15),
    ]


def test_a_yes_or_no_ends_its_row():
    assert rows_of(read(SCHOOLS)) == [
        ("教师培训覆盖率", "90%", 5),
        ("校舍安全检查次数", "4次", 3),
        ("营养午餐供应率", "98%", 8),
        ("管理制度健全性", "好", 2),
        ("控辍保学完成率", "100%", 5),
    ]


@pytest.mark.parametrize(
    ("run", "columns", "cells"),
    [
        ("951010010", ["target", "weight", "actual", "score"], ["95", "10", "100", "10"]),
        ("610810", ["target", "weight", "actual", "score"], ["6", "10", "8", "10"]),
        # 85 | 10 or 8 | 510: both would do, so nobody knows.
        ("20851020", ["weight", "target", "actual", "score"], None),
        ("1111111", ["target", "weight", "actual", "score"], None),
        ("90109588", ["target", "weight", "actual", "score"], None),  # not reached in full
    ],
)
def test_a_run_is_cut_only_where_one_way_is_left(
    run: str, columns: list[str], cells: list[str] | None
):
    assert cut_by_points(run, columns) == cells


def test_a_share_is_no_more_than_a_hundred():
    columns = ["target", "weight", "actual", "score"]

    assert cut_by_points("901510015", columns) is None  # 90 | 15 or 901 | 5
    assert cut_by_points("901510015", columns, percent=True) == ["90", "15", "100", "15"]


def test_no_piece_of_a_cut_run_is_called_unread():
    [*told] = read_document(TRANSPORT.encode(), name="copy.txt").problems

    assert not any("1 0" in str(problem.reason) for problem in told)


# Hunan: an explanation and a rule of scoring stand behind every value.
SCORED = """2024年项目支出绩效目标表
部门:301_江岸县水利局金额单位:万元
单位代码单位(专项)名称资金总额实施期绩效目标绩效指标
一级指标二级指标三级指标指标值指标值内容评(扣分标准) 度量单位指标值类型备注
301001江岸县水利局25.00
  301001  山塘维修经费25.00
产出指标数量指标维修山塘数量12反映维修山塘的个数维修到位得10分,每少1座扣1分-定量
质量指标工程验收合格率95%以上工程验收合格程度95%以上得10分,每降低1%扣1分-定量
山塘蓄水率90%以上实际蓄水量/应蓄水量90%得10分,每减少1%扣1分-定量
效益指标社会效益指标农户灌溉成本负担率有所减轻对农户灌溉负担减轻情况较大得10分,一般得6分-定性
山塘周边环境质量有所提升山塘周边环境质量良好得10分,一般得8分-定性
"""
LIBRARY = (
    SCORED.replace("水利局", "文旅局")
    .replace("维修山塘数量12反映维修山塘的个数维修", "新购图书数量800反映新购图书的数量采购")
    .replace("山塘蓄水率90%以上实际蓄水量/应蓄水量", "图书借阅率85%以上实际借阅量/馆藏总量")
    .replace("农户灌溉成本负担率有所减轻对农户灌溉", "读者借书费用负担率有所减轻对读者借书")
)


@pytest.mark.parametrize(
    ("text", "quantity", "rate", "burden"),
    [
        (SCORED, ("维修山塘数量", "12"), "山塘蓄水率", "农户灌溉成本负担率"),
        (LIBRARY, ("新购图书数量", "800"), "图书借阅率", "读者借书费用负担率"),
    ],
)
def test_what_scores_a_value_is_no_row(
    text: str, quantity: tuple[str, str], rate: str, burden: str
):
    names = {row.level3: row.target.text for row in read(text).form.indicators}

    assert names[quantity[0]] == quantity[1]
    assert names["工程验收合格率"] == "95%以上"
    assert rate in names
    assert names[burden] == "有所减轻"
    assert names["山塘周边环境质量"] == "有所提升"
    assert "工程验收合格程度" not in names


def test_a_caption_in_two_lines_is_known_by_its_signs():
    assert column_caption("年成值全完值") == "actual"
    assert column_caption("全年完成情况说明") != "target"
    assert column_caption("调整后指标值") == "partway"


def test_a_score_below_the_points_is_left_in_doubt():
    form = read(TRANSPORT.replace("951010010", "95108.59"))

    [first, *_] = form.form.indicators
    weights = {doubt.field for doubt in form.doubts}
    assert first.weight in {None, Decimal(10)} or "indicators[0].weight" in weights


# Published before anybody filled it in: names behind names, no value at all.
BLANK_HEALTH = (
    "基层卫生补助资金绩效目标自评表项目名称:承担单位:(盖章)(2022年度)转移支付(项目)名称基层卫生补助资金"
    "中央主管部门财政部、卫生健康委地方主管部门省财政厅、省卫生健康委实施单位绩效指标一级指标二级指标三级指标年度指标值全年完成值"
    "未完成原因和改进措施产出指标数量指标支持标准化村卫生室建设数量支持乡镇卫生院设备更新数量培训乡村医生数量支持巡回医疗车数量"
    "质量指标村卫生室覆盖率乡镇卫生院达标率乡村医生培训合格率"
)
BLANK_FORESTS = (
    "林业改革发展资金绩效目标自评表(2023年度)专项名称林业改革发展资金主管部门省林业局实施单位年度总体目标"
    "绩效指标一级指标二级指标三级指标年度指标值全年完成值产出指标数量指标人工造林面积退化林修复面积森林抚育面积封山育林面积"
    "效益指标社会效益指标带动林农就业人数培训护林员人数服务林农人数"
)


@pytest.mark.parametrize(
    ("text", "year", "names"),
    [
        (
            BLANK_HEALTH,
            2022,
            [
                ("数量指标", "支持标准化村卫生室建设数量"),
                ("数量指标", "支持乡镇卫生院设备更新数量"),
                ("数量指标", "培训乡村医生数量"),
                ("数量指标", "支持巡回医疗车数量"),
                ("质量指标", "村卫生室覆盖率"),
                ("质量指标", "乡镇卫生院达标率"),
                ("质量指标", "乡村医生培训合格率"),
            ],
        ),
        (
            BLANK_FORESTS,
            2023,
            [
                ("数量指标", "人工造林面积"),
                ("数量指标", "退化林修复面积"),
                ("数量指标", "森林抚育面积"),
                ("数量指标", "封山育林面积"),
                ("社会效益指标", "带动林农就业人数"),
                ("社会效益指标", "培训护林员人数"),
                ("社会效益指标", "服务林农人数"),
            ],
        ),
    ],
)
def test_the_names_of_a_blank_form_are_its_rows(
    text: str, year: int, names: list[tuple[str, str]]
):
    form = read(text)

    assert [(row.level2, row.level3) for row in form.form.indicators] == names
    assert all(not row.target.text for row in form.form.indicators)
    assert form.form.year == year


def test_a_title_behind_a_paragraph_opens_a_form():
    paragraph = (
        "1.“场馆运营经费”项目。(1)项目概述。主要用于体育场馆整体运营，保障场馆日常开放。(2)实施主体。江岸区体育局。"
        "(3)绩效目标。完成场馆维护任务，提高群众满意度。 项目支出绩效目标表 |\n"
    )
    text = f"|\n{paragraph}||||\n| (2024年度) | |||\n| 项目名称 | 全民健身中心建设 | |||\n| 主管部门 | 江岸区体育局 | |||\n"

    form = read(text)

    assert form.form.project_name == "全民健身中心建设"
    assert form.form.year == 2024


def test_a_title_named_in_a_sentence_opens_none():
    text = "根据通知要求，各单位应于年底前填报。请认真填写项目支出绩效目标表\n项目名称应当与预算一致。\n"

    assert read_document(text.encode(), name="a.txt").forms == ()


# Hubei, as a mirror of documents shows it: title, captions and rows in one line.
HUBEI = (
    "2021年度县级河堤维护专项经费项目绩效自评表单位名称:江岸县水利局填报日期:2022年3月22日项目名称县级河堤维护专项经费"
    "主管部门江岸县水利局项目实施单位江岸县水利局年度绩效目标(80分)一级指标二级指标三级指标年初目标值实际完成值未完成原因及改进措施"
    "产出指标产出数量河堤设备配备率100%100%达成预期指标监控系统维护率98%98%达成预期指标"
    "产出质量河堤隐患查明率不低于95%96%达成预期指标河堤隐患整改率不低于90%92%达成预期指标"
    "效益指标社会效益重大险情0起0起达成预期指标生态效益河堤受害面积小于5亩2亩达成预期指标"
)


def test_that_nothing_went_astray_is_no_beginning_of_a_name():
    form = read(HUBEI)

    assert [(row.level2, row.level3) for row in form.form.indicators] == [
        ("数量指标", "河堤设备配备率"),
        ("数量指标", "监控系统维护率"),
        ("质量指标", "河堤隐患查明率"),
        ("质量指标", "河堤隐患整改率"),
        ("社会效益指标", "重大险情"),
        ("生态效益指标", "河堤受害面积"),
    ]
    assert form.form.year == 2021


def test_progress_is_a_class_of_its_own():
    text = (
        "2023年度水土保持监测项目绩效自评表单位名称:江岸市水保站项目名称水土保持监测主管部门江岸市水利局"
        "一级指标二级指标三级指标年初目标值实际完成值得分产出指标质量指标监测数据合格率100%100%10"
        "进度指标年度资料上报率100%100%10满意度指标服务对象满意度指标整编资料审核满意率98%98%20"
    )

    assert [(row.level2, row.level3) for row in read(text).form.indicators] == [
        ("质量指标", "监测数据合格率"),
        ("时效指标", "年度资料上报率"),
        ("服务对象满意度指标", "整编资料审核满意率"),
    ]


def test_a_title_with_an_aside_tells_the_year():
    text = (
        "县水利局:现下达你单位专项资金,请按规定使用。附件22024年省级财政水利专项资金(第一批)区域绩效目标表"
        "资金名称省级财政水利专项资金(水库维护)主管部门江岸县水利局中央补助年度金额(万元)158.18总体目标加强水库维护,保障汛期安全"
    )

    form = read(text)

    assert form.form.year == 2024
    assert form.form.department == "江岸县水利局"
