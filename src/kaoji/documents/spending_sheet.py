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

from kaoji.core.money import YUAN_PER_UNIT
from kaoji.core.speech import Sentence, say
from kaoji.documents.ledger import (
    Ledger,
    LedgerField,
    Refused,
    day_in,
    read_ledger,
)
from kaoji.documents.manuscript import Omission, Row
from kaoji.documents.sheet_values import (
    month_in,
    names_several_months,
    sheet_money,
    units_named,
)

_MONTHS = tuple(
    LedgerField(f"month{number}", (f"{number}月", f"{number}月执行数", f"{number}月份"))
    for number in range(1, 13)
)
COLUMNS = (
    LedgerField("project", ("项目名称", "项目", "预算项目"), needed=True, spans=True),
    LedgerField("unit", ("单位名称", "预算单位", "单位", "实施单位"), spans=True),
    LedgerField(
        "month", ("月份", "支付月份", "执行月份", "支付日期", "日期", "记账日期"), spans=True
    ),
    LedgerField(
        "amount",
        (
            "金额",
            "支付金额",
            "执行数",
            "本月执行数",
            "支出金额",
            "金额（元）",
            "支付金额（元）",
            "执行数（元）",
            "金额（万元）",
            "支付金额（万元）",
            "执行数（万元）",
        ),
    ),
    LedgerField("source", ("资金来源", "来源", "资金性质"), spans=True),
    LedgerField("voucher", ("凭证号", "支付凭证号", "支付令编号", "单据号")),
    *_MONTHS,
)
# The field under which the unit of money is kept once somebody has said it.
MONEY_UNIT = "money_unit"
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

    ledger: Ledger
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
    ledger = read_ledger(rows, COLUMNS, columns=settled)
    refusals = list(ledger.refusals)
    units = _Units(ledger, said)
    lines: list[SpendingLine] = []
    vouchers: dict[str, int] = {}
    for number, texts in ledger.lines:
        try:
            _require_new_voucher(texts.get("voucher", ""), number, vouchers)
            lines += _lines(number, texts, year, units)
        except Refused as refusal:
            refusals.append(say("第 {line} 行：{why}", line=number, why=refusal.sentence))
    if ledger.columns and not _tells_money(ledger):
        refusals.append(say("没有认出金额列；请指定“金额”，或写成 1月、2月……各一列"))
    refusals += units.refusals
    left_out = [item.told for item in omissions] + list(ledger.left_out)
    stated, unstated = _stated(ledger, units)
    left_out += unstated
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
        ledger, tuple(lines), stated, tuple(refusals), units.whole, tuple(left_out)
    )


class _Units:
    """In what a sheet counts money: told by the cell, by the caption, around the table, or said."""

    def __init__(self, ledger: Ledger, said: str | None) -> None:
        self._by_field = {
            name: units_named(caption) for name, caption in ledger.columns.items()
        }
        self._around = {unit for text in ledger.around for unit in units_named(text)}
        self._said = said if said in YUAN_PER_UNIT else None
        self.refusals: list[Sentence] = []

    @property
    def whole(self) -> str | None:
        """The one unit told around the table or by its captions, else the one that was said."""
        told = set(self._around)
        for named in self._by_field.values():
            told.update(named)
        known = told & YUAN_PER_UNIT.keys()
        return known.pop() if len(known) == 1 else None if told else self._said

    def yuan(self, name: str, text: str, title: str) -> Decimal:
        """An amount in yuan. Raises Refused for what is no amount; asks once where no unit is known."""
        money = sheet_money(text)
        if money is None:
            raise Refused(say("“{title}”“{text}”不是数", title=title, text=text))
        if not money.number:
            return Decimal(0)
        amount = money.number * YUAN_PER_UNIT[money.unit or self._of(name, title)]
        if amount != round(amount, 2):
            raise Refused(
                say("“{title}”“{text}”折成元后多于两位小数；请核对", title=title, text=text)
            )
        return amount

    def _of(self, name: str, title: str) -> str:
        named = set(self._by_field.get(name, ()))
        told = named | self._around
        if len(named) == 1 and named == told:
            return self._known(named.pop(), title)
        if len(told) > 1:
            self._refuse(
                say("表上写了几种金额单位：{units}；请只留一种", units="、".join(sorted(told)))
            )
            return "元"
        if told:
            return self._known(told.pop(), title)
        if self._said is None:
            self._refuse(say("表上没有写金额单位；请在下面选择“金额单位”（元、万元……）"))
        return self._said or "元"

    def _known(self, unit: str, title: str) -> str:
        if unit in YUAN_PER_UNIT:
            return unit
        self._refuse(
            say("不认识“{title}”的金额单位“{unit}”；请改成元或万元", title=title, unit=unit)
        )
        return "元"

    def _refuse(self, sentence: Sentence) -> None:
        if sentence not in self.refusals:
            self.refusals.append(sentence)


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
    number: int, texts: Mapping[str, str], year: int, units: _Units
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
    for at, item in enumerate(_MONTHS, start=1):
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


def _stated(ledger: Ledger, units: _Units) -> tuple[Decimal | None, list[Sentence]]:
    """What the last row of sums says, over amount or months; a sum that cannot be read is told."""
    if not ledger.sums:
        return None, []
    number, texts = ledger.sums[-1]
    names = ["amount"] if texts.get("amount") else [item.name for item in _MONTHS]
    found = [(name, texts[name]) for name in names if texts.get(name)]
    try:
        amounts = [units.yuan(name, text, ledger.columns[name]) for name, text in found]
    except Refused:
        unread = "、".join(text for _, text in found)
        told = say("第 {line} 行的合计“{text}”读不出，没有核对", line=number, text=unread)
        return None, [told]
    return (sum(amounts, Decimal(0)) if amounts else None), []
