"""What stands in a treasury's sheet beside the entries: no money in it is passed over in silence.

A column that looks like spending and has no place is refused; sums over months are compared; anything
else that was not taken is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Protocol

from kaoji.core.speech import Sentence, say
from kaoji.core.width import narrow, squeeze
from kaoji.documents.entry_sheet import EntrySheet, Refused, Unread
from kaoji.documents.money_units import MoneyUnits
from kaoji.documents.sheet_values import month_of_caption, names_several_months, sheet_money
from kaoji.documents.spending_columns import MONTHS

_SUM_OF_THE_ROW = re.compile(r"合计|总计|小计")
_OTHER_MONEY = re.compile(
    r"预算|年初|指标|下达|余额|结余|可用|率|比例|进度|累计|全年|上年|结转"
)
_SPENT = re.compile(r"支出|支付|执行|拨付|发生|金额")
_SUBTOTAL = re.compile(r"小计")


class Entered(Protocol):
    """A line that was taken."""

    @property
    def line(self) -> int:
        """Its number."""

    @property
    def amount(self) -> Decimal:
        """In yuan."""


def beside(
    column: Unread, entries: EntrySheet, units: MoneyUnits, year: int
) -> tuple[list[Sentence], list[Sentence]]:
    """What stands against taking the sheet for a column of no field, and what is told of it."""
    caption = squeeze(narrow(column.caption))
    month = month_of_caption(caption, year)
    if month is not None and month.year != year:
        aside = say("“{caption}”不是 {year} 年的，没有导入", caption=column.caption, year=year)
        return [], [aside]
    if _SUM_OF_THE_ROW.search(caption) and _by_month(entries):
        return list(_against_sums(column, entries, units)), []
    is_spent = month is not None or _looks_spent(caption) or names_several_months(caption)
    if _is_money(column) and is_spent and not _OTHER_MONEY.search(caption):
        refusal = say(
            "“{caption}”这一列像是支出（{count} 格，例如“{first}”），没有认出是哪一栏；"
            "请改写列名、合并重复的列，或从表里删去",
            caption=column.caption,
            count=len(column.cells),
            first=column.cells[0][1],
        )
        return [refusal], []
    return [], [column.told]


def amount_beside_months(entries: EntrySheet, units: MoneyUnits) -> Iterator[Sentence]:
    """What stands against a sheet with a column of amounts and columns of months: which of them counts?"""
    if not _by_month(entries) or "amount" not in entries.columns:
        return
    caption = entries.columns["amount"]
    if "month" in entries.columns:
        yield say(
            "表里既有“{month}”和“{amount}”列，又有各月的列；请只留一种",
            month=entries.columns["month"],
            amount=caption,
        )
        return
    cells = tuple((n, texts["amount"]) for n, texts in entries.lines if texts.get("amount"))
    yield from _against_sums(Unread(caption, cells), entries, units)


def subtotals(
    entries: EntrySheet, lines: Sequence[Entered], units: MoneyUnits
) -> Iterator[Sentence]:
    """Sums between the entries that are not what the entries above them come to."""
    begun = 0
    for number, texts in entries.sums:
        above = [line.amount for line in lines if begun < line.line < number]
        try:
            stated = stated_in(texts, entries, units)
        except Refused:
            stated = None
        if is_subtotal(texts) and stated is not None and stated != sum(above, Decimal(0)):
            yield say(
                "第 {line} 行的小计 {stated} 元，与上面各行相加的 {whole} 元不符",
                line=number,
                stated=f"{stated:,.2f}",
                whole=f"{sum(above, Decimal(0)):,.2f}",
            )
        begun = number


def is_subtotal(texts: Mapping[str, str]) -> bool:
    """Does a row of sums speak of a part only?"""
    return any(_SUBTOTAL.search(text) for text in texts.values())


def stated_in(
    texts: Mapping[str, str], entries: EntrySheet, units: MoneyUnits
) -> Decimal | None:
    """What a row of sums says, over the amount or the months. Raises Refused where it cannot be read."""
    names = ["amount"] if texts.get("amount") else _by_month(entries)
    amounts = [
        units.yuan(name, texts[name], entries.columns[name])
        for name in names
        if texts.get(name)
    ]
    return sum(amounts, Decimal(0)) if amounts else None


def _by_month(entries: EntrySheet) -> list[str]:
    return [item.name for item in MONTHS if item.name in entries.columns]


def _is_money(column: Unread) -> bool:
    return any(sheet_money(text) is not None for _, text in column.cells)


def _looks_spent(caption: str) -> bool:
    return _SPENT.search(caption) is not None


def _against_sums(column: Unread, entries: EntrySheet, units: MoneyUnits) -> Iterator[Sentence]:
    lines = dict(entries.lines)
    months = _by_month(entries)
    for number, text in column.cells:
        given = [(name, lines[number][name]) for name in months if lines[number].get(name)]
        try:
            stated = units.yuan(months[0], text, column.caption)
            amounts = [units.yuan(name, said, entries.columns[name]) for name, said in given]
        except Refused:
            continue  # a month that cannot be read is refused where it stands
        whole = sum(amounts, Decimal(0))
        if stated != whole:
            yield say(
                "第 {line} 行：“{caption}”写 {stated} 元，各月相加 {whole} 元；请核对",
                line=number,
                caption=column.caption,
                stated=f"{stated:,.2f}",
                whole=f"{whole:,.2f}",
            )
