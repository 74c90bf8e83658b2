"""Excel workbooks: each sheet a fragment, its cells as they are shown, merged ones blank."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import openpyxl
from openpyxl.cell.cell import MergedCell

from kaoji.core.speech import say
from kaoji.documents.manuscript import Manuscript, Row
from kaoji.documents.read.grid import (
    MOST_CELLS,
    TooManyCells,
    manuscript,
    rows_of,
)
from kaoji.documents.read.refusals import UnreadableDocument

_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def read(content: bytes, *, name: str) -> Manuscript:
    """Read an .xlsx: values only, no formula is computed and no link followed."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(content), data_only=True, keep_links=False)
        rows = list(_rows(book))
    except UnreadableDocument:
        raise
    except Exception as broken:  # a broken file fails anywhere inside the library
        raise UnreadableDocument(
            say("Excel 文件不完整，无法打开；请重新另存后再试")
        ) from broken
    return manuscript(content, rows, name=name, media_type=_MEDIA_TYPE)


def _rows(book: Any) -> Iterator[Row]:
    for fragment, sheet in enumerate(book.worksheets):
        if sheet.sheet_state != "visible":
            continue
        width = sheet.max_column or 0
        if width * (sheet.max_row or 0) > MOST_CELLS:
            raise TooManyCells
        grid = (
            [None if isinstance(cell, MergedCell) else _shown(cell) for cell in row]
            for row in sheet.iter_rows(max_col=width or None)
        )
        yield from rows_of(grid, fragment=fragment, table=None, sheet=sheet.title)


def _shown(cell: Any) -> str:
    """A cell's value as the sheet shows it: days without hours, percentages as percentages."""
    value = cell.value
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value)
    if isinstance(value, datetime | date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float):
        if "%" in (cell.number_format or ""):
            return f"{round(value * 100, 8):g}%"
        return f"{round(value, 8):.8f}".rstrip("0").rstrip(".")
    return str(value)
