"""Forms as an Excel workbook: the official table, one form a sheet, ready for A4."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from kaoji.documents.render.cells import SheetCell
from kaoji.documents.render.sheet import Printable, Sheet, lay_out

# Equal forms give equal bytes: no clock.
_NO_TIME = datetime(2000, 1, 1)  # noqa: DTZ001 - the format knows no zone
_ROWS_ABOVE = 2
_LINE_HEIGHT = 15.0
_HIGHEST_ROW = 409.0
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_BASE: dict[str, Any] = {
    "font_name": "宋体",
    "font_size": 10.5,
    "valign": "vcenter",
    "text_wrap": True,
}
_ALIGN = {"amount": "right", "text": "left", "value": "left"}


def render_xlsx(forms: Iterable[Printable]) -> bytes:
    """Write the forms as one .xlsx. Money and points are numbers that look as they are written; all else is text:
    nothing a person wrote is computed.
    """
    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties(
            {"title": "财政项目支出绩效目标申报表", "author": "kaoji", "created": _NO_TIME}
        )
        for number, form in enumerate(forms, start=1):
            _write_form(book, form, number)
    return buffer.getvalue()


def _write_form(book: Any, form: Printable, number: int) -> None:
    sheet = lay_out(form)
    name = _NOT_IN_NAMES.sub(" ", sheet.name)[:24].strip()
    page = book.add_worksheet(f"{number} {name}".strip())
    page.set_paper(9)
    if sheet.landscape:
        page.set_landscape()
    page.fit_to_pages(1, 0)
    page.set_footer("&C&P")
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width)
    heading = sheet.repeated + _ROWS_ABOVE
    page.repeat_rows(heading, heading + sheet.headings - 1)
    last = len(sheet.widths) - 1
    title = book.add_format({**_BASE, "align": "center", "bold": True, "font_size": 16})
    page.merge_range(0, 0, 0, last, sheet.title, title)
    page.merge_range(
        1, 0, 1, last, sheet.year_line, book.add_format({**_BASE, "align": "center"})
    )
    formats: dict[tuple[str, bool, str | None], Any] = {}
    for y, height in enumerate(_heights(sheet)):
        page.set_row(y + _ROWS_ABOVE, height)
    for y, x, cell in sheet.placed():
        is_money = cell.role == "amount"
        shown = number_shown(cell.text, is_money=is_money) if cell.is_number else None
        quoted = shown is None and cell.text.startswith(_LOOKS_LIKE_FORMULA)
        kind = cell.role, quoted, shown[1] if shown else None
        if kind not in formats:
            formats[kind] = book.add_format(_format(*kind))
        _write_cell(page, y + _ROWS_ABOVE, x, cell, shown, formats[kind])


def _heights(sheet: Sheet) -> list[float]:
    """A height for each row, in points: the program does not fit rows to merged cells itself.

    Excel allows no row higher than 409 points; what is longer is cut on paper, not in the cell.
    """
    heights = [_LINE_HEIGHT] * len(sheet.rows)
    for y, x, cell in sheet.placed():
        room = sum(sheet.widths[x : x + cell.colspan])
        lines = sum(max(1, -(-_width(line) // room)) for line in cell.text.split("\n"))
        share = lines * _LINE_HEIGHT / cell.rowspan
        for row in range(y, y + cell.rowspan):
            heights[row] = min(max(heights[row], share), _HIGHEST_ROW)
    return heights


def _width(line: str) -> int:
    """In the digits by which columns are measured: a Chinese sign is two of them wide."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in line)


# What stands in such a cell is text, and stays text when somebody edits it.
_LOOKS_LIKE_FORMULA = ("=", "+", "-", "@", "\t", "\r")


# A number as people write it, with or without separators of thousands, in percent or not.
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d+)?%?")
# What a cell of Excel holds exactly.
_MOST_DIGITS, _THOUSAND = 15, 1_000


def number_shown(text: str, *, is_money: bool = False) -> tuple[float, str] | None:
    """The number that *text* is and the format under which a spreadsheet shows it as it is written; else None.

    Thousands of money are separated, also where somebody corrects what was less than a thousand.

    >>> number_shown("1,234,500.00")
    (1234500.0, '#,##0.00')
    >>> number_shown("99.5%")
    (0.995, '0.0%')
    >>> number_shown("≥95%") is None
    True
    """
    if not _NUMBER.fullmatch(text):
        return None
    plain = text.replace(",", "").removesuffix("%")
    if len(plain.lstrip("-").replace(".", "").lstrip("0")) > _MOST_DIGITS:
        return None
    places = len(plain.partition(".")[2])
    number = Decimal(plain)
    separated = "," in text or (is_money and abs(number) < _THOUSAND)
    code = ("#,##0" if separated else "0") + ("." + "0" * places if places else "")
    return (float(number / 100), f"{code}%") if text.endswith("%") else (float(number), code)


def _format(role: str, quoted: bool, code: str | None) -> dict[str, Any]:
    return {
        **_BASE,
        "border": 1,
        "align": _ALIGN.get(role, "center"),
        **({"quote_prefix": True} if quoted else {}),
        **({"num_format": code} if code else {}),
    }


def _write_cell(
    page: Any, y: int, x: int, cell: SheetCell, number: tuple[float, str] | None, style: Any
) -> None:
    if cell.rowspan > 1 or cell.colspan > 1:
        page.merge_range(y, x, y + cell.rowspan - 1, x + cell.colspan - 1, "", style)
    if number is None:
        page.write_string(y, x, cell.text, style)
    else:
        page.write_number(y, x, number[0], style)
