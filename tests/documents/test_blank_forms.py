"""Forms that nobody filled in: what they had printed is no value, and one sentence says that they are blank."""

from __future__ import annotations

import io

import openpyxl
import pytest
from tests.documents.word_files import cell, row, table, word

from kaoji.documents.reader import read_document
from kaoji.documents.reading import FormReading
from kaoji.documents.recognise.template import is_prompt

SQUASHED = (
    "附件2XX县项目支出绩效目标申报表(××××年度)单位:万元项目名称（填写项目全称）主管部门××局实施单位（单位公章）"
    "项目属性□新增项目□延续项目项目期年月日至年月日项目资金年度资金总额：万元其中:财政拨款其他资金总体目标目标1：……目标2：……"
    "绩效指标一级指标二级指标三级指标指标值产出指标数量指标指标1：指标2：……质量指标指标1：指标2：……时效指标指标1：成本指标指标1："
    "效益指标经济效益指标指标1：社会效益指标指标1：满意度指标服务对象满意度指标指标1：……"
)

LINES = """项目支出绩效目标申报表
（    年度）
项目名称
××项目
主管部门
填写主管部门全称
实施单位
XXX单位
资金情况（万元）
年度资金总额：
其中：财政拨款
其他资金
总体目标
简要描述项目年度内预期达到的总体产出和效果
绩效指标
一级指标
二级指标
三级指标
指标值
产出指标
数量指标
指标1：
≥××
质量指标
指标1：
××%
时效指标
指标1：
年 月 日
效益指标
社会效益指标
指标1：
……
满意度指标
服务对象满意度指标
指标1：
≥××%
"""

PIPES = """| 项目支出绩效自评表 |
| （ 年度） |
| 项目名称 | | | 主管部门 | （盖章） |
| 项目资金（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
| | 年度资金总额 | | | | 10 | | |
| | 其中：财政拨款 | | | | — | | — |
| 年度总体目标 | 预期目标 | 实际完成情况 |
| | 目标1： 目标2： …… | 目标1完成情况： 目标2完成情况： …… |
| 绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |
| | 产出指标 | 数量指标 | 指标1： | | | | | |
| | | | 指标2： | | | | | |
| | | 质量指标 | 指标1： | | | | | |
| | 效益指标 | 社会效益指标 | 指标1： | | | | | |
| | 满意度指标 | 服务对象满意度指标 | 指标1： | | | | | |
| 总分 | 100 | |
"""

HTML = """<table><tr><td colspan=5>项目支出绩效目标表</td></tr><tr><td colspan=5>(20XX年度)</td></tr>
<tr><td>项目名称</td><td colspan=4>请填写项目名称（须与预算批复一致）</td></tr>
<tr><td>主管部门</td><td colspan=2>请选择</td><td>实施单位</td><td>必填</td></tr>
<tr><td>项目类别</td><td colspan=4>□基本建设 □专项业务 □其他</td></tr>
<tr><td rowspan=3>项目资金</td><td>年度资金总额</td><td colspan=3>____万元</td></tr>
<tr><td>其中：财政拨款</td><td colspan=3>　　万元</td></tr><tr><td>其他资金</td><td colspan=3>0.00</td></tr>
<tr><td>年度目标</td><td colspan=4>（概括描述项目整个计划期内的总体产出和效果，200字以内）</td></tr>
<tr><td rowspan=6>绩效指标</td><td>一级指标</td><td>二级指标</td><td>三级指标</td><td>指标值</td></tr>
<tr><td rowspan=3>产出指标</td><td>数量指标</td><td>如：培训人数</td><td>如：≥100人次</td></tr>
<tr><td>质量指标</td><td>（指标名称）</td><td>（数值及单位）</td></tr>
<tr><td>时效指标</td><td>填写反映时效的指标</td><td>%</td></tr>
<tr><td>效益指标</td><td>社会效益指标</td><td>……</td><td>……</td></tr>
<tr><td>满意度指标</td><td>服务对象满意度指标</td><td>×××满意度</td><td>≥××%</td></tr></table>
<p>填表说明：1.项目名称按照批复的名称填写。2.绩效目标应当与项目内容一致。</p>"""

WITH_INSTRUCTIONS = """市级部门预算项目支出绩效目标表
项目名称 主管部门 实施单位
项目负责人 联系电话
资金总额 万元 财政拨款 万元 其他资金 万元
年度目标
一级指标 二级指标 三级指标 指标值 备注
产出指标 数量指标
质量指标
时效指标
成本指标
效益指标 经济效益指标
社会效益指标
满意度指标 服务对象满意度指标
填表人： 联系电话： 填报日期： 年 月 日
填报说明
1.项目名称：填写项目的具体名称，与预算项目名称保持一致。
2.年度目标：概括描述项目在本年度内预期达到的总体产出和效果，主管部门和实施单位应当分别审核。
3.数量指标：反映预期提供的公共产品和服务的数量，如培训人数≥100人、设备数量等于10台。
"""

STARS = """| 项目名称 | *** |
| --- | --- |
| 预算单位 | *** |
| 项目起止时间 | 年 月 日 至 年 月 日 |
| 资金总额(万元) | *** |
| 绩效目标 | *** |

| 一级指标 | 二级指标 | 三级指标 | 绩效目标值 | 指标解释 |
| --- | --- | --- | --- | --- |
| 产出指标 | 数量指标 | *** | *** | 反映产出数量 |
| 产出指标 | 质量指标 | *** | *** | 反映产出质量 |
| 效益指标 | 社会效益指标 | *** | *** | 反映社会效益 |
| 满意度指标 | 服务对象满意度 | *** | *** | 反映满意程度 |
"""


def blank_word() -> bytes:
    return word(
        table(
            row(cell("财政支出项目绩效目标申报表")),
            row(cell("项目名称"), cell("（项目全称）"), cell("主管部门"), cell("○○局")),
            row(cell("项目起止时间"), cell("20__年__月至20__年__月"), cell("项目负责人"), cell("")),
            row(cell("年度目标"), cell("此处由实施单位填写，不超过200字。")),
            row(cell("一级指标"), cell("二级指标"), cell("三级指标"), cell("指标值")),
            row(cell("产出指标"), cell("数量指标"), cell("1."), cell("")),
            row(cell(""), cell("质量指标"), cell("2."), cell("≥  %")),
            row(cell("效益指标"), cell("社会效益指标"), cell("具体指标"), cell("")),
            row(cell("满意度指标"), cell("服务对象满意度指标"), cell("指标1"), cell("达到××%以上")),
        )
    )  # fmt: skip


def blank_excel() -> bytes:
    book = openpyxl.Workbook()
    for line in (
        ("项目支出绩效目标表",),
        ("项目名称", "请输入", "主管部门", "请从下拉列表选择"),
        ("年度资金总额（万元）", 0, "其中：财政拨款", 0),
        ("年度目标", "例：完成××公里道路养护，……"),
        ("一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位"),
        ("产出指标", "数量指标", "示例：道路养护里程", "≥", None, "公里"),
        ("产出指标", "质量指标", "请填写", "≥", None, "%"),
        ("效益指标", "社会效益指标", "请填写", "定性", "请选择", None),
        ("满意度指标", "服务对象满意度指标", "请填写", "≥", None, "%"),
    ):
        book.active.append(line)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


BLANK = {
    "squashed.txt": SQUASHED.encode(),
    "lines.txt": LINES.encode(),
    "pipes.txt": PIPES.encode(),
    "table.html": HTML.encode(),
    "instructions.txt": WITH_INSTRUCTIONS.encode(),
    "stars.md": STARS.encode(),
    "blank.docx": blank_word(),
    "blank.xlsx": blank_excel(),
}


@pytest.mark.parametrize("name", BLANK)
def test_a_blank_form_gives_no_value_and_one_sentence(name):
    reading = read_document(BLANK[name], name=name)

    assert reading.forms == ()
    [problem] = reading.problems
    assert "请填好以后再导入" in problem.reason.template


FILLED = """项目支出绩效目标表
项目名称 | {name} | 主管部门 | {department}
年度资金总额（万元） | 30
年度目标 | {goal}
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 清淤长度 | ≥8公里
 | 质量指标 | {measure} | {target}
满意度指标 | 服务对象满意度指标 | 居民满意度 | ≥90%
"""
WHOLE = {"name": "河道清淤", "department": "水务局", "goal": "清淤8公里。", "measure": "验收合格率", "target": "100%"}  # fmt: skip


def filled(**changes: str) -> FormReading:
    [form] = read_document(FILLED.format(**{**WHOLE, **changes}).encode(), name="a.txt").forms
    return form


@pytest.mark.parametrize(
    ("cell", "field", "prompt"),
    [
        ("name", "project_name", "××项目"),
        ("name", "project_name", "请填写项目全称"),
        ("department", "department", "（填写全称）"),
        ("department", "department", "○○局"),
        ("goal", "annual_goal", "（请概括描述，200字以内）"),
    ],
)
def test_a_prompt_left_in_a_filled_form_is_no_value_and_is_asked_about(cell, field, prompt):
    form = filled(**{cell: prompt})

    assert getattr(form.form, field) is None
    assert field in {doubt.field for doubt in form.doubts}


@pytest.mark.parametrize(("measure", "target"), [("指标2：", "≥××%"), ("……", "……"), ("（指标名称）", "（指标值）")])  # fmt: skip
def test_a_row_that_was_left_as_printed_is_no_indicator(measure, target):
    form = filled(measure=measure, target=target)

    assert [row.level3 for row in form.form.indicators] == ["清淤长度", "居民满意度"]


def test_a_named_indicator_whose_target_is_left_open_stays_one():
    form = filled(target="≥××%")

    assert [row.target.text for row in form.form.indicators] == ["≥8公里", "≥××%", "≥90%"]


@pytest.mark.parametrize(
    "text",
    ["**镇敬老院", "填补区域空白", "如期完成改造", "1.修路8公里", "2.5", "100以内", "点击率", "必要设备采购", "本处选派干部10名", "选派教师", "××县2023年农村道路养护"],
)  # fmt: skip
def test_what_somebody_wrote_is_no_prompt(text):
    assert not is_prompt(text)


def test_examples_in_instructions_are_no_indicators():
    below = "填表说明\n1.主管部门：填写全称。\n2.数量指标：如培训人数≥100人、设备数量=10台。\n"
    plain, instructed = (
        read_document((FILLED.format(**WHOLE) + more).encode(), name="a.txt")
        for more in ("", below)
    )

    assert instructed.forms[0].form == plain.forms[0].form
    assert instructed.forms[0].doubts == plain.forms[0].doubts
    assert [problem.reason.values.get("count") for problem in instructed.problems] == [3]


def test_a_blank_form_behind_a_filled_one_is_told_in_one_sentence_and_what_stands_below_it_is_too():
    reading = read_document(f"{FILLED.format(**WHOLE)}\n{PIPES}\n以上各表由财务科汇总。\n".encode(), name="a.txt")  # fmt: skip

    [form] = reading.forms
    assert form.form == filled().form
    blank, below = reading.problems
    assert "请填好以后再导入" in blank.reason.template
    assert below.reason.values["text"] == "以上各表由财务科汇总。"
