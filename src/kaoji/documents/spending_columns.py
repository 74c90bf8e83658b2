"""The columns of a treasury's sheet, under the captions that they usually have."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

from kaoji.core.width import narrow, squeeze
from kaoji.documents.entry_sheet import SheetColumn
from kaoji.documents.sheet_values import month_of_caption

MONTHS = tuple(
    SheetColumn(f"month{number}", (f"{number}月", f"{number}月执行数", f"{number}月份"))
    for number in range(1, 13)
)
COLUMNS = (
    SheetColumn("project", ("项目名称", "项目", "预算项目"), needed=True, spans=True),
    SheetColumn("unit", ("单位名称", "预算单位", "单位", "实施单位"), spans=True),
    SheetColumn(
        "month", ("月份", "支付月份", "执行月份", "支付日期", "日期", "记账日期"), spans=True
    ),
    SheetColumn(
        "amount",
        (
            "金额",
            "支付金额",
            "执行数",
            "本月执行数",
            "本月支出",
            "本月支付金额",
            "支出金额",
            "金额（元）",
            "支付金额（元）",
            "执行数（元）",
            "金额（万元）",
            "支付金额（万元）",
            "执行数（万元）",
        ),
    ),
    SheetColumn("source", ("资金来源", "来源", "资金性质"), spans=True),
    SheetColumn("voucher", ("凭证号", "支付凭证号", "支付令编号", "单据号")),
    *MONTHS,
)
_UNIT_BEHIND = re.compile(r"[(\[](?:单位:?)?(?:人民币)?[亿万千百十]*元[)\]]$")
# The field under which the unit of money is kept once somebody has said it.
MONEY_UNIT = "money_unit"


def columns_of(year: int) -> tuple[SheetColumn, ...]:
    """The columns, with amounts and those of the year's months however they are captioned."""
    alike: dict[str, Callable[[str], bool]] = {
        item.name: partial(_is_month, month=date(year, number, 1))
        for number, item in enumerate(MONTHS, start=1)
    }
    alike["amount"] = _is_amount
    return tuple(
        replace(item, alike=alike[item.name]) if item.name in alike else item
        for item in COLUMNS
    )


def _is_month(caption: str, month: date) -> bool:
    return month_of_caption(caption, month.year) == month


def _is_amount(caption: str) -> bool:
    """Is it a usual caption of amounts, with a unit of money behind it?"""
    plain = _UNIT_BEHIND.sub("", squeeze(narrow(caption)))
    return any(item.name == "amount" and plain in item.captions for item in COLUMNS)
