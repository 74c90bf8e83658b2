"""The treasury's sheet as people make it: units above the table, merged projects, months of every writing."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from kaoji.documents.read import read_manuscript
from kaoji.documents.sheet_values import month_in, sheet_money, units_named
from kaoji.documents.spending_sheet import MONEY_UNIT, SpendingSheet, read_spendings

HEAD = ("项目名称", "支付日期", "支付金额（元）")


def book(*rows: Sequence[Any], title: str = "Sheet", change: Any = None) -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    if change:
        change(sheet)
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def read(content: bytes, **columns: str) -> SpendingSheet:
    manuscript = read_manuscript(content, name="国库.xlsx")
    return read_spendings(
        manuscript.rows, year=2023, columns=columns, omissions=manuscript.omissions
    )


def amounts(sheet: SpendingSheet) -> list[tuple[str, Decimal]]:
    assert not sheet.refusals, [str(item) for item in sheet.refusals]
    return [(f"{line.month:%m}", line.amount) for line in sheet.lines]


def refused(sheet: SpendingSheet) -> str:
    return "；".join(str(item) for item in sheet.refusals)


@pytest.mark.parametrize(
    "told",
    [
        [("单位：万元",)],
        [("2023年预算执行表",), ("", "", "金额单位:万元")],
        [("（单位：人民币万元）",)],
    ],
)
def test_a_unit_above_the_table_holds_for_its_amounts(told):
    sheet = read(book(*told, ("项目名称", "支付日期", "支付金额"), ("甲", "2023-03-05", 1.25)))

    assert amounts(sheet) == [("03", Decimal(12_500))]


def test_a_unit_in_the_name_of_the_sheet_holds():
    rows = ("项目名称", "月份", "金额"), ("甲", "3月", 1.25)

    assert amounts(read(book(*rows, title="支出(万元)"))) == [("03", Decimal(12_500))]


def test_a_unit_that_only_the_number_format_shows_holds():
    def shown_in_ten_thousands(sheet: Any) -> None:
        sheet["C2"].number_format = '0.00"万元"'

    rows = ("项目名称", "月份", "金额"), ("甲", "3月", 1.25)

    assert amounts(read(book(*rows, change=shown_in_ten_thousands))) == [
        ("03", Decimal(12_500))
    ]


def test_where_nothing_tells_the_unit_somebody_is_asked_and_the_answer_holds():
    content = book(("项目名称", "月份", "金额"), ("甲", "3月", 1.25))

    assert "没有写金额单位" in refused(read(content))
    assert amounts(read(content, **{MONEY_UNIT: "万元"})) == [("03", Decimal(12_500))]


def test_two_units_that_contradict_each_other_are_refused():
    content = book(("单位：万元",), HEAD, ("甲", "2023-03-05", 1.25))

    assert "几种金额单位" in refused(read(content))


def test_a_unit_nobody_knows_is_refused():
    content = book(("单位：百元",), ("项目名称", "月份", "金额"), ("甲", "3月", 1))

    assert "百元" in refused(read(content))


def test_a_formula_without_a_stored_result_is_no_blank():
    content = book(("单位：元",), ("项目名称", "1月", "2月"), ("甲", 100, "=B3*2"))

    assert "第 3 行“2月”：单元格是公式，文件里没有存下计算结果" in refused(read(content))


@pytest.mark.parametrize("value", ["#N/A", "#REF!", True])
def test_an_error_or_a_truth_value_is_no_amount(value):
    def put(sheet: Any) -> None:
        sheet["C2"] = value
        sheet["C2"].data_type = "b" if value is True else "e"

    sheet = read(book(HEAD, ("甲", "2023-03-05", 1), change=put))

    assert "第 2 行“金额”" in refused(sheet)


def test_a_merged_project_holds_for_all_its_rows_and_a_merged_amount_for_none():
    def merge(cells: str) -> Any:
        return lambda sheet: sheet.merge_cells(cells)

    rows = HEAD, ("甲", "2023-03-05", 1), (None, "2023-04-05", 2), (None, "2023-05-05", 3)
    assert amounts(read(book(*rows, change=merge("A2:A4")))) == [
        ("03", Decimal(1)), ("04", Decimal(2)), ("05", Decimal(3)),
    ]  # fmt: skip

    rows = HEAD, ("甲", "2023-03-05", 1), ("乙", "2023-04-05", None)
    assert "第 3 行：没有写金额" in refused(read(book(*rows, change=merge("C2:C3"))))


@pytest.mark.parametrize(
    ("written", "month"),
    [
        (202303, 3), ("202304", 4), ("2023年6月", 6), ("六月", 6), ("十二月份", 12), ("3", 3),
        ("2023-6", 6), ("2023.6", 6), ("6月份", 6), (date(2023, 5, 9), 5), ("２０２３０７", 7),
    ],
)  # fmt: skip
def test_a_month_is_read_as_people_write_it(written, month):
    sheet = read(book(HEAD, ("甲", written, 1)))

    assert [line.month for line in sheet.lines] == [date(2023, month, 1)], refused(sheet)


@pytest.mark.parametrize("written", ["202313", "13月", "1-3月", "一季度", "上半年", "0月"])
def test_what_is_no_month_is_refused(written):
    assert "第 2 行" in refused(read(book(HEAD, ("甲", written, 1))))


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("(500.00)", -500), ("（500）", -500), ("500.00-", -500), ("¥1,250.50", Decimal("1250.5")),
        ("1，250", 1250), ("2万元", 20_000), ("1.25E+3", 1250), ("-3", -3),
    ],
)  # fmt: skip
def test_an_amount_is_read_as_people_write_it(written, amount):
    assert amounts(read(book(HEAD, ("甲", "3月", written)))) == [("03", Decimal(amount))]


@pytest.mark.parametrize(
    "written", ["1.250,50", "12,34", "1_000", "Infinity", "1e99", "约5", "--5"]
)
def test_what_is_no_amount_is_refused(written):
    assert "第 2 行" in refused(read(book(HEAD, ("甲", "3月", written))))


def test_a_repeated_heading_is_passed_over_and_told():
    sheet = read(book(HEAD, ("甲", "3月", 1), HEAD, ("甲", "4月", 2)))

    assert amounts(sheet) == [("03", Decimal(1)), ("04", Decimal(2))]
    assert "第 3 行是重复的表头" in [str(item) for item in sheet.left_out]


def test_a_second_table_with_other_columns_is_refused():
    other = ("支付日期", "项目名称", "支付金额（元）")

    assert "又是一个表头" in refused(
        read(book(HEAD, ("甲", "3月", 1), other, ("4月", "甲", 2)))
    )


def test_hidden_rows_are_left_out_and_told():
    def hide(sheet: Any) -> None:
        sheet.row_dimensions[3].hidden = True

    sheet = read(book(HEAD, ("甲", "3月", 1), ("甲", "4月", 2), change=hide))

    assert amounts(sheet) == [("03", Decimal(1))]
    assert "第 3 行是隐藏或被筛选掉的" in str(sheet.left_out[0])


def test_a_sum_that_was_never_computed_is_told_not_compared():
    sheet = read(book(HEAD, ("甲", "3月", 1), ("合计", None, "=SUM(C2:C2)")))

    assert amounts(sheet) == [("03", Decimal(1))]
    assert "没有核对" in str(sheet.left_out[0])


def test_money_units_and_months_of_single_cells():
    assert units_named("单位：万元、个") == ["万元"]
    assert units_named("支付金额（千元）") == ["千元"]
    assert units_named("单位名称") == []
    assert sheet_money("人民币1.5亿元").unit == "亿元"  # type: ignore[union-attr]
    assert month_in("2022年13月", 2023) is None
