"""Cells by the mapping, and every cell that stays empty or may not fit, with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kaoji.core.speech import Sentence, say
from kaoji.documents.exchange.entry import Entry, Period
from kaoji.documents.exchange.lines import Line, lines
from kaoji.documents.exchange.values import CODED, VALUES, Cell, code_of
from kaoji.standards.exchange import Column, Exchange, Table

# Names and captions stand above the rows.
HEAD = 2
_EXACT_DIGITS = 15


@dataclass(frozen=True)
class Remark:
    """What somebody has to see to: of one cell, or, without a *row*, of a whole column. Rows count as in the sheet."""

    table: str
    row: int | None
    project: str
    column: Column
    why: Sentence | str


@dataclass(frozen=True)
class Sheet:
    """One table of theirs, filled."""

    table: Table
    rows: tuple[tuple[Cell, ...], ...]
    remarks: tuple[Remark, ...]


def sheets(
    entries: Sequence[Entry], periods: Sequence[Period], exchange: Exchange
) -> Iterator[Sheet]:
    """Every table, in the order of the mapping."""
    for table in exchange.tables:
        found = list(lines(table.rows, entries, periods))
        remarks = list(_of_columns(table)) if found else []
        rows = []
        for number, line in enumerate(found, start=HEAD + 1):
            cells = [_cell(line, column, exchange) for column in table.columns]
            rows.append(tuple(value for value, _ in cells))
            for column, (_, why) in zip(table.columns, cells, strict=True):
                if why is not None:
                    remarks.append(Remark(table.name, number, _project(line), column, why))
        yield Sheet(table, tuple(rows), tuple(remarks))


def _of_columns(table: Table) -> Iterator[Remark]:
    """The columns for which we have nothing."""
    for column in table.columns:
        if not column.source:
            yield Remark(table.name, None, "", column, column.why)


def _project(line: Line) -> str:
    return (line.entry.form.project_name or "") if line.entry else ""


def _cell(line: Line, column: Column, exchange: Exchange) -> tuple[Cell, Sentence | None]:
    """The value and what is to be said of it."""
    if not column.source:
        return None, None
    if column.source in CODED:
        code, word = code_of(line, column.source, exchange)
        if code is None and word:
            return None, say("“{word}”没有对应的代码", word=word)
        return code, None if code else _blank()
    value = VALUES[column.source](line)
    if value is None or value == "":
        return None, _blank()
    if column.is_code:
        value = str(value)
    if isinstance(value, str) and column.most is not None and len(value) > column.most:
        return value, say("超过 {most} 字，平台存不下；请缩短", most=column.most)
    if isinstance(value, Decimal) and len(value.normalize().as_tuple().digits) > _EXACT_DIGITS:
        return f"{value:f}", say("超过 {most} 位，表格软件存不准，按文字写", most=_EXACT_DIGITS)
    return value, None


def _blank() -> Sentence:
    return say("考绩里没有填")
