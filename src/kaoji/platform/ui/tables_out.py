"""A table as a file that a spreadsheet opens: CSV or Excel, numbers as numbers, texts never as formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.http import Http404, HttpResponse

from kaoji.platform.ui.files_out import as_file

KINDS = ("csv", "xlsx")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def table_file(
    kind: str, title: str, head: Sequence[str], rows: Iterable[Sequence[Any]]
) -> HttpResponse:
    """The table under its *head*, called *title*, as `csv` or `xlsx`; 404 for another kind."""
    if kind == "csv":
        text = io.StringIO()
        lines = csv.writer(text)
        lines.writerow(head)
        lines.writerows([safe(cell) for cell in row] for row in rows)
        return as_file("\ufeff" + text.getvalue(), f"{title}.csv", "text/csv; charset=utf-8")
    if kind == "xlsx":
        return as_file(_workbook(title, head, rows), f"{title}.xlsx", _XLSX)
    raise Http404


def safe(cell: Any) -> Any:
    """A text that a spreadsheet does not take for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _workbook(title: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(
        content, {"strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet(
            "".join(sign for sign in title if sign not in "[]:*?/\\")[:31]
        )
        money = book.add_format({"num_format": "#,##0.00"})
        sheet.write_row(0, 0, head, book.add_format({"bold": True, "bottom": 1}))
        sheet.freeze_panes(1, 0)
        widths = [_width(caption) for caption in head]
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                widths[column] = max(widths[column], _width(cell))
                _write(sheet, number, column, cell, money)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, min(width + 2, 48))
        sheet.autofilter(0, 0, max(sheet.dim_rowmax or 0, 1), len(head) - 1)
    return content.getvalue()


def _write(sheet: Any, row: int, column: int, cell: Any, money: Any) -> None:
    if isinstance(cell, Decimal):
        sheet.write_number(row, column, float(cell), money)
    elif isinstance(cell, int | float) and not isinstance(cell, bool):
        sheet.write_number(row, column, cell)
    elif cell is not None:
        sheet.write_string(
            row, column, cell.isoformat() if isinstance(cell, date) else str(cell)
        )


def _width(cell: Any) -> int:
    """About how many letters wide: a Chinese sign is two."""
    return sum(2 if ord(sign) > 0x2E80 else 1 for sign in str(cell if cell is not None else ""))
