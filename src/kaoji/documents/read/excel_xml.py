"""Workbooks in the XML of Excel 2003, which many reporting systems export under the name .xls."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from lxml import etree

from kaoji.core.speech import say
from kaoji.documents.manuscript import Manuscript, Omission, Row
from kaoji.documents.read.grid import MOST_CELLS, Content, TooManyCells, manuscript, rows_of
from kaoji.documents.read.refusals import UnreadableDocument
from kaoji.documents.read.sheet import (
    Line,
    Merge,
    SheetParts,
    Value,
    error,
    hidden_sheet,
    no_result,
    shown,
    without_hidden,
)

_SHEET = "{urn:schemas-microsoft-com:office:spreadsheet}"
_EXCEL = "{urn:schemas-microsoft-com:office:excel}"
_MEDIA_TYPE = "application/vnd.ms-excel"
# Formats that have a name instead of a code.
_NAMED = {
    "General Number": "General",
    "Currency": "#,##0.00",
    "Euro Currency": "#,##0.00",
    "Fixed": "0.00",
    "Standard": "#,##0.00",
    "Percent": "0.00%",
    "General Date": "yyyy-mm-dd",
    "Long Date": "yyyy-mm-dd",
    "Medium Date": "yyyy-mm-dd",
    "Short Date": "yyyy-mm-dd",
}
_EDGE = 16_384


def read(content: bytes, *, name: str) -> Manuscript:
    """Read XML of Excel 2003: each visible sheet a fragment, nothing computed or fetched."""
    omissions: list[Omission] = []
    try:
        rows = list(_rows(content, omissions))
    except (UnreadableDocument, MemoryError):
        raise
    except Exception as broken:  # what is no sheet can be wrong in any way
        raise UnreadableDocument(
            say("Excel 文件不完整，无法打开；请重新另存后再试")
        ) from broken
    return manuscript(content, rows, name=name, media_type=_MEDIA_TYPE, omissions=omissions)


def _rows(content: bytes, omissions: list[Omission]) -> Iterator[Row]:
    fragment = 0
    for sheet in _sheets(content):
        if sheet.hidden:
            if sheet.grid:
                omissions.append(hidden_sheet(sheet.title))
            continue
        visible = list(without_hidden(sheet.grid, sheet.parts, sheet.title, omissions))
        yield from rows_of(visible, fragment=fragment, table=None, sheet=sheet.title)
        fragment += 1


class _Sheet:
    """A sheet as far as it was walked through."""

    def __init__(self, title: str, codes: dict[str, str]) -> None:
        self.title = title
        self.hidden = False
        self.parts = SheetParts()
        self.grid: list[Line] = []
        self._codes = codes
        self._column = 0
        self._row = 0

    def column(self, element: Any) -> None:
        """Columns that are hidden, or of no width."""
        first = _number(element, "Index", self._column + 1)
        self._column = first + _number(element, "Span", 0)
        if _is_hidden(element, "Width"):
            self.parts.hidden_columns.append((first, self._column))

    def row(self, element: Any) -> None:
        """A row; one that does not say where it stands follows the one before."""
        number = _number(element, "Index", self._row + 1)
        self._row = number + _number(element, "Span", 0)
        if _is_hidden(element, "Height"):
            self.parts.hidden_rows.add(number)
        line: dict[int, Content] = {}
        at = 0
        for cell in element.iterchildren(f"{_SHEET}Cell"):
            at = min(_number(cell, "Index", at + 1), _EDGE)
            across, down = _number(cell, "MergeAcross", 0), _number(cell, "MergeDown", 0)
            if across or down:
                self.parts.merges.append(Merge(number, at, number + down, at + across))
            content = self._content(cell, element)
            if content:
                line[at] = content
            at += across
        if line:
            self.parts.filled += len(line)
            self.grid.append((number, line))

    def _content(self, cell: Any, row: Any) -> Content:
        data = cell.find(f"{_SHEET}Data")
        if data is None or not (text := "".join(data.itertext())):
            formula = cell.get(f"{_SHEET}Formula") and (
                data is None or data.get(f"{_SHEET}Type") != "String"
            )
            return no_result() if formula else ""
        kind = data.get(f"{_SHEET}Type", "String")
        if kind == "Error":
            return error(text)
        style = cell.get(f"{_SHEET}StyleID") or row.get(f"{_SHEET}StyleID") or "Default"
        return shown(_value(text, kind), self._codes.get(style, "General"))


def _value(text: str, kind: str) -> Value:
    try:
        match kind:
            case "Number":
                return Decimal(text) if len(text) < 16 else float(text)
            case "DateTime":
                return datetime.fromisoformat(text)
            case "Boolean":
                return text.strip() in {"1", "true", "True"}
    except (ValueError, InvalidOperation):
        pass
    return text


def _sheets(content: bytes) -> Iterator[_Sheet]:
    """The sheets one after the other; no more than one row of the XML is held."""
    codes: dict[str, str] = {}
    sheet = _Sheet("", codes)
    filled = 0
    walk = etree.iterparse(
        io.BytesIO(content),
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
    )
    for event, element in walk:
        if event == "start":
            if element.tag == f"{_SHEET}Worksheet":
                sheet = _Sheet(element.get(f"{_SHEET}Name", ""), codes)
            continue
        _step(str(element.tag), element, sheet, codes)
        if filled + sheet.parts.filled > MOST_CELLS:
            raise TooManyCells
        if element.tag == f"{_SHEET}Worksheet":
            yield sheet
            filled += sheet.parts.filled


def _step(tag: str, element: Any, sheet: _Sheet, codes: dict[str, str]) -> None:
    """What an element that has ended says of its sheet."""
    if tag == f"{_SHEET}Style":
        _note_style(element, codes)
    elif tag == f"{_SHEET}Column":
        sheet.column(element)
    elif tag == f"{_SHEET}Row":
        sheet.row(element)
        element.clear()
    elif tag == f"{_EXCEL}Visible":
        sheet.hidden = (element.text or "").strip() != "SheetVisible"


def _note_style(style: Any, codes: dict[str, str]) -> None:
    parent = style.get(f"{_SHEET}Parent", "Default")
    said = style.find(f"{_SHEET}NumberFormat")
    code = None if said is None else said.get(f"{_SHEET}Format")
    codes[style.get(f"{_SHEET}ID", "")] = _NAMED.get(
        code or "", code or codes.get(parent, "General")
    )


def _number(element: Any, name: str, default: int) -> int:
    text = element.get(f"{_SHEET}{name}", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else default


def _is_hidden(element: Any, size: str) -> bool:
    hidden, extent = element.get(f"{_SHEET}Hidden"), element.get(f"{_SHEET}{size}")
    return bool(hidden == "1" or extent == "0")
