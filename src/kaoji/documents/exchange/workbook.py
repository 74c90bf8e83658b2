"""The workbook: a sheet for each table, and before them what is unverified and what is missing."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from kaoji.core.speech import Sentence, say
from kaoji.documents.exchange.rows import HEAD, Sheet
from kaoji.documents.exchange.values import Cell
from kaoji.standards.exchange import SEEN, Exchange

# The same records give the same bytes, whenever they are asked for.
_NO_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)
_WIDEST = 48
Speak = Callable[[Sentence | str], str]


def workbook(sheets: Sequence[Sheet], exchange: Exchange, *, speak: Speak) -> bytes:
    """As .xlsx: numbers as numbers, codes as text, no text as a formula. What is said is in the language of *speak*."""
    content = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(content, options) as book:
        book.set_properties({"created": _NO_MOMENT})
        style = book.add_format({"bold": True, "bottom": 1})
        _filled(book, speak(say("说明")), _notes(exchange, speak), style)
        _filled(book, speak(say("要补的")), _missing(sheets, speak), style)
        for sheet in sheets:
            head = [
                tuple(column.name for column in sheet.table.columns),
                tuple(
                    _caption(column.title, column.status, speak)
                    for column in sheet.table.columns
                ),
            ]
            _filled(book, sheet.table.name, [*head, *sheet.rows], style, head=HEAD)
    return content.getvalue()


def _caption(title: str, status: str, speak: Speak) -> str:
    return title if status == SEEN else speak(say("{title}（未核实）", title=title))


def _notes(exchange: Exchange, speak: Speak) -> list[tuple[Cell, ...]]:
    """Whence the columns are known, which of them and of the codes nobody saw, and what is left out."""
    rows: list[tuple[Cell, ...]] = [
        (speak(say("交换表")), exchange.id, exchange.source),
        (speak(say("行的次序")), "", speak(_ORDER)),
    ]
    for table in exchange.tables:
        unseen = "、".join(item.name for item in table.columns if item.status != SEEN)
        told = speak(say("未核实的列：{columns}", columns=unseen)) if unseen else ""
        rows.append((table.name, table.title, told))
    for name, codes in exchange.codes.items():
        for ours, code in codes.items():
            seen = "" if code.status == SEEN else speak(say("未核实"))
            rows.append((name, f"{ours} → {code.code}", seen))
    rows += [(name, speak(say("没有导出")), why) for name, why in exchange.left_out]
    return rows


_ORDER = say(
    "按年度、单位、项目；PM_SELF_EVAL_INDICATOR 每个项目的行，与自评的那一版年度指标次序相同"
)


def _missing(sheets: Iterable[Sheet], speak: Speak) -> list[tuple[Cell, ...]]:
    heads = (say("表"), say("行"), say("项目"), say("列"), say("列的名称"), say("为什么"))
    rows: list[tuple[Cell, ...]] = [tuple(map(speak, heads))]
    for sheet in sheets:
        for item in sheet.remarks:
            row = item.row if item.row is not None else speak(say("整列"))
            why = speak(item.why) if isinstance(item.why, Sentence) else item.why
            rows.append(
                (item.table, row, item.project, item.column.name, item.column.title, why)
            )
    return rows


def _filled(
    book: Any, name: str, rows: Sequence[Sequence[Cell]], style: Any, *, head: int = 1
) -> None:
    sheet = book.add_worksheet(name)
    widths: dict[int, int] = {}
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            _write(sheet, number, column, cell, style if number < head else None)
            widths[column] = max(widths.get(column, 0), _width(cell))
    for column, width in widths.items():
        sheet.set_column(column, column, min(width + 2, _WIDEST))
    sheet.freeze_panes(head, 0)


def _write(sheet: Any, row: int, column: int, cell: Cell, style: Any) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, Decimal | int):
        sheet.write_number(
            row, column, float(cell) if isinstance(cell, Decimal) else cell, style
        )
    else:
        sheet.write_string(row, column, cell, style)


def _width(cell: Cell) -> int:
    """About how many letters wide: a Chinese sign is two."""
    return sum(2 if ord(sign) > 0x2E80 else 1 for sign in str(cell if cell is not None else ""))
