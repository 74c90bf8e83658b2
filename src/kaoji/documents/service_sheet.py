"""A spreadsheet of service records: trainings, visits, payments, one row each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kaoji.core.speech import Sentence, say
from kaoji.documents.entry_sheet import (
    EntrySheet,
    Refused,
    SheetColumn,
    amount_in,
    day_in,
    read_entries,
)
from kaoji.documents.manuscript import Row
from kaoji.measuring.ways.service_records import SERVICE_NAMES

COLUMNS = (
    SheetColumn("project", ("项目名称", "项目"), spans=True),
    SheetColumn("kind", ("种类", "类型", "记录种类"), needed=True, spans=True),
    SheetColumn("on", ("日期", "时间", "办理日期", "开展日期"), needed=True, spans=True),
    SheetColumn("subject", ("事项", "内容", "主题", "名称"), needed=True),
    SheetColumn("place", ("地点", "街镇", "场所"), spans=True),
    SheetColumn("people", ("人数", "实到人数", "参加人数", "人次")),
    SheetColumn("expected", ("应到", "应到人数", "应享人数")),
    SheetColumn("quantity", ("数量", "金额", "时长")),
    SheetColumn("unit", ("单位", "计量单位"), spans=True),
    SheetColumn("due_on", ("期限", "应办日期", "截止日期")),
    SheetColumn("passed", ("合格", "是否合格", "验收")),
    SheetColumn("note", ("备注", "说明")),
)
_KINDS = {name: kind for kind, name in SERVICE_NAMES.items()}
_YES, _NO = {"是", "合格", "通过", "√", "1"}, {"否", "不合格", "未通过", "×", "0"}


@dataclass(frozen=True)
class ServiceLine:
    """One row as written; *project* is blank where the sheet is of one project."""

    line: int
    project: str
    kind: str
    on: date
    subject: str
    place: str
    people: int | None
    expected: int | None
    quantity: Decimal | None
    unit: str
    due_on: date | None
    passed: bool | None
    note: str


def read_services(
    rows: Iterable[Row], *, columns: Mapping[str, str] | None = None
) -> tuple[EntrySheet, list[ServiceLine], list[Sentence]]:
    """The sheet, its lines, and what of it cannot be taken."""
    entries = read_entries(rows, COLUMNS, columns=columns)
    lines, refusals = [], list(entries.refusals)
    for number, texts in entries.lines:
        try:
            lines.append(_line(number, texts))
        except Refused as refusal:
            refusals.append(say("第 {line} 行：{why}", line=number, why=refusal.sentence))
    return entries, lines, refusals


def _line(number: int, texts: Mapping[str, str]) -> ServiceLine:
    kind = texts["kind"]
    if kind not in _KINDS:
        known = "、".join(_KINDS)
        raise Refused(say("没有“{kind}”这种记录；可以写 {known}", kind=kind, known=known))
    quantity = texts.get("quantity", "")
    due_on = texts.get("due_on", "")
    return ServiceLine(
        number,
        texts.get("project", ""),
        _KINDS[kind],
        day_in(texts["on"]),
        texts["subject"],
        texts.get("place", ""),
        _whole(texts.get("people", ""), "人数"),
        _whole(texts.get("expected", ""), "应到"),
        amount_in(quantity, "数量") if quantity else None,
        texts.get("unit", ""),
        day_in(due_on) if due_on else None,
        _yes_or_no(texts.get("passed", "")),
        texts.get("note", ""),
    )


def _whole(text: str, title: str) -> int | None:
    if not text:
        return None
    number = amount_in(text.removesuffix("人次").removesuffix("人"), title)
    if number != int(number):
        raise Refused(say("“{title}”“{text}”不是整数", title=title, text=text))
    return int(number)


def _yes_or_no(text: str) -> bool | None:
    if not text:
        return None
    if text not in _YES | _NO:
        raise Refused(say("“合格”“{text}”请写是或否", text=text))
    return text in _YES
