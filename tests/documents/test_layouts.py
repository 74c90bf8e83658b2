"""Every layout on record: read as printed, written as the official table, and back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from kaoji.core.declaration import Declaration, Funds
from kaoji.core.indicator import Indicator
from kaoji.core.money import Money
from kaoji.core.outcome import BudgetLine, IndicatorOutcome, Outcome
from kaoji.core.period import Years
from kaoji.core.target import Target
from kaoji.documents.checking import check_reading
from kaoji.documents.reader import read_document
from kaoji.documents.reading import FormReading
from kaoji.documents.reading_json import form_as_data, form_from_data
from kaoji.documents.recognise.checkboxes import ticked_in
from kaoji.documents.render.docx import render_docx
from kaoji.documents.render.html import render_html
from kaoji.documents.render.pdf import render_pdf
from kaoji.documents.render.sheet import lay_out
from kaoji.documents.render.xlsx import render_xlsx
from kaoji.standards.layouts import layouts

WRITERS: dict[str, Callable[[list[FormReading]], bytes]] = {
    "docx": render_docx,
    "xlsx": render_xlsx,
    "pdf": render_pdf,
    "html": lambda forms: render_html(forms).encode(),
}


def row(
    level1: str, level2: str, name: str, target: str, weight: int | None = None
) -> Indicator:
    points = None if weight is None else Decimal(weight)
    return Indicator(level1, level2, name, Target.parse(target), points)


ROWS = (
    row("产出指标", "数量指标", "养护里程", "≥35公里", 20),
    row("产出指标", "质量指标", "验收合格率", "=100%", 20),
    row("产出指标", "质量指标", "返修率", "≤2%", 10),
    row("效益指标", "社会效益指标", "通行时间", "缩短", 30),
    row("满意度指标", "服务对象满意度指标", "群众满意度", "≥90%", 10),
)
PLAIN = tuple(replace(item, weight=None) for item in ROWS)
YUAN = Money.parse
FORM = Declaration(
    project_name="农村道路养护",
    year=2024,
    department="交通局",
    implementing_unit="养护中心",
    annual_goal="今年养护 35 公里。\n另修桥 2 座。",
    indicators=PLAIN,
)
BUDGET = {
    "total": BudgetLine(
        YUAN("250000"), YUAN("250000"), YUAN("215457.60"),
        points=Decimal(10), rate=Decimal("86.18"), score=Decimal("8.62"),
    ),
    "fiscal": BudgetLine(YUAN("250000"), YUAN("250000"), YUAN("215457.60")),
}  # fmt: skip
DONE = tuple(
    IndicatorOutcome(actual, None, item.weight, item.weight, None, None)
    for actual, item in zip(["36公里", "100%", "1%", "缩短", "95%"], ROWS, strict=True)
)
# One row with several causes, one with all of them, one with none, one whose likelihood is no official word.
WATCHED = (
    IndicatorOutcome("10公里", "30公里", reason="汛期停工", likelihood="有可能",
                     causes=("硬件条件保障", "其他")),
    IndicatorOutcome("100%", "100%", likelihood="确定能"),
    IndicatorOutcome("5%", "4%", reason="人手不足，资金6月才到位", likelihood="完全不可能",
                     causes=("经费保障", "制度保障", "人员保障", "硬件条件保障", "其他"),
                     remedy="已申请调减目标"),
    IndicatorOutcome("缩短", "缩短", likelihood="能完成九成"),
    IndicatorOutcome("91%", "91%", causes=("经费保障",)),
)  # fmt: skip
CENTRAL = replace(
    FORM,
    layout="central-2015",
    project_nature="延续项目",
    overall_goal="三年养护好路面。",
    goal_period=Years(2024, 2026),
    funds=Funds(YUAN("3000000"), YUAN("3000000"), None, YUAN("1000000.5"), YUAN("1000000.5")),
    overall_indicators=PLAIN[:2] + PLAIN[3:],
)
ONE_YEAR = Funds(annual_total=YUAN("1000000"), annual_fiscal=YUAN("1000000"))

FORMS = {
    "shanghai-2023": FormReading(replace(FORM, layout="shanghai-2023", overall_goal="修好路。")),
    "shanghai-2026": FormReading(
        replace(FORM, layout="shanghai-2026", overall_goal="修好路。", year=2026,
                project_nature="阶段性项目", project_category="特定目标类")
    ),
    "central-2015": FormReading(CENTRAL, extra={"项目期": "3年"}),
    "long-2011": FormReading(
        replace(CENTRAL, layout="long-2011", funds=ONE_YEAR),
        extra={"项目负责人": "张三", "项目立项的依据": "交发〔2020〕1号", "indicators[1].备注": "按合同"},
    ),
    "provincial-weighted": FormReading(
        replace(FORM, layout="provincial-weighted", funds=ONE_YEAR, indicators=ROWS)
    ),
    "self-evaluation-2020": FormReading(
        replace(FORM, layout="self-evaluation-2020", indicators=ROWS),
        kind="self_evaluation",
        outcome=Outcome("self_evaluation", BUDGET, "都完成了。", DONE, Decimal("98.62")),
    ),
    "self-evaluation-sichuan": FormReading(
        replace(FORM, layout="self-evaluation-sichuan", indicators=ROWS),
        kind="self_evaluation",
        outcome=Outcome(
            "self_evaluation",
            {**BUDGET, "total": replace(BUDGET["total"], reason="年中调减")},
            "都完成了。",
            DONE,
        ),
    ),
    "monitoring-2019": FormReading(
        replace(FORM, layout="monitoring-2019"),
        kind="monitoring",
        outcome=Outcome(
            "monitoring",
            {"total": BudgetLine(YUAN("250000"), None, YUAN("115457.6"), YUAN("250000"),
                                 rate=Decimal("46.18")),
             "fiscal": BudgetLine(YUAN("200000"), None, YUAN("100000"), YUAN("200000"),
                                  rate=Decimal(50)),
             "carryover": BudgetLine(YUAN("10000"), None, YUAN("10000"), YUAN("10000"),
                                     rate=Decimal(100)),
             "other": BudgetLine(YUAN("40000"), None, YUAN("5457.6"), YUAN("40000"),
                                 rate=Decimal("13.64"))},
            indicators=WATCHED,
            as_of="2024-07-31",
        ),
    ),
    "unit-targets-2020": FormReading(
        Declaration(
            layout="unit-targets-2020", year=2024, department="交通局", annual_goal="管好路。",
            funds=Funds(annual_total=YUAN("90000000")),
            indicators=(
                row("履职效能", "公路养护", "养护里程", "≥350公里"),
                row("运行成本", "公用经费", "公用经费控制率", "≤100%"),
            ),
        ),
        kind="unit_targets",
    ),
    "unit-self-evaluation-2020": FormReading(
        Declaration(
            layout="unit-self-evaluation-2020", year=2024, department="交通局",
            annual_goal="管好路。",
            indicators=(
                row("履职效能", "公路养护", "养护里程", "≥350公里", 60),
                row("运行成本", "公用经费", "公用经费控制率", "≤100%", 30),
            ),
        ),
        kind="self_evaluation",
        outcome=Outcome(
            "self_evaluation",
            BUDGET,
            "都管好了。",
            (
                IndicatorOutcome("351公里", None, Decimal(60), Decimal(60), None, None),
                IndicatorOutcome("98%", None, Decimal(30), Decimal(30), None, None),
            ),
            Decimal("98.62"),
        ),
    ),
}  # fmt: skip


def test_every_layout_is_tried_here():
    assert {layout.id for layout in layouts()} == FORMS.keys()


def test_every_title_says_that_it_is_a_form():
    """The recogniser looks for titles only in texts that say so."""
    assert all("表" in title for layout in layouts() for title in layout.titles)


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("layout", FORMS)
def test_a_form_in_any_layout_comes_back_as_it_was(layout: str, writer: str):
    item = FORMS[layout]

    again = read_document(WRITERS[writer]([item]), name="x")

    assert again.problems == ()
    [form] = again.forms
    assert form.form == item.form
    assert (form.kind, form.outcome) == (item.kind, item.outcome)
    assert dict(form.extra) == dict(item.extra)


@pytest.mark.parametrize("layout", FORMS)
def test_a_form_in_any_layout_survives_its_json(layout: str):
    item = FORMS[layout]

    again = form_from_data(form_as_data(item))

    assert (again.form, again.kind, again.outcome) == (item.form, item.kind, item.outcome)


def test_forms_of_several_layouts_in_one_file_are_told_apart():
    [first, second, third] = read_document(
        render_docx([FORMS["central-2015"], FORMS["self-evaluation-2020"], FORMS["monitoring-2019"]]),
        name="x",
    ).forms  # fmt: skip

    assert [item.kind for item in (first, second, third)] == [
        "declaration", "self_evaluation", "monitoring",
    ]  # fmt: skip
    assert first.form == FORMS["central-2015"].form


def test_a_whole_units_targets_are_judged_and_not_asked_for_a_projects_cells():
    report = check_reading(FORMS["unit-targets-2020"])

    asked = {item.field for item in report.findings if item.rule.id in {"KJ101", "KJ102"}}
    assert not asked & {"project_name", "project_category", "implementing_unit", "overall_goal"}
    assert len(report.passed) > 40


def test_a_self_evaluation_is_judged_by_the_rules_for_outcomes_and_for_targets():
    report = check_reading(FORMS["self-evaluation-2020"])

    judged = {*report.passed, *(item.rule for item in report.findings)}
    assert {rule.family for rule in judged} == {"KJ3", "KJ4", "KJ6", "KJ8"}
    assert "KJ804" in {item.rule.id for item in report.findings}


# The published example of DOMAIN 3.4, with its rounding slip, as text copied from its table.
SELF_EVALUATION = """财政项目支出绩效自评表
（2022年度）
项目名称\t人民防空宣传
主管部门\t民防办\t\t实施单位\t民防办
项目资金（元）\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分
\t年度资金总额\t250,000.00\t250,000.00\t215,457.60\t10\t86.19%\t8.62
\t其中：当年财政拨款\t250,000.00\t250,000.00\t215,457.60\t—\t86.19%\t—
年度总体目标\t预期目标\t实际完成情况
\t宣传到位。\t已宣传到位。
绩效指标\t一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施
\t产出指标\t数量指标\t宣传场次\t≥2场\t3场\t50\t50\t
\t效益指标\t社会效益指标\t知晓率\t≥80%\t85%\t30\t30\t
\t满意度指标\t服务对象满意度指标\t满意度\t≥90%\t92%\t10\t10\t
总分\t\t\t\t\t\t100\t98.62
"""


def test_a_self_evaluation_in_text_is_read_with_its_scores():
    [item] = read_document(SELF_EVALUATION.encode(), name="x").forms

    outcome = item.outcome
    assert outcome is not None
    assert outcome.budget["total"] == BudgetLine(
        YUAN("250000"), YUAN("250000"), YUAN("215457.6"),
        points=Decimal(10), rate=Decimal("86.19"), score=Decimal("8.62"),
    )  # fmt: skip
    assert outcome.budget["fiscal"].score is None
    assert outcome.total_score == Decimal("98.62")
    assert [entry.actual_raw for entry in outcome.indicators] == ["3场", "85%", "92%"]
    assert [entry.score for entry in outcome.indicators] == [50, 30, 10]
    assert [indicator.weight for indicator in item.form.indicators] == [50, 30, 10]
    assert outcome.goal_done == "已宣传到位。"
    assert item.form.annual_goal == "宣传到位。"


def test_a_score_that_is_no_number_is_doubted():
    broken = SELF_EVALUATION.replace("\t92%\t10\t10", "\t92%\t10\t满分")

    [item] = read_document(broken.encode(), name="x").forms

    assert any(doubt.field.startswith("indicators[2].") for doubt in item.doubts)


def test_a_target_over_three_cells_is_put_together():
    text = """项目支出绩效目标申报表
（2024年度）
项目名称\t农村道路养护
主管部门\t交通局\t实施单位\t养护中心
项目资金总额\t100万元
年度绩效目标\t养护道路。
绩效指标\t一级指标\t二级指标\t三级指标\t指标性质\t指标值\t度量单位\t权重\t备注
\t产出指标\t数量指标\t养护里程\t≥\t35\t公里\t20\t
\t产出指标\t质量指标\t路面状况\t定性\t良好\t\t20\t按规范
\t满意度指标\t服务对象满意度指标\t满意度\t大于等于\t90\t%\t10\t
"""
    [item] = read_document(text.encode(), name="x").forms

    targets = [indicator.target.text for indicator in item.form.indicators]
    assert targets == ["≥35公里", "良好", "≥90%"]
    assert [indicator.weight for indicator in item.form.indicators] == [20, 20, 10]
    assert item.extra == {"indicators[1].备注": "按规范", "indicators[1].指标性质": "定性"}
    assert item.form.funds.annual_total == YUAN("1000000")


@pytest.mark.parametrize(
    ("text", "ticked"),
    [
        ("新增项目□ 延续项目☑", ["延续项目"]),
        ("□新增项目 √延续项目", ["延续项目"]),
        ("☑新增项目  □延续项目", ["新增项目"]),
        ("新增项目□ 延续项目□", []),
        ("新增项目√ 延续项目√", ["新增项目", "延续项目"]),
        ("延续项目", None),
    ],
)
def test_the_ticked_box_is_the_value(text: str, ticked: list[str] | None):
    assert ticked_in(text) == ticked


def test_two_ticks_are_a_doubt():
    text = "财政支出绩效目标申报表\n项目名称\t甲\n项目属性\t新增项目√ 延续项目√\n主管部门\t乙\n"

    [item] = read_document(text.encode(), name="x").forms

    assert item.form.project_nature is None
    assert "project_nature" in {doubt.field for doubt in item.doubts}


def test_a_monitoring_report_says_until_when_it_counts_in_its_captions():
    written = lay_out(FORMS["monitoring-2019"])
    texts = [cell.text for row in written.rows for cell in row]

    assert "1-7月执行数" in texts
    assert not any("1-N月" in text for text in texts)


def test_a_monitoring_report_prints_a_carryover_only_where_there_is_one():
    form = FORMS["monitoring-2019"]
    plain = replace(
        form,
        outcome=replace(
            form.outcome,
            budget={k: line for k, line in form.outcome.budget.items() if k != "carryover"},
        ),
    )

    def heads(item: FormReading) -> tuple[bool, int]:
        cells = [cell for row in lay_out(item).rows for cell in row]
        [money] = [cell.rowspan for cell in cells if cell.text.startswith("项目资金")]
        return any(cell.text == "上年结转资金" for cell in cells), money

    assert heads(form) == (True, 5)
    assert heads(plain) == (False, 4)


def test_the_heading_of_a_monitoring_report_has_causes_and_likelihoods_in_groups():
    sheet = lay_out(FORMS["monitoring-2019"])

    upper, lower = sheet.rows[sheet.repeated : sheet.repeated + sheet.headings]
    assert [(cell.text, cell.colspan) for cell in upper if cell.colspan > 1] == [
        ("偏差原因分析", 6), ("完成目标可能性", 3),
    ]  # fmt: skip
    assert [cell.text for cell in lower] == [
        "经费保障", "制度保障", "人员保障", "硬件条件保障", "其他", "原因说明",
        "确定能", "有可能", "完全不可能",
    ]  # fmt: skip


def test_captions_of_different_months_are_doubted_and_none_is_taken():
    html = render_html([FORMS["monitoring-2019"]]).replace("1-7月执行率", "1-8月执行率")

    [form] = read_document(html.encode(), name="x.html").forms

    assert form.outcome.as_of is None
    assert [(item.field, str(item.reason)) for item in form.doubts] == [
        ("as_of", "表头的月份不一致：1-7月、1-8月")
    ]
