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
from kaoji.documents.spending_columns import MONEY_UNIT
from kaoji.documents.spending_sheet import SpendingSheet, read_spendings

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


def by_month(*captions: str, row: Sequence[Any], head: str = "单位：元") -> SpendingSheet:
    return read(book((head,), ("项目名称", *captions), ("甲", *row)))


@pytest.mark.parametrize(
    "caption",
    [
        "五月",
        "5月",
        "5 月",
        "五月份",
        "2023年5月",
        "2023-05",
        "5月支出",
        "5月执行数（元）",
        "5月实际支付金额",
    ],
)
def test_a_month_is_found_under_every_usual_caption(caption):
    sheet = by_month("4月", caption, row=(20_000, 12_345))

    assert amounts(sheet) == [("04", Decimal(20_000)), ("05", Decimal(12_345))]


def test_a_caption_of_the_last_sheet_does_not_hide_that_of_this_one():
    """What is remembered of a place holds where the sheet has it, and blocks nothing where it has not."""
    rows = ("项目名称", "五月（元）"), ("甲", 12_345)

    sheet = read(book(*rows), project="项目", month5="5月")

    assert amounts(sheet) == [("05", Decimal(12_345))]


def test_the_months_of_another_year_are_left_out_and_told():
    sheet = by_month("4月", "2022年8月", row=(20_000, 12_345))

    assert amounts(sheet) == [("04", Decimal(20_000))]
    assert [str(item) for item in sheet.left_out] == ["“2022年8月”不是 2023 年的，没有导入"]


@pytest.mark.parametrize(
    ("captions", "refused_column"),
    [
        (("8月", "8月"), "8月"),
        (("8月", "8月份"), "8月份"),
        (("8月", "三季度"), "三季度"),
        (("8月", "其他支出"), "其他支出"),
    ],
)
def test_money_that_has_no_place_is_never_passed_over(captions, refused_column):
    sheet = by_month(*captions, row=(100, 1_000))

    assert f"“{refused_column}”这一列像是支出" in refused(sheet)


def test_a_second_column_of_amounts_is_refused():
    rows = (*HEAD, "支付金额"), ("甲", "2023-03-05", 5, 7)

    assert "“支付金额（元）”这一列像是支出" in refused(read(book(*rows)))


def test_an_amount_beside_months_is_their_sum_or_refused():
    right = by_month("8月", "9月", "执行数", row=(100, 1_000, 1_100))
    wrong = by_month("8月", "执行数", row=(100, 1_000))
    dated = by_month("月份", "8月", "执行数", row=("8月", 100, 100))

    assert [amount for _, amount in amounts(right)] == [Decimal(100), Decimal(1_000)]
    assert "“执行数”写 1,000.00 元，各月相加 100.00 元" in refused(wrong)
    assert "既有“月份”和“执行数”列，又有各月的列" in refused(dated)


def test_the_sum_of_a_row_is_compared_with_its_months():
    right = by_month("4月", "5月", "合计", row=(100, 1_000, 1_100))
    wrong = by_month("4月", "5月", "合计", row=(100, 1_000, 9_000))

    assert amounts(right) == [("04", Decimal(100)), ("05", Decimal(1_000))]
    assert "“合计”写 9,000.00 元，各月相加 1,100.00 元" in refused(wrong)


def test_other_columns_are_told_and_do_not_stand_in_the_way():
    sheet = by_month("年初预算", "4月", "执行率", "备注", row=(1_000, 100, "10%", "略"))

    assert amounts(sheet) == [("04", Decimal(100))]
    assert [str(item)[:6] for item in sheet.left_out] == [
        "“年初预算”",
        "“执行率”这",
        "“备注”这一",
    ]


def test_what_was_spent_in_all_so_far_stands_beside_the_month_and_is_told():
    rows = ("项目名称", "月份", "本月执行数（元）", "累计执行数（元）"), ("甲", "3月", 5, 12)
    sheet = read(book(*rows))

    assert amounts(sheet) == [("03", Decimal(5))]
    assert [str(item)[:9] for item in sheet.left_out] == ["“累计执行数（元）"]


def test_a_wrong_subtotal_and_a_row_without_money_are_told():
    rows = (
        ("单位：元",), ("项目名称", "4月"), ("甲", 100), ("乙", 200), ("小计", 999),
        ("丙", 300), ("小计", 300), ("合计", 600), ("注：9月份数字为万元", None),
    )  # fmt: skip

    sheet = read(book(*rows))

    assert sheet.total == Decimal(600)
    assert [str(item) for item in sheet.left_out] == [
        "第 9 行“注：9月份数字为万元”没有金额，没有导入",
        "第 5 行的小计 999.00 元，与上面各行相加的 300.00 元不符",
    ]


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
