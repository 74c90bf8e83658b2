"""An empty spreadsheet with its captions, to be filled in and brought back."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import xlsxwriter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ROWS = 1_000
_LONGEST_LIST = 255  # Excel keeps a list in one text, its parts between commas


def empty_sheet(
    title: str, captions: Sequence[str], choices: Mapping[int, Sequence[str]]
) -> bytes:
    """A workbook of text cells; *choices* says by column, counted from 0, what may be chosen there."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet(title)
        sheet.set_column(0, len(captions) - 1, 14, book.add_format({"num_format": "@"}))
        sheet.write_row(0, 0, captions, book.add_format({"bold": True, "bottom": 1}))
        sheet.freeze_panes(1, 0)
        for column, allowed in choices.items():
            written = ",".join(allowed)
            if allowed and len(written) <= _LONGEST_LIST and written.count(",") < len(allowed):
                rule = {"validate": "list", "source": list(allowed)}
                sheet.data_validation(1, column, _ROWS, column, rule)
    return content.getvalue()
