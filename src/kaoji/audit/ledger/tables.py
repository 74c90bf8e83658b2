"""The tables of a ledger export: what a row of each holds, and how a cell is written.

A person is a number of ours and the keyed hash of their identity number; no name, number or account is told.
What holds one stands in `sealed_rows` by its hash, so that the digests which the log vouches for can be made
again. Sums are fen, months are numbers (`benefits/months.py`; a request's months are `24283:7500 24284:7500`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple, get_type_hints
from zoneinfo import ZoneInfo

from kaoji.core.speech import Sentence, say

VERSION = "ledger/1"
# The days of the log are those of the office.
HERE = ZoneInfo("Asia/Shanghai")
Months = tuple[tuple[int, int], ...]


class UnreadableExport(ValueError):
    """The file is no ledger export."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        super().__init__(str(sentence))


class Person(NamedTuple):
    """Somebody by the number that rows have for them."""

    person: int
    id_hash: str


class FactRow(NamedTuple):
    """One statement; known since its list was received."""

    number: int
    list: int
    person: int
    programme: str
    kind: str
    value: str
    since: date
    until: date | None
    asked_on: date | None
    decided_on: date | None
    received_on: date | None


class Listed(NamedTuple):
    """Who stands on a list of those entitled."""

    list: int
    id_hash: str
    on: date | None
    received_on: date | None


class SealedRow(NamedTuple):
    """A row that holds what nobody outside may see; of an account its key, of whom it speaks where they are told."""

    list: int
    kind: str
    person: int | None
    key: int | None
    hash: str


class ItemRow(NamedTuple):
    """One difference that a run found."""

    run: int
    person: int
    month: int
    fen: int
    kind: str
    change: str
    town: int
    due_on: date


class LeftOutRow(NamedTuple):
    """An item that its run did not grant."""

    run: int
    person: int
    month: int
    why: str


class DoubtRow(NamedTuple):
    """What a check found; its sentence as template and values."""

    run: int
    check: str
    effect: str
    person: int | None
    month: int | None
    sentence: str


class DecisionRow(NamedTuple):
    """How a doubt was settled; the reason is told by the hash of the row that holds it."""

    id: int
    run: int
    computation: int
    check: str
    person: int | None
    settlement: str
    made_at: str
    made_by: int
    hash: str


class RequestRow(NamedTuple):
    """What a person is to get of a run, to which account of ours."""

    run: int
    person: int
    account: int
    fen: int
    months: Months


class TryRow(NamedTuple):
    """A line of a file for the bank."""

    file: int
    line: int
    reference: str
    number: int
    account: int
    fen: int
    payment: int
    payment_run: int
    person: int
    payment_fen: int
    months: Months
    key: int


class AnswerRow(NamedTuple):
    """What the bank said of a line; its words by their hash."""

    file: int
    line: int
    reference: str
    outcome: str
    on: date
    fen: int
    words: str


class PlaceRow(NamedTuple):
    """What an office or a town is called."""

    place: int
    name: str


Row = (
    Person | FactRow | Listed | SealedRow | ItemRow | LeftOutRow | DoubtRow | DecisionRow
    | RequestRow | TryRow | AnswerRow | PlaceRow
)  # fmt: skip

TABLES: Mapping[str, type[Row]] = {
    "people": Person,
    "facts": FactRow,
    "listed": Listed,
    "sealed_rows": SealedRow,
    "items": ItemRow,
    "left_out": LeftOutRow,
    "doubts": DoubtRow,
    "decisions": DecisionRow,
    "requests": RequestRow,
    "tries": TryRow,
    "answers": AnswerRow,
    "places": PlaceRow,
}
# Rows that events vouch for one by one, as the log calls their tables.
VOUCHED = (
    "benefit_lists", "benefit_runs", "benefit_confirmations", "benefit_duties", "benefit_files",
    "benefit_returns", "benefit_movements", "benefit_tallies", "benefit_overpayments",
    "benefit_overpayment_decisions", "benefit_regained", "benefit_refusals",
    "benefit_refusal_reports",
)  # fmt: skip
DECISIONS = "benefit_decisions"

TITLES = {
    "account": "账户登记号", "asked_on": "申请日期", "change": "变化", "check": "检查", "computation": "第几次计算",
    "decided_on": "决定日期", "due_on": "应到账日", "effect": "作用", "fen": "金额（分）",
    "file": "文件", "hash": "散列", "id": "编号", "id_hash": "证号校验值", "key": "登记号",
    "kind": "类别", "line": "行", "list": "名单", "made_at": "时间", "made_by": "经手人",
    "month": "月份", "months": "各月", "name": "名称", "number": "序号", "on": "日期",
    "outcome": "结果", "payment": "支付", "payment_fen": "支付金额（分）", "payment_run": "支付的批次",
    "person": "人员", "place": "机构", "programme": "项目", "received_on": "收到日期",
    "reference": "业务参考号", "run": "批次", "sentence": "所见", "settlement": "决定",
    "since": "自", "town": "街镇", "until": "至", "value": "值", "why": "原因", "words": "说明的散列",
}  # fmt: skip


def csv_of(table: str, rows: Iterable[tuple[Any, ...]]) -> Iterator[bytes]:
    """A table as CSV, piece by piece."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(TABLES[table]._fields)
    for row in rows:
        writer.writerow(map(_written, row))
        if out.tell() > 1 << 16:
            yield _taken(out)
    yield _taken(out)


def _taken(out: io.StringIO) -> bytes:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text.encode()


def _written(value: Any) -> str:
    if isinstance(value, tuple | list):
        return " ".join(f"{month}:{fen}" for month, fen in value)
    return "" if value is None else str(value)


def rows_of(table: str, content: bytes) -> list[Any]:
    """The rows of a CSV table. Raises UnreadableExport at the first cell that cannot be read."""
    lines = csv.reader(io.StringIO(content.decode("utf-8"), newline=""))
    made = TABLES[table]
    if tuple(next(lines, ())) != made._fields:
        raise UnreadableExport(
            say("{table}.csv 的表头不是 {fields}", table=table, fields="、".join(made._fields))
        )
    readers = [_READERS[kind] for kind in get_type_hints(made).values()]
    return [
        made(*_cells(table, number, cells, readers))
        for number, cells in enumerate(lines, start=2)
    ]


def _cells(
    table: str, number: int, cells: list[str], readers: list[Callable[[str], Any]]
) -> Iterator[Any]:
    if len(cells) != len(readers):
        raise UnreadableExport(
            say(
                "{table}.csv 第 {line} 行有 {count} 列，应为 {expected} 列",
                table=table,
                line=number,
                count=len(cells),
                expected=len(readers),
            )
        )
    for name, read, cell in zip(TABLES[table]._fields, readers, cells, strict=True):
        try:
            yield read(cell)
        except ValueError as flaw:
            raise UnreadableExport(
                say(
                    "{table}.csv 第 {line} 行的“{column}”写着“{cell}”，读不懂",
                    table=table,
                    line=number,
                    column=name,
                    cell=cell,
                )
            ) from flaw


def _months(cell: str) -> Months:
    parts = (part.split(":") for part in cell.split())
    return tuple((int(month), int(fen)) for month, fen in parts)


def _or_none(read: Callable[[str], Any]) -> Callable[[str], Any]:
    return lambda cell: read(cell) if cell else None


_READERS: Mapping[Any, Callable[[str], Any]] = {
    int: int,
    str: str,
    date: date.fromisoformat,
    int | None: _or_none(int),
    date | None: _or_none(date.fromisoformat),
    Months: _months,
}
