"""项目支出绩效目标执行监控表 as offices fill it in: ticks of every kind, words instead of ticks, one column or three."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import pytest

from kaoji.core.outcome import IndicatorOutcome
from kaoji.documents.checking import check_reading
from kaoji.documents.reader import read_document
from kaoji.documents.reading import FormReading
from kaoji.documents.render.docx import render_docx
from kaoji.documents.render.pdf import render_pdf
from kaoji.documents.render.xlsx import render_xlsx

HEAD = (
    (("项目名称", 1), ("农村道路养护", 16)),
    (("主管部门及代码", 1), ("交通局", 7), ("实施单位", 2), ("养护中心", 7)),
    (("年度总体目标", 1), ("养护道路35公里。", 16)),
)
# The official heading has two rows; below it every line has the same seventeen columns.
UPPER = (
    ("绩效指标", 1), ("一级指标", 1), ("二级指标", 1), ("三级指标", 1), ("年度指标值", 1),
    ("1-8月执行情况", 1), ("全年预计完成情况", 1), ("偏差原因分析", 6), ("完成目标可能性", 3), ("备注", 1),
)  # fmt: skip
LOWER = (
    *[("", 1)] * 7, ("经费保障", 1), ("制度保障", 1), ("人员保障", 1), ("硬件条件保障", 1), ("其他", 1),
    ("原因说明", 1), ("确定能", 1), ("有可能", 1), ("完全不可能", 1), ("", 1),
)  # fmt: skip
Line = tuple[tuple[str, int], ...]


def html(*lines: Line) -> bytes:
    """A page with one table; a cell is a text and over how many columns it reaches."""
    rows = "".join(
        "<tr>" + "".join(f'<td colspan="{n}">{escape(t)}</td>' for t, n in line) + "</tr>"
        for line in lines
    )
    title = "<p>项目支出绩效目标执行监控表</p><p>（2024年度）</p>"
    return f"<html><body>{title}<table>{rows}</table></body></html>".encode()


def row(*behind: str) -> Line:
    """The indicator with what stands behind its forecast: causes, reason, likelihoods, remark."""
    first = ("", "产出指标", "数量指标", "养护里程", "≥35公里", "10公里", "20公里")
    return tuple((text, 1) for text in (*first, *behind))


def read(content: bytes) -> FormReading:
    [form] = read_document(content, name="x").forms
    assert form.kind == "monitoring"
    return form


def official(*behind: str) -> FormReading:
    return read(html(*HEAD, UPPER, LOWER, row(*behind)))


def said(form: FormReading) -> IndicatorOutcome:
    assert form.outcome is not None
    [entry] = form.outcome.indicators
    assert (entry.actual_raw, entry.forecast_raw) == ("10公里", "20公里")
    return entry


def about(form: FormReading, column: str) -> list[str]:
    return [str(item.reason) for item in form.doubts if item.field.endswith(f".{column}")]


@pytest.mark.parametrize("mark", ["√", "✔", "✓", "☑", "是", "1"])
def test_any_usual_sign_ticks_its_column(mark: str):
    form = official(mark, "", "", mark, "", "机械故障", "", mark, "", "租用机械")

    assert said(form) == IndicatorOutcome(
        "10公里", "20公里", reason="机械故障", likelihood="有可能",
        causes=("经费保障", "硬件条件保障"), remedy="租用机械",
    )  # fmt: skip
    assert [item.field for item in form.doubts] == ["indicators"]  # one row is no whole form
    assert form.extra == {}


def test_a_sign_that_says_no_ticks_nothing():
    form = official("×", "否", "无", "—", "√", "汛期", "/", "√", "0", "")

    assert (said(form).causes, said(form).likelihood) == (("其他",), "有可能")


def test_words_under_a_cause_tick_it_and_are_kept_with_the_explanation():
    form = official("资金6月才到位", "", "√", "", "", "人手不足", "", "", "√", "调减目标")

    assert said(form).causes == ("经费保障", "人员保障")
    assert said(form).reason == "人手不足；经费保障：资金6月才到位"
    assert [str(item.what) for item in form.repairs] == [
        "“资金6月才到位”写在“经费保障”栏里，算作勾选，并入原因说明"
    ]


def test_two_likelihoods_are_doubted_and_none_is_taken():
    form = official("√", "", "", "", "", "汛期", "√", "√", "", "")

    assert said(form).likelihood is None
    assert about(form, "likelihood") == ["完成目标可能性勾了几级：确定能、有可能"]


def test_a_likelihood_in_words_is_kept_as_it_stands():
    assert (
        said(official("", "", "", "", "", "", "", "", "能完成九成", "")).likelihood
        == "能完成九成"
    )


@pytest.mark.parametrize(
    ("text", "likelihood"),
    [
        ("有可能", "有可能"),
        ("有可能√", "有可能"),
        ("□确定能 ☑有可能 □完全不可能", "有可能"),
        ("确定能□有可能□完全不可能□", None),
    ],
)
def test_likelihoods_in_one_column_are_read_with_and_without_boxes(text, likelihood):
    upper = (*UPPER[:-2], ("完成目标可能性", 1), ("备注", 1))
    lower = (*LOWER[:13], ("", 1), ("", 1))

    form = read(
        html(
            (("项目名称", 1), ("农村道路养护", 14)), upper, lower,
            row("√", "", "", "", "", "汛期", text, "补做"),
        )
    )  # fmt: skip

    assert said(form).likelihood == likelihood
    assert (said(form).causes, said(form).remedy) == (("经费保障",), "补做")


def test_a_heading_in_one_row_names_the_causes_in_full():
    """As the grid of a production system prints it: a text for each cause."""
    heading = (
        *UPPER[:7], ("经费保障偏差原因", 1), ("制度保障偏差原因", 1), ("人员保障偏差原因", 1),
        ("硬件保障偏差原因", 1), ("其他偏差原因", 1), ("完成目标可能性", 1), ("备注", 1),
    )  # fmt: skip

    form = read(
        html(
            (("项目名称", 1), ("农村道路养护", 13)), heading,
            row("", "", "", "设备检修", "雨季长", "有可能", ""),
        )
    )  # fmt: skip

    assert said(form).causes == ("硬件条件保障", "其他")
    assert said(form).reason == "硬件条件保障：设备检修；其他：雨季长"


def test_a_table_that_was_copied_as_text_keeps_its_columns():
    lines = [
        "项目支出绩效目标执行监控表\n（2024年度）",
        "项目名称\t农村道路养护\n主管部门\t交通局\t实施单位\t养护中心\n年度总体目标\t养护道路。",
        "绩效指标\t一级指标\t二级指标\t三级指标\t年度指标值\t1-8月执行情况\t全年预计完成情况\t偏差原因分析\t\t\t\t\t\t完成目标可能性\t\t\t备注",
        "\t\t\t\t\t\t\t经费保障\t制度保障\t人员保障\t硬件条件保障\t其他\t原因说明\t确定能\t有可能\t完全不可能\t",
        "\t产出指标\t数量指标\t养护里程\t≥35公里\t10公里\t20公里\t\t\t√\t\t\t人手不足\t\t\t√\t调减目标",
    ]

    form = read("\n".join(lines).encode())

    assert said(form) == IndicatorOutcome(
        "10公里", "20公里", reason="人手不足", likelihood="完全不可能", causes=("人员保障",),
        remedy="调减目标",
    )  # fmt: skip


PIPES = """项目支出绩效目标执行监控表
（2024年度）
| 项目名称 | 农村道路养护 |||||||||||||||
| 绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 1-8月执行情况 | 全年预计完成情况 | 偏差原因分析 | | | | | | 完成目标可能性 | | | 备注 |
| | | | | | | | 经费保障 | 制度保障 | 人员保障 | 硬件条件保障 | 其他 | 原因说明 | 确定能 | 有可能 | 完全不可能 | |
| | 产出指标 | 数量指标 | 养护里程 | ≥35公里 | 10公里 | 20公里 | | | √ | | | 人手不足 | | | √ | 调减目标 |
| | 满意度指标 | 服务对象满意度指标 | 群众满意度 | ≥90% | 91% | 91% | | | | | | | √ | | | |
"""


def test_in_a_table_of_bars_the_place_tells_which_column_is_ticked_and_is_doubted():
    form = read(PIPES.encode())

    first, last = form.outcome.indicators
    assert (first.causes, first.likelihood) == (("人员保障",), "完全不可能")
    assert (last.causes, last.likelihood) == ((), "确定能")
    assert len(about(form, "causes")) == 1
    assert len(about(form, "likelihood")) == 2


def test_where_every_cause_says_yes_or_no_a_copied_table_leaves_none_in_doubt():
    full = PIPES.replace(
        "| | | √ | | | 人手不足 | | | √ |",
        "| 否 | 否 | 是 | 否 | 否 | 人手不足 | 否 | 否 | 是 |",
    )

    form = read(full.encode())

    first, _ = form.outcome.indicators
    assert (first.causes, first.likelihood) == (("人员保障",), "完全不可能")
    assert about(form, "causes") == []


def without_blank_cells(line: str, between: str) -> str:
    return between.join(cell.strip() for cell in line.split("|") if cell.strip())


@pytest.mark.parametrize("between", ["  ", " ", "\t", " | "])
def test_a_tick_that_has_lost_its_column_is_doubted(between: str):
    """Blank cells are dropped where a table is copied carelessly: √ says nothing of its column then."""
    lost = "\n".join(without_blank_cells(line, between) for line in PIPES.split("\n"))

    form = read(lost.encode())

    assert form.outcome is not None
    for number, entry in enumerate(form.outcome.indicators):
        doubted = {
            item.field.rpartition(".")[2]
            for item in form.doubts
            if item.field.startswith(f"indicators[{number}].")
        }
        assert "causes" in doubted or not entry.causes
        assert "likelihood" in doubted or entry.likelihood is None


def test_a_form_that_asks_for_no_causes_says_so():
    local = (*UPPER[:7], ("偏差原因", 1), ("完成目标可能性", 1))

    without = read(
        html((("项目名称", 1), ("甲", 8)), local, row("汛期停工，机械进场晚", "有可能"))
    )

    assert "causes" in without.absent
    assert "causes" not in official("√", "", "", "", "", "汛期", "", "√", "", "").absent
    assert said(without).reason == "汛期停工，机械进场晚"


def test_a_form_is_asked_only_for_causes_that_it_prints():
    local = (*UPPER[:7], ("偏差原因", 1), ("完成目标可能性", 1))
    without = read(
        html((("项目名称", 1), ("甲", 8)), local, row("汛期停工，机械进场晚", "有可能"))
    )
    unticked = official("", "", "", "", "", "汛期停工，机械进场晚", "", "√", "", "")

    def found(form: FormReading) -> set[str]:
        return {item.rule.id for item in check_reading(form).findings}

    assert "KJ814" in found(unticked)
    assert "KJ814" not in found(without)


@pytest.mark.parametrize("write", [render_docx, render_pdf, render_xlsx])
def test_a_form_over_several_pages_comes_back_with_every_tick(write):
    """The heading of two rows is printed on every page, the label at its side is cut."""
    one = official("√", "", "", "", "√", "汛期", "", "", "√", "已申请调减目标")
    count = 60
    [row_of_one] = one.form.indicators
    many = replace(
        one,
        form=replace(
            one.form,
            indicators=tuple(
                replace(row_of_one, level3=f"第{number}段养护里程") for number in range(count)
            ),
        ),
        outcome=replace(one.outcome, indicators=(said(one),) * count),
        extra={},
    )

    [again] = read_document(write([many]), name="x").forms

    assert again.form == many.form
    assert again.outcome == many.outcome
