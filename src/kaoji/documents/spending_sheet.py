"""The treasury's spreadsheet of what was spent: a row for each payment, or a column for each month.

Rows that add others up (合计) are not taken but compared: what the sheet says in all must be
what its rows come to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kaoji.core.speech import Sentence, say
from kaoji.core.width import narrow
from kaoji.documents.ledger import (
    Ledger,
    LedgerField,
    Refused,
    amount_in,
    day_in,
    number_in_cell,
    read_ledger,
)
from kaoji.documents.manuscript import Row

_MONTHS = tuple(
    LedgerField(f"month{number}", (f"{number}月", f"{number}月执行数", f"{number}月份"))
    for number in range(1, 13)
)
COLUMNS = (
    LedgerField("project", ("项目名称", "项目", "预算项目"), needed=True),
    LedgerField("unit", ("单位名称", "预算单位", "单位", "实施单位")),
    LedgerField("month", ("月份", "支付月份", "执行月份", "支付日期", "日期", "记账日期")),
    LedgerField(
        "amount",
        (
            "金额",
            "支付金额",
            "执行数",
            "本月执行数",
            "支出金额",
            "金额（元）",
            "金额（万元）",
            "支付金额（万元）",
            "执行数（万元）",
        ),
    ),
    LedgerField("source", ("资金来源", "来源", "资金性质")),
    LedgerField("voucher", ("凭证号", "支付凭证号", "支付令编号", "单据号")),
    *_MONTHS,
)
_UNITS = (("亿元", 100_000_000), ("百万元", 1_000_000), ("万元", 10_000), ("千元", 1_000))
_SOURCES = (
    ("carryover", ("结转",)),
    ("other", ("其他", "单位资金", "自筹")),
    ("fiscal", ("财政", "一般公共预算", "政府性基金", "当年")),
)
_MONTH = re.compile(r"(?:(\d{4})[年\-/.])?(\d{1,2})月?$")


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
    """The lines of a sheet and what it states in all; *refusals* name what cannot be taken."""

    ledger: Ledger
    lines: tuple[SpendingLine, ...]
    stated_total: Decimal | None
    refusals: tuple[Sentence, ...]

    @property
    def total(self) -> Decimal:
        """What the lines come to."""
        return sum((line.amount for line in self.lines), Decimal(0))


def read_spendings(
    rows: Iterable[Row], *, year: int, columns: Mapping[str, str] | None = None
) -> SpendingSheet:
    """Read the sheet of a year; a month without a year is of *year*."""
    ledger = read_ledger(rows, COLUMNS, columns=columns)
    refusals = list(ledger.refusals)
    lines: list[SpendingLine] = []
    vouchers: dict[str, int] = {}
    units = {name: _yuan_of(caption) for name, caption in ledger.columns.items()}
    for number, texts in ledger.lines:
        try:
            _require_new_voucher(texts.get("voucher", ""), number, vouchers)
            lines += _lines(number, texts, year, units)
        except Refused as refusal:
            refusals.append(say("第 {line} 行：{why}", line=number, why=refusal.sentence))
    if not ledger.refusals and not _tells_money(ledger):
        refusals.append(say("没有认出金额列；请指定“金额”，或写成 1月、2月……各一列"))
    stated = _stated(ledger)
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
    return SpendingSheet(ledger, tuple(lines), stated, tuple(refusals))


def _tells_money(ledger: Ledger) -> bool:
    by_month = any(item.name in ledger.columns for item in _MONTHS)
    return by_month or {"month", "amount"} <= set(ledger.columns)


def _require_new_voucher(voucher: str, line: int, known: dict[str, int]) -> None:
    if not voucher:
        return
    if voucher in known:
        raise Refused(
            say("凭证号“{number}”与第 {line} 行重复", number=voucher, line=known[voucher])
        )
    known[voucher] = line


def _lines(
    number: int, texts: Mapping[str, str], year: int, units: Mapping[str, int]
) -> Iterable[SpendingLine]:
    project, unit = texts.get("project", ""), texts.get("unit", "")
    if not project:
        raise Refused(say("没有写项目名称"))
    source = _source(texts.get("source", ""))
    if "amount" in texts and texts.get("month"):
        month = _month(texts["month"], year)
        amount = _yuan(texts["amount"], "金额", units["amount"])
        yield SpendingLine(number, project, unit, month, amount, source)
        return
    if "amount" in texts and "month" in texts:
        raise Refused(say("没有写月份"))
    for at, item in enumerate(_MONTHS, start=1):
        text = texts.get(item.name, "")
        if text:
            amount = _yuan(text, f"{at}月", units[item.name])
            yield SpendingLine(number, project, unit, date(year, at, 1), amount, source)


def _yuan_of(caption: str) -> int:
    """How many yuan one of the column is: its caption says 万元, 千元, 百万元 or 亿元."""
    plain = narrow(caption)
    return next((yuan for word, yuan in _UNITS if word in plain), 1)


def _yuan(text: str, title: str, unit: int) -> Decimal:
    amount = amount_in(text, title) * unit
    if amount != round(amount, 2):
        raise Refused(
            say("“{title}”“{text}”折成元后多于两位小数；请核对", title=title, text=text)
        )
    return amount


def _month(text: str, year: int) -> date:
    found = _MONTH.match(narrow(text).strip())
    if found and 1 <= int(found[2]) <= 12:
        return date(int(found[1] or year), int(found[2]), 1)
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


def _stated(ledger: Ledger) -> Decimal | None:
    """What the last row of sums says, over amount or months; None where there is none."""
    if not ledger.sums:
        return None
    _, texts = ledger.sums[-1]
    names = ["amount"] if texts.get("amount") else [item.name for item in _MONTHS]
    found = [
        (number_in_cell(texts[name]), _yuan_of(ledger.columns[name]))
        for name in names
        if texts.get(name)
    ]
    if not found:
        return None
    return sum((number * unit for number, unit in found if number is not None), Decimal(0))
