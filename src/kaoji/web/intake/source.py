"""The source beside the recognised form: its lines or rows, with the doubtful ones marked."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kaoji.core.provenance import Origin
from kaoji.documents.manuscript import Row
from kaoji.documents.read import read_manuscript
from kaoji.documents.reading import FormReading
from kaoji.records.models import Document


@dataclass(frozen=True)
class SourceLine:
    """One line of a text or one row of a table; *anchor* is what doubts link to."""

    number: int
    anchor: str
    cells: tuple[str, ...]
    doubted: bool


def anchor_of(origin: Origin) -> str:
    """The id of the line or row in which a place lies."""
    if origin.line:
        return f"line-{origin.line}"
    table = origin.table or re.sub(r"\s", "-", origin.sheet or "")
    return f"row-{table}-{origin.row or 0}"


def source_lines(
    document: Document, forms: list[FormReading], position: int
) -> list[SourceLine]:
    """The lines of one form: from its title to the title of the form below.

    A document without lines of its own (a reading in JSON, the notation) shows none.
    """
    if document.media_type in {"application/json", "text/x-kaoji-notation"}:
        return []
    rows = read_manuscript(bytes(document.content), name=document.name).rows
    index = {_row_of(row.origin): number for number, row in enumerate(rows)}
    begin = _title_of(forms[position], index) if position else 0
    end = _title_of(forms[position + 1], index) if position + 1 < len(forms) else len(rows)
    doubted = {anchor_of(doubt.origin) for doubt in forms[position].doubts}
    return [_line(row, doubted) for row in rows[begin:end]]


def _line(row: Row, doubted: set[str]) -> SourceLine:
    anchor = anchor_of(row.origin)
    number = row.origin.line or row.origin.row or 0
    return SourceLine(number, anchor, tuple(cell.text for cell in row.cells), anchor in doubted)


def _title_of(reading: FormReading, index: dict[Origin, int]) -> int:
    """The row in which the form begins: its title, right above the first of its places."""
    found = [
        index[_row_of(place)] for place in reading.places.values() if _row_of(place) in index
    ]
    return max(min(found, default=1) - 1, 0)


def _row_of(origin: Origin) -> Origin:
    return replace(origin, column=None, box=None)
