"""Excel as a person sees it: number formats, hidden rows, merges, and what is no value at all."""

from __future__ import annotations

import io
import resource
import zipfile
from datetime import date, time
from typing import Any

import openpyxl
import pytest
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill

from kaoji.documents.read import read_manuscript
from kaoji.documents.read.grid import TooManyCells
from kaoji.documents.read.number_format import shown_day, shown_number, shown_text
from kaoji.documents.reader import read_document


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (12, '0"个"', "12个"),
        (1, "0%", "100%"),
        (0.8, "0.00%", "80.00%"),
        (0.925, "0.0%", "92.5%"),
        (0.9, '"≥"0%', "≥90%"),
        (360_000, '"≥"#,##0"客"', "≥360,000客"),
        (5, "≤0元", "≤5元"),
        (1.25, '0.00"万元"', "1.25万元"),
        (12_500_000, '#,##0,"千元"', "12,500千元"),
        (-500, "#,##0.00;(#,##0.00)", "(500.00)"),
        (-5, "0;0", "-5"),
        (0, '0;-0;"无"', "无"),
        (2.5, "0", "3"),
        (0.1 + 0.2, "General", "0.3"),
        (1e15, "General", "1000000000000000"),
        (3, '[>2]"多";"少"', "多"),
        (7, "00", "07"),
        (1.5, "#.##", "1.5"),
        (3, "[$¥-804]#,##0.00", "¥3.00"),
        (9, 'General"次"', "9次"),
        (12_345_678, '0"."0,', "12345678"),
        (0.5, '[<1]0%;0"个"', "50%"),
        (12, '[<1]0%;0"个"', "12个"),
        (1, '[=1]"是";[=0]"否";', "是"),
        (0, '[=1]"是";[=0]"否";', "否"),
        (7, '[=1]"是";[=0]"否";', ""),
        (95, '[Red][>=90]"≥"0;[Blue]"<"0', "≥95"),
        (-3, "[>0]0;0", "-3"),
        (5, ";;;", ""),
        (0, "0;-0;;@", ""),
        (0, '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        (0, "#,###", ""),
        (0.5, "#.##", "0.5"),
    ],
)
def test_a_number_is_shown_under_its_format(value, code, shown):
    assert shown_number(value, code) == shown


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (date(2023, 12, 10), "yyyy-mm-dd", "2023-12-10"),
        (date(2023, 12, 1), 'yyyy"年"m"月"', "2023年12月"),
        (date(2023, 1, 1), "yyyy", "2023年"),
        (date(2023, 12, 10), '[$-804]yyyy"年"m"月"d"日"', "2023-12-10"),
        (date(2023, 12, 10), 'm"月"d"日"', "12月10日"),
        (date(2023, 12, 1), 'm"月"', "12月"),
        (date(2023, 12, 1), "mmm-yy", "2023年12月"),
        (date(2023, 12, 1), 'e"年"m"月"', "2023年12月"),
        (date(2023, 12, 10), "mm-dd-yy", "2023-12-10"),
        (date(2023, 12, 10), "m/d", "2023-12-10"),
        (time(8, 30), "h:mm", "08:30"),
    ],
)
def test_a_day_is_shown_as_a_day_and_a_month_as_a_month(value, code, shown):
    assert shown_day(value, code) == shown


@pytest.mark.parametrize(
    ("text", "code", "shown"),
    [
        ("90%", '"≥"@', "≥90%"),
        ("12", '0;0;0;@"个"', "12个"),
        ("作废", "0;0;0;", ""),
        ("甲", "#,##0;-#,##0", "甲"),
        ("甲", "@", "甲"),
        ("甲", "General", "甲"),
    ],
)
def test_a_text_is_shown_under_its_format(text, code, shown):
    assert shown_text(text, code) == shown


def book(change: Any) -> bytes:
    workbook = openpyxl.Workbook()
    change(workbook)
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def texts(content: bytes) -> list[list[str]]:
    return [
        [cell.text for cell in row.cells] for row in read_manuscript(content, name="a").rows
    ]


def test_hidden_columns_and_sheets_are_left_out_and_told():
    def change(workbook: Any) -> None:
        sheet = workbook.active
        sheet.append(["甲", "作废", "乙"])
        sheet.column_dimensions["B"].hidden = True
        other = workbook.create_sheet("草稿")
        other.append(["旧"])
        other.sheet_state = "hidden"

    content = book(change)

    assert texts(content) == [["甲", "", "乙"]]
    told = [str(item.told) for item in read_manuscript(content, name="a").omissions]
    assert told == ["第 2 列是隐藏的，没有读取", "工作表“草稿”是隐藏的，没有读取"]


def test_what_a_format_or_a_white_font_does_not_show_is_left_out_and_told():
    def change(workbook: Any) -> None:
        sheet = workbook.active
        sheet.append(["甲", 12, "藏", "划", "表头", 0])
        sheet["B1"].number_format = ";;;"
        sheet["C1"].font = Font(color="FFFFFFFF")
        sheet["D1"].font = Font(strike=True)
        sheet["E1"].font = Font(color="FFFFFFFF")
        sheet["E1"].fill = PatternFill("solid", start_color="FF1F3864")
        sheet.sheet_view.showZeros = False

    content = book(change)

    assert texts(content) == [["甲", "", "", "", "表头", ""]]
    assert [str(item.told) for item in read_manuscript(content, name="a").omissions] == [
        "按单元格格式不显示的内容没有读取：“12”、“藏”",
        "划掉的单元格没有读取：“划”",
    ]


def test_white_words_in_a_sheet_that_conditions_colour_are_read():
    def change(workbook: Any) -> None:
        sheet = workbook.active
        sheet.append(["表头"])
        sheet["A1"].font = Font(color="FFFFFFFF")
        dark = PatternFill("solid", start_color="FF1F3864", end_color="FF1F3864")
        sheet.conditional_formatting.add("A1", FormulaRule(["TRUE"], fill=dark))

    assert texts(book(change)) == [["表头"]]


def test_signs_in_a_font_of_symbols_are_what_the_font_shows():
    def change(workbook: Any) -> None:
        sheet = workbook.active
        sheet.append(["R", "经常性", "£", "一次性"])
        for place in ("A1", "C1"):
            sheet[place].font = Font(name="Wingdings 2")

    assert texts(book(change)) == [["☑", "经常性", "□", "一次性"]]


def test_text_boxes_and_tick_boxes_are_read_where_they_lie_on_blank_cells():
    def change(workbook: Any) -> None:
        sheet = workbook.active
        sheet.append(["类别", None, "目标", "旧"])
        sheet["A3"] = "底"
        sheet.merge_cells("B1:B2")

    box = (
        "<xdr:twoCellAnchor><xdr:from><xdr:col>{column}</xdr:col><xdr:colOff>0</xdr:colOff>"
        "<xdr:row>{row}</xdr:row></xdr:from><xdr:sp><xdr:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p>"
        "</xdr:txBody></xdr:sp></xdr:twoCellAnchor>"
    )
    drawing = (
        '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        + box.format(column=4, row=0, text="≥12个") + box.format(column=3, row=0, text="盖住") + "</xdr:wsDr>"
    )  # fmt: skip
    control = (
        '<v:shape><v:textbox><div><font>{text}</font></div></v:textbox><x:ClientData ObjectType="Checkbox">'
        "<x:Anchor>1, {aside}, {row}, 0, 2, 0, 1, 0</x:Anchor>{checked}</x:ClientData></v:shape>"
    )
    controls = (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel">'
        + control.format(text="一次性", aside=90, row=1, checked="")
        + control.format(text="经常性", aside=5, row=1, checked="<x:Checked>1</x:Checked>") + "</xml>"
    )  # fmt: skip
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="a" Type="{relation}/drawing" Target="../drawings/d.xml"/>'
        f'<Relationship Id="b" Type="{relation}/vmlDrawing" Target="../drawings/v.vml"/></Relationships>'
    )
    content = io.BytesIO(book(change))
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("xl/drawings/d.xml", drawing)
        archive.writestr("xl/drawings/v.vml", controls)
        archive.writestr("xl/worksheets/_rels/sheet1.xml.rels", links)

    manuscript = read_manuscript(content.getvalue(), name="a")

    assert texts(content.getvalue()) == [
        ["类别", "☑经常性 □一次性", "目标", "旧", "≥12个"], ["底", "", "", "", ""],
    ]  # fmt: skip
    assert [str(item.told) for item in manuscript.omissions] == [
        "文本框或控件盖在有内容的单元格上，没有读取：“盖住”"
    ]


def test_rows_and_columns_of_no_size_are_hidden():
    def change(workbook: Any) -> None:
        sheet = workbook.active
        sheet.append(["甲", "藏", "乙"])
        sheet.append(["作废"])
        sheet.row_dimensions[2].height = 7.5
        sheet.column_dimensions["B"].width = 7.5

    content = book(change)

    assert texts(with_text(content, b'="7.5"', b'="0"')) == [["甲", "", "乙"]]


def test_a_strict_workbook_is_read_like_any_other():
    content = book(lambda workbook: workbook.active.append(["甲", 0.5]))
    strict = with_text(
        with_text(content, b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                  b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    )  # fmt: skip

    assert texts(strict) == [["甲", "0.5"]]


def test_a_return_written_as_an_escape_is_the_end_of_a_line():
    assert texts(book(lambda workbook: workbook.active.append(["供餐_x000D_\n客数"]))) == [
        ["供餐\n客数"]
    ]


def test_a_merge_over_the_whole_sheet_costs_nothing():
    """Six kilobytes took 2.4 gigabytes."""

    def change(workbook: Any) -> None:
        workbook.active["A1"] = "甲"
        workbook.active["B2"] = "乙"

    content = with_merge(book(change), "A1:XFD1048576")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    rows = read_manuscript(content, name="a").rows

    assert len(rows) <= 2
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


def test_a_sheet_formatted_to_its_edge_is_read():
    def change(workbook: Any) -> None:
        workbook.active["A1"] = "甲"
        workbook.active["XFD1048576"].number_format = "0.00"

    assert texts(book(change)) == [["甲"]]


def test_only_filled_cells_count_against_the_limit(monkeypatch):
    monkeypatch.setattr("kaoji.documents.read.xlsx_parts.MOST_CELLS", 10)

    def filled(count: int) -> bytes:
        return book(lambda workbook: [workbook.active.append([n]) for n in range(count)])

    assert len(texts(filled(10))) == 10
    with pytest.raises(TooManyCells):
        read_manuscript(filled(11), name="a")


def test_a_form_with_cells_that_hold_no_value_doubts_them_and_only_them():
    form = [
        ["财政项目支出绩效目标申报表"], ["(2023年度)"], ["项目名称", "甲", "项目类别", "经常性项目"],
        ["主管部门", "某局", "实施单位", "某中心"],
        ["计划开始日期", "2023-01-01", "计划完成日期", "2023-12-31"],
        ["项目资金总额", "=100*2", "年度资金申请总额", 200],
        ["一级指标", "二级指标", "三级指标", "指标目标值"],
        ["产出指标", "数量指标", "培训人次", "=1+1"], ["产出指标", "质量指标", "合格率", "≥90%"],
    ]  # fmt: skip

    def change(workbook: Any) -> None:
        for row in form:
            workbook.active.append(row)

    [item] = read_document(book(change), name="a.xlsx").forms

    flawed = {d.field for d in item.doubts if "没有存下计算结果" in str(d.reason)}
    assert flawed == {"funds.total", "indicators[0].target_raw"}
    assert item.form.funds.total is None
    assert not item.form.indicators[0].target.text
    assert item.form.indicators[1].target.text == "≥90%"


def with_text(content: bytes, old: bytes, new: bytes) -> bytes:
    """The workbook with other words in all its parts."""
    source, target = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in source.infolist():
            archive.writestr(entry, source.read(entry).replace(old, new))
    return target.getvalue()


def with_merge(content: bytes, reference: str) -> bytes:
    """The workbook with a merge that no library would write."""
    source, target = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in source.infolist():
            part = source.read(entry)
            if entry.filename == "xl/worksheets/sheet1.xml":
                merge = f'</sheetData><mergeCells count="1"><mergeCell ref="{reference}"/></mergeCells>'
                part = part.replace(b"</sheetData>", merge.encode())
            archive.writestr(entry, part)
    return target.getvalue()
