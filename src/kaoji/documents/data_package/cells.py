"""How a value is written: in a cell of a CSV file, and in JSON.

>>> cell(None), cell(True), cell(date(2023, 6, 1)), cell(Decimal("1E+2"))
('', 'true', '2023-06-01', '100')
>>> cell("=90%", free=True), cell("'90", free=True), cell("=")
("'=90%", "''90", '=')
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from kaoji.core.money import Money
from kaoji.documents.data_package.published import Cell, Row
from kaoji.documents.data_package.tables import YUAN, Table

# A spreadsheet takes what begins so for a formula. One sign more before each is taken off again without a doubt.
_GUARDED = ("=", "+", "-", "@", "\t", "\r", "'")


def cell(value: Cell, *, unit: str = "", free: bool = False) -> str:
    """The value as text; what is *free* to begin as it likes gets an apostrophe where it looks like a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(Money(value)) if unit == YUAN else f"{value:f}"
    text = str(value)
    return f"'{text}" if free and text.startswith(_GUARDED) else text


def line(table: Table, row: Row) -> list[str]:
    """The cells of a row in the order of the columns."""
    return [cell(row[it.name], unit=it.unit, free=it.is_free) for it in table.columns]


def as_json(table: Table, row: Row) -> dict[str, Any]:
    """The row as JSON knows it: amounts and numbers as decimal strings, days as 2023-06-01."""
    return {
        it.name: cell(value, unit=it.unit) if isinstance(value, Decimal | date) else value
        for it in table.columns
        for value in (row[it.name],)
    }
