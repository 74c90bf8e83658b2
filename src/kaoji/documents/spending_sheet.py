"""The treasury's spreadsheet of what was spent: a row for each payment, or a column for each month.

Rows that add others up (合计) are not taken but compared: what the sheet says in all must be
what its rows come to. The unit of money is taken from wherever a person would see it – the cell,
the caption, a line above the table, the sheet's name; where nothing tells it, somebody is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from kaoji.core.speech import Sentence, say
from kaoji.documents.entry_sheet import (
    EntrySheet,
    Refused,
    day_in,
    read_entries,
)
from kaoji.documents.manuscript import Omission, Row
from kaoji.documents.money_units import MoneyUnits
from kaoji.documents.sheet_values import month_in, names_several_months
from kaoji.documents.spending_checks import (
    amount_beside_months,
    beside,
    is_subtotal,
    stated_in,
    subtotals,
)
from kaoji.documents.spending_columns import MONEY_UNIT, MONTHS, columns_of

_MONEY = {"amount", *(item.name for item in MONTHS)}
_SOURCES = (
    ("carryover", ("结转",)),
    ("other", ("其他", "单位资金", "自筹")),
    ("fiscal", ("财政", "一般公共预算", "政府性基金", "当年")),
)


@dataclass(frozen=True)
class SpendingLine:
    """What a row says: project, unit where it is told, the month, the amount in yuan, the source."""

    line: int
    project: str
    unit: str
    month: date
    amount: Decimal
    source: str


@dataclass(frozen=True)
class SpendingSheet:
    """The lines of a sheet and what it states in all; *refusals* name what cannot be taken.

    *unit* is the unit of money that holds where a cell names none; None while nobody knows it.
    *left_out* is what the sheet holds and was not taken: hidden rows, repeated headings.
    """

    entries: EntrySheet
    lines: tuple[SpendingLine, ...]
    stated_total: Decimal | None
    refusals: tuple[Sentence, ...]
    unit: str | None = None
    left_out: tuple[Sentence, ...] = field(default=())

    @property
    def total(self) -> Decimal:
        """What the lines come to."""
        return sum((line.amount for line in self.lines), Decimal(0))


def read_spendings(
    rows: Iterable[Row],
    *,
    year: int,
    columns: Mapping[str, str] | None = None,
    omissions: Iterable[Omission] = (),
) -> SpendingSheet:
    """Read the sheet of a year; a month without a year is of *year*.

    *columns* says by field under which caption it stands, and as MONEY_UNIT in what it counts
    where the sheet does not tell.
    """
    settled = dict(columns or {})
    said = settled.pop(MONEY_UNIT, None)
    entries = read_entries(rows, columns_of(year), columns=settled)
    refusals = list(entries.refusals)
    units = MoneyUnits(entries, said)
    lines: list[SpendingLine] = []
    vouchers: dict[str, int] = {}
    without_money: list[Sentence] = []
    for number, texts in entries.lines:
        try:
            _require_new_voucher(texts.get("voucher", ""), number, vouchers)
            read = list(_lines(number, texts, year, units))
            lines += read
            if not read:
                without_money.append(_without_money(number, texts))
        except Refused as refusal:
            refusals.append(say("第 {line} 行：{why}", line=number, why=refusal.sentence))
    if entries.columns and not _tells_money(entries):
        refusals.append(say("没有认出金额列；请指定“金额”，或写成 1月、2月……各一列"))
    refusals += units.refusals
    left_out = [item.told for item in omissions] + list(entries.left_out) + without_money
    stated, unstated = _stated(entries, units)
    left_out += unstated
    for column in entries.unread:
        against, aside = beside(column, entries, units, year)
        refusals += against
        left_out += aside
    refusals += amount_beside_months(entries, units)
    left_out += subtotals(entries, lines, units)
    whole = sum((line.amount for line in lines), Decimal(0))
    if stated is not None and not refusals and stated != whole:
        refusals.append(
            say(
                "表上合计 {stated} 元，各行相加 {whole} 元，相差 {difference} 元；请核对",
                stated=f"{stated:,.2f}",
                whole=f"{whole:,.2f}",
                difference=f"{stated - whole:,.2f}",
            )
        )
    return SpendingSheet(
        entries, tuple(lines), stated, tuple(refusals), units.whole, tuple(left_out)
    )


def _without_money(number: int, texts: Mapping[str, str]) -> Sentence:
    said = next((text for text in texts.values() if text), "")
    return say("第 {line} 行“{text}”没有金额，没有导入", line=number, text=said[:40])


def _tells_money(entries: EntrySheet) -> bool:
    by_month = any(item.name in entries.columns for item in MONTHS)
    return by_month or {"month", "amount"} <= set(entries.columns)


def _require_new_voucher(voucher: str, line: int, known: dict[str, int]) -> None:
    if not voucher:
        return
    if voucher in known:
        raise Refused(
            say("凭证号“{number}”与第 {line} 行重复", number=voucher, line=known[voucher])
        )
    known[voucher] = line


def _lines(
    number: int, texts: Mapping[str, str], year: int, units: MoneyUnits
) -> Iterator[SpendingLine]:
    project, unit = texts.get("project", ""), texts.get("unit", "")
    if not project:
        raise Refused(say("没有写项目名称"))
    source = _source(texts.get("source", ""))
    if "amount" in texts and texts.get("month"):
        month = _month(texts["month"], year)
        if not texts["amount"]:
            raise Refused(say("没有写金额"))
        amount = units.yuan("amount", texts["amount"], "金额")
        yield SpendingLine(number, project, unit, month, amount, source)
        return
    if "amount" in texts and "month" in texts:
        raise Refused(say("没有写月份"))
    for at, item in enumerate(MONTHS, start=1):
        text = texts.get(item.name, "")
        if text:
            amount = units.yuan(item.name, text, f"{at}月")
            yield SpendingLine(number, project, unit, date(year, at, 1), amount, source)


def _month(text: str, year: int) -> date:
    month = month_in(text, year)
    if month is not None:
        return month
    if names_several_months(text):
        raise Refused(say("“{text}”不是一个月；请按月分开填写", text=text))
    return day_in(text).replace(day=1)


def _source(text: str) -> str:
    if not text:
        return ""
    for source, words in _SOURCES:
        if any(word in text for word in words):
            return source
    raise Refused(
        say("没有“{source}”这种资金来源；请写财政拨款、结转资金或其他资金", source=text)
    )


def _stated(entries: EntrySheet, units: MoneyUnits) -> tuple[Decimal | None, list[Sentence]]:
    """What the last row of sums says of all; a sum that cannot be read is told."""
    whole = [row for row in entries.sums if len(entries.sums) == 1 or not is_subtotal(row[1])]
    if not whole:
        return None, []
    number, texts = whole[-1]
    try:
        return stated_in(texts, entries, units), []
    except Refused:
        unread = "、".join(text for name, text in texts.items() if text and name in _MONEY)
        told = say("第 {line} 行的合计“{text}”读不出，没有核对", line=number, text=unread)
        return None, [told]
