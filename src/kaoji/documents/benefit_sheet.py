"""A spreadsheet of people: who gets a benefit, who died, who moved away, who is entitled by somebody else's word.

    姓名, 身份证号, 街镇, 起发月份, 收款账号        and, by programme, 残疾等级, 类别 …
    身份证号, 日期                                 of deaths and of those who moved away
    身份证号, 出生日期                             of those whose birth was told wrong
    身份证号                                       of those entitled

No sentence quotes an identity number or an account.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kaoji.benefits.identity import birth_in, normalised, numbered, veiled
from kaoji.benefits.kinds import Kind, UnusableFact, Value
from kaoji.benefits.months import Month, UnreadableMonth, first_day, read_month
from kaoji.core.period import UnreadableDate, read_date
from kaoji.core.speech import Sentence, say
from kaoji.core.width import narrow, squeeze
from kaoji.documents.entry_sheet import EntrySheet, Refused, SheetColumn, read_entries
from kaoji.documents.manuscript import Row

_ID = SheetColumn("id_number", ("身份证号", "证件号码", "公民身份号码", "身份证"), needed=True)
_RECEIVED = SheetColumn("received_on", ("收到日期", "收件日期"), spans=True)
_ON = SheetColumn("on", ("日期", "死亡日期", "火化日期", "迁出日期"), needed=True, spans=True)
_BIRTH = SheetColumn("birth", ("出生日期", "出生年月"), needed=True)
_NAME = SheetColumn("name", ("姓名", "人员姓名"), needed=True)
_OF_GRANTS = (
    _NAME,
    _ID,
    SheetColumn("birth", ("出生日期", "出生年月")),
    SheetColumn("town", ("街镇", "街道", "乡镇"), needed=True, spans=True),
    SheetColumn("start", ("起发月份", "享受起月", "起始月份"), spans=True),
    SheetColumn("asked_on", ("申请日期",), spans=True),
    SheetColumn("decided_on", ("决定日期", "审批日期"), spans=True),
    _RECEIVED,
    SheetColumn("account", ("收款账号", "账号", "银行账号", "卡号")),
    SheetColumn("holder", ("户名", "账户户名")),
    SheetColumn("payee", ("收款人", "收款人类别")),
    SheetColumn("bank", ("开户行", "开户银行"), spans=True),
)
PAYEES = {"本人": "self", "监护人": "guardian", "代领人": "carer", "机构": "institution"}
_SHORTEST, _LONGEST_ACCOUNT, _LONGEST = 8, 32, 60
_EARLIEST = date(1900, 1, 1)


@dataclass(frozen=True)
class BenefitLine:
    """One person of a list; blanks are None or empty. *facts* are the programme's own, by kind."""

    line: int
    id_number: str
    name: str = ""
    birth: date | None = None
    town: str = ""
    start: Month | None = None
    asked_on: date | None = None
    decided_on: date | None = None
    received_on: date | None = None
    account: str = ""
    holder: str = ""
    payee: str = "self"
    bank: str = ""
    on: date | None = None
    facts: Mapping[str, Value] | None = None


def columns_for(kind: str, facts: Sequence[Kind] = ()) -> tuple[SheetColumn, ...]:
    """The columns of a list of that kind; *facts* are what the programme asks besides."""
    if kind == "grants":
        return (*_OF_GRANTS, *(SheetColumn(item.name, (item.title,)) for item in facts))
    named = SheetColumn("name", _NAME.captions)
    if kind == "entitled":
        return (_ID, named)
    if kind == "births":
        return (_ID, named, _BIRTH, _RECEIVED)
    return (_ID, named, _ON, _RECEIVED)


def read_benefits(
    rows: Iterable[Row], kind: str, *, facts: Sequence[Kind] = ()
) -> tuple[EntrySheet, list[BenefitLine], list[Sentence]]:
    """The sheet, its lines, and what of it cannot be taken."""
    columns = columns_for(kind, facts)
    # A list of those entitled may be one column of numbers.
    entries = read_entries(rows, columns, least=min(2, sum(each.needed for each in columns)))
    lines, refusals = [], list(entries.refusals)
    for number, texts in entries.lines:
        try:
            lines.append(_line(number, texts, facts))
        except Refused as refusal:
            refusals.append(say("第 {line} 行：{why}", line=number, why=refusal.sentence))
    return entries, lines, refusals


def _line(number: int, texts: Mapping[str, str], facts: Sequence[Kind]) -> BenefitLine:
    id_number = _id_number(texts["id_number"])
    return BenefitLine(
        number,
        id_number,
        name=_short(texts.get("name", ""), "姓名"),
        birth=_birth(texts.get("birth", "")) or birth_in(id_number),
        town=texts.get("town", ""),
        start=_month(texts.get("start", "")),
        asked_on=_day(texts.get("asked_on", ""), "申请日期"),
        decided_on=_day(texts.get("decided_on", ""), "决定日期"),
        received_on=_day(texts.get("received_on", ""), "收到日期"),
        account=_account(texts.get("account", "")),
        holder=_short(texts.get("holder", ""), "户名"),
        payee=_payee(texts.get("payee", "")),
        bank=_short(texts.get("bank", ""), "开户行"),
        on=_day(texts["on"], "日期") if "on" in texts else None,
        facts={k.name: _value(k, texts[k.name]) for k in facts if texts.get(k.name)},
    )


def _id_number(text: str) -> str:
    """A number whose last sign is wrong is taken, and doubted: some real ones are."""
    plain = normalised(text)
    if not numbered(plain):
        raise Refused(
            say("“身份证号”应为 18 位或 15 位，这里是 {count} 位；请核对证件", count=len(plain))
        )
    if birth_in(plain) is None:
        raise Refused(say("“身份证号”中间的出生日期不存在，请核对证件"))
    return plain


def _account(text: str) -> str:
    plain = squeeze(narrow(text))
    if plain and not (
        plain.isascii() and plain.isdigit() and _SHORTEST <= len(plain) <= _LONGEST_ACCOUNT
    ):
        raise Refused(
            say(
                "“收款账号”应为 {least} 到 {most} 位数字，这里是 {count} 位；请按文本格式填写",
                least=_SHORTEST,
                most=_LONGEST_ACCOUNT,
                count=len(plain),
            )
        )
    return plain


def _payee(text: str) -> str:
    if text and text not in PAYEES:
        known = "、".join(PAYEES)
        raise Refused(
            say("“收款人”“{text}”请写其中之一：{known}", text=veiled(text), known=known)
        )
    return PAYEES[text or "本人"]


def _short(text: str, title: str) -> str:
    if len(text) > _LONGEST:
        raise Refused(say("“{title}”超过 {most} 字，请缩短", title=title, most=_LONGEST))
    return text


def _day(text: str, title: str) -> date | None:
    if not text:
        return None
    try:
        day = read_date(text)
    except UnreadableDate:
        day = None
    if day is None or day < _EARLIEST:
        raise Refused(
            say(
                "“{title}”“{text}”不是日期；请写成 2023-07-15",
                title=title,
                text=veiled(text),
            )
        ) from None
    return day


def _birth(text: str) -> date | None:
    """A day, or a month (出生年月): no more than the month of it is kept."""
    try:
        return _day(text, "出生日期")
    except Refused:
        try:
            month = first_day(read_month(text))
        except UnreadableMonth:
            month = None
        if month is None or month < _EARLIEST:
            raise
        return month


def _month(text: str) -> Month | None:
    if not text:
        return None
    try:
        return read_month(text)
    except UnreadableMonth:
        raise Refused(
            say("“起发月份”“{text}”不是月份；请写成 2023-07", text=veiled(text))
        ) from None


def _value(kind: Kind, text: str) -> Value:
    try:
        return kind.read(veiled(text))
    except UnusableFact as unusable:
        raise Refused(unusable.sentence) from unusable
