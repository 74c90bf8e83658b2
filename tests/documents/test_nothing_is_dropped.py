"""What a document holds is read or reported, wherever in it the text stands."""

from __future__ import annotations

import csv
import io

import docx
import openpyxl
import pytest

from documents.road_table import GOALS, HEAD, TABLE
from kaoji.documents.reader import read_document
from kaoji.documents.reading import Reading
from kaoji.documents.render.html import render_html

BASE = HEAD + GOALS + TABLE


def problems(reading: Reading) -> str:
    return " ".join(str(problem.reason) for problem in reading.problems)


def as_excel(rows: list[list[str]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def as_commas(rows: list[list[str]]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue().encode()


@pytest.mark.parametrize("write", [as_excel, as_commas])
def test_cells_beyond_the_limit_are_reported(write):
    rows = [line.split("\t") for line in BASE.splitlines()]
    rows[3] += [""] * 250 + ["远处的字"]

    reading = read_document(write(rows), name="x")

    said = (
        problems(reading)
        + str([item.form for item in reading.forms])
        + str(reading.forms[0].doubts)
    )
    assert "远处的字" in said


@pytest.mark.parametrize(
    "wrapping", ["<span>{}</span>", "<div>{}<p></p></div>", "{}", "<b>{}</b>"]
)
def test_the_unit_of_money_beside_a_table_of_a_page_is_seen(songjiang: Reading, wrapping: str):
    page = render_html([songjiang.forms[1].form]).replace("项目资金（元）", "项目资金")
    page = page.replace("<table>", wrapping.format("单位：万元") + "<table>")

    [item] = read_document(page.encode(), name="x.html").forms

    assert str(item.form.funds.total) == "5002000000.00"


def test_a_table_inside_a_cell_is_read_with_the_cell():
    document = docx.Document()
    document.add_paragraph("财政项目支出绩效目标申报表")
    table = document.add_table(rows=2, cols=2)
    table.rows[0].cells[0].text = "项目名称"
    table.rows[1].cells[0].text, table.rows[1].cells[1].text = "实施单位", "养护中心"
    inner = table.rows[0].cells[1].add_table(rows=1, cols=1)
    inner.rows[0].cells[0].text = "农村道路养护"
    buffer = io.BytesIO()
    document.save(buffer)

    [item] = read_document(buffer.getvalue(), name="x.docx").forms

    assert item.form.project_name == "农村道路养护"


def test_a_damaged_byte_in_comma_separated_text_is_reported():
    content = as_commas([line.split("\t") for line in BASE.splitlines()])
    place = content.index("验收".encode())

    reading = read_document(content[:place] + b"\xff" + content[place + 1 :], name="x.csv")

    assert "无法解码" in problems(reading)


def test_words_of_a_row_without_name_and_target_are_told():
    names = "支持自由探索类基础研究项目数量支持省部共建国家重点实验室项目数量"
    text = (
        "中央引导地方科技发展资金绩效目标自评表项目名称:引导资金主管部门省科技厅(2021年度)"
        "年度总体目标年初设定目标全年实际完成情况绩效指标一级指标二级指标三级指标年度指标值全年完成值"
        f"未完成原因和改进措施产出指标数量指标{names}"
    )

    reading = read_document(text.encode(), name="x.txt")

    rows = "".join(str(row) for item in reading.forms for row in item.form.indicators)
    assert names[:15] in rows + problems(reading)
