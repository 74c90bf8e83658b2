"""What we write into Excel can be added up there, and still looks as it was written."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from kaoji.core.notation import parse
from kaoji.documents.read.number_format import shown_number
from kaoji.documents.render.sheet import lay_out
from kaoji.documents.render.xlsx import number_shown, render_xlsx

FORM = """\
项目: 农村公路养护
年度: 2023
主管部门: 乙
实施单位: 丙
年度资金: 1234500.5 元
当年财政拨款: 1234000.5 元
其他资金: 500 元
年度目标: 养护 35 公里
产出指标 / 数量指标 / 养护里程: ≥ 35 公里
产出指标 / 质量指标 / 验收合格率: ≥ 95 %
"""


def cells_of(text: str):
    """The cells of the sheet as it was laid out, each with the cell of Excel in its place."""
    form = parse(text)
    page = load_workbook(io.BytesIO(render_xlsx([form]))).active
    for y, x, cell in lay_out(form).placed():
        yield cell, page.cell(y + 3, x + 1)


def test_money_is_a_number_with_a_format_and_adds_up():
    money = {
        cell.text: there
        for cell, there in cells_of(FORM)
        if cell.role == "amount" and cell.text
    }

    assert set(money) == {"1,234,500.50", "1,234,000.50", "500.00"}
    assert all(there.data_type == "n" for there in money.values())
    assert money["1,234,500.50"].value == 1234500.5
    assert {there.number_format for there in money.values()} == {"#,##0.00"}
    assert money["1,234,000.50"].value + money["500.00"].value == money["1,234,500.50"].value


def test_what_is_a_number_is_shown_as_it_was_written():
    numbers = [
        (cell, there) for cell, there in cells_of(FORM) if there.data_type == "n" and cell.text
    ]

    assert numbers
    for cell, there in numbers:
        assert shown_number(there.value, there.number_format) == cell.text


def test_a_target_in_words_stays_text():
    texts = {cell.text: there for cell, there in cells_of(FORM)}

    assert texts["≥ 95 %"].data_type == "s"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "≥35",
        "007",
        "1,23",
        "1.",
        ".5",
        "35公里",
        "1234567890123456.78",
        "１２",
        "1e5",
        "--1",
    ],
)
def test_what_would_not_look_the_same_stays_text(text: str):
    assert number_shown(text) is None


@pytest.mark.parametrize("text", ["0", "-3.10", "12", "1,000", "98.5%", "100%", "1234.5"])
def test_a_number_keeps_its_looks(text: str):
    number, code = number_shown(text)

    assert shown_number(number, code) == text
