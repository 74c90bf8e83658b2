"""The layout of a bank's files as data: encoding, lines at most, head, columns, summary, outcomes.

The common core of all banks: *a reference of ours · line · holder · account · amount · note* goes
out, *reference or line · outcome · text · day* comes back. What differs is a YAML file.
"""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from kaoji.benefits.law_reading import ClosedReader
from kaoji.benefits.payments import Outcome
from kaoji.core.speech import Sentence, say
from kaoji.standards.files import names_in, read_yaml

FIELD_TITLES = {
    "line_no": "序号",
    "account": "收款账号",
    "holder": "户名",
    "amount": "金额",
    "note": "摘要",
    "in_bank": "行内标志",
    "bank_name": "开户行",
    "clearing_number": "联行号",
    "reference": "业务参考号",
    "batch_reference": "批次参考号",
    "business_code": "业务代码",
    "mark": "汇总标志",
    "count": "笔数",
    "total": "合计金额",
    "day": "日期",
    "outcome": "结果",
    "outcome_code": "结果代码",
    "outcome_text": "结果说明",
}
_FORMS = ("text", "amount", "digits", "day", "outcome")


@dataclass(frozen=True)
class Column:
    """One field of a line. *most* and *width* count bytes in the file's encoding; *value* is fixed."""

    field: str
    form: str
    most: int | None = None
    width: int | None = None
    value: str | None = None
    optional: bool = False

    @property
    def said(self) -> Sentence:
        """What people call the field."""
        return say(FIELD_TITLES[self.field])


@dataclass(frozen=True)
class FileLayout:
    """One kind of file of a bank; *separator* is None where columns have a fixed width."""

    title: str
    encoding: str
    separator: str | None
    lines_most: int
    head: tuple[Column, ...]
    columns: tuple[Column, ...]
    tail: tuple[Column, ...]
    outcomes: Mapping[str, Outcome]


@dataclass(frozen=True)
class BankLayout:
    """The two files of one bank: what we send, what comes back."""

    name: str
    title: str
    source: str
    status: str
    upload: FileLayout
    answer: FileLayout


@cache
def bank_layouts() -> Mapping[str, BankLayout]:
    """Every layout on record by its name. Raises UnusableLaw when a file has a fault."""
    files = {
        path.removeprefix("banks/").removesuffix(".yaml"): path for path in names_in("banks")
    }
    return {name: read_layout(name, read_yaml(path), file=path) for name, path in files.items()}


def read_layout(name: str, data: object, *, file: str) -> BankLayout:
    """Make a layout of what a YAML file holds; anything unknown is an error."""
    reader = ClosedReader(file)
    head = reader.mapping(data, file)
    reader.known(head, _HEAD, required=_HEAD)
    title = str(head["title"])
    return BankLayout(
        name,
        title,
        str(head["source"]),
        str(head["status"]),
        _file(reader, head["upload"], "upload", title),
        _file(reader, head["return"], "return", title),
    )


_HEAD = ("title", "source", "status", "upload", "return")
_FILE = ("encoding", "form", "lines_most", "head", "columns", "tail")
_COLUMN = ("field", "form", "most", "width", "value", "optional")


def _file(reader: ClosedReader, data: object, key: str, title: str) -> FileLayout:
    entry = reader.mapping(data, key)
    outcomes = entry.get("outcomes", {})
    needed = (*_FILE, "outcomes") if key == "return" else _FILE
    reader.known(entry, (*_FILE, "separator", "outcomes"), required=needed)
    fixed = entry["form"] == "fixed"
    if not fixed and not entry.get("separator"):
        raise reader.fault(say("“{key}”没有 separator，请补上，或写 form: fixed", key=key))
    try:
        codecs.lookup(entry["encoding"])
        known = {str(code): Outcome(outcome) for code, outcome in outcomes.items()}
    except (LookupError, ValueError) as unknown:
        raise reader.fault(
            say("“{key}”不能是“{value}”：{why}", key=key, value=key, why=unknown)
        ) from unknown
    head, columns, tail = (
        tuple(_column(reader, part, fixed=fixed) for part in entry[name])
        for name in ("head", "columns", "tail")
    )
    return FileLayout(
        title=title,
        encoding=str(entry["encoding"]),
        separator=None if fixed else str(entry["separator"]),
        lines_most=int(entry["lines_most"]),
        head=head,
        columns=columns,
        tail=tail,
        outcomes=known,
    )


def _column(reader: ClosedReader, data: object, *, fixed: bool) -> Column:
    entry: Mapping[str, Any] = reader.mapping(data, "columns")
    needed = ("field", "form", "width") if fixed else ("field", "form")
    reader.known(entry, _COLUMN, required=needed)
    reader.known({entry["field"]: None}, FIELD_TITLES, required=())
    reader.known({entry["form"]: None}, _FORMS, required=())
    return Column(**entry)
