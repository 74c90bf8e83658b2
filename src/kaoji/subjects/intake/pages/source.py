"""The source beside the recognised form: its lines and cells with marks, or pictures of its pages with boxes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from kaoji.core.provenance import Origin
from kaoji.documents.manuscript import Row
from kaoji.documents.reading import FormReading
from kaoji.documents.rows_json import rows_from_data
from kaoji.subjects.intake.models import Intake
from kaoji.subjects.intake.pages.marks import (
    Mark,
    Places,
    marked,
    values_by_place,
    without_column,
)

_LARGEST_NUMBER = 1_000


@dataclass(frozen=True)
class SourceLine:
    """One line of a text or one row of a table; *anchor* is what doubts link to.

    Each cell in pieces: what became a value, and what did not.
    """

    number: int
    anchor: str
    cells: tuple[tuple[Mark, ...], ...]
    doubted: bool


@dataclass(frozen=True)
class SourceBox:
    """A cell on the picture of a page, in thousandths of its width and height."""

    anchor: str
    left: int
    top: int
    width: int
    height: int
    doubted: bool


@dataclass(frozen=True)
class SourcePage:
    """A page and the cells on it from which a value was read."""

    number: int
    boxes: tuple[SourceBox, ...]


@dataclass(frozen=True)
class SourceView:
    """What is shown: pages where the document has pictures of them, lines otherwise."""

    lines: tuple[SourceLine, ...] = ()
    pages: tuple[SourcePage, ...] = ()


def anchor_of(origin: Origin) -> str:
    """The id of the line, row or box in which a place lies."""
    if origin.box:
        left, top, *_ = (round(share * 10_000) for share in origin.box)
        return f"at-{origin.page or 1}-{left}-{top}"
    if origin.line:
        return f"line-{origin.line}"
    table = origin.table or re.sub(r"\s", "-", origin.sheet or "")
    return f"row-{table}-{origin.row or 0}"


def view_source(intake: Intake, forms: list[FormReading], position: int) -> SourceView:
    """The source of one form: from its title to the title of the form below.

    A document without lines of its own (a reading in JSON, the notation) shows none.
    """
    if any(place.box for place in _places(forms[position])):
        return SourceView(pages=tuple(_pages(forms[position])))
    if intake.rows is None:
        return SourceView()
    rows = rows_from_data(intake.rows).rows
    index = {_row_of(row.origin): number for number, row in enumerate(rows)}
    begin = _title_of(forms[position], index) if position else 0
    end = _title_of(forms[position + 1], index) if position + 1 < len(forms) else len(rows)
    doubted = {anchor_of(doubt.origin) for doubt in forms[position].doubts}
    values = values_by_place(forms[position])
    return SourceView(lines=tuple(_line(row, doubted, values) for row in rows[begin:end]))


def _places(form: FormReading) -> list[Origin]:
    return [*form.places.values(), *(doubt.origin for doubt in form.doubts)]


def _pages(form: FormReading) -> Iterable[SourcePage]:
    """Every page between the first and the last place of the form."""
    doubted = {anchor_of(doubt.origin) for doubt in form.doubts}
    by_page: dict[int, dict[str, SourceBox]] = {}
    for place in _places(form):
        if place.box:
            box = _box(place.box, anchor_of(place), doubted)
            by_page.setdefault(place.page or 1, {})[box.anchor] = box
    for number in range(min(by_page), max(by_page) + 1):
        yield SourcePage(number, tuple(by_page.get(number, {}).values()))


def _box(box: tuple[float, float, float, float], anchor: str, doubted: set[str]) -> SourceBox:
    left, top, right, bottom = (round(share * _LARGEST_NUMBER) for share in box)
    return SourceBox(anchor, left, top, right - left, bottom - top, anchor in doubted)


def _line(row: Row, doubted: set[str], values: Places) -> SourceLine:
    anchor, place = anchor_of(row.origin), without_column(row.origin)
    number = row.origin.line or row.origin.row or 0
    cells = (marked(c.text, values.get((place, c.origin.column), ())) for c in row.cells)
    return SourceLine(number, anchor, tuple(cells), anchor in doubted)


def _title_of(reading: FormReading, index: dict[Origin, int]) -> int:
    """The row in which the form begins: its title, right above the first of its places."""
    found = [
        index[_row_of(place)] for place in reading.places.values() if _row_of(place) in index
    ]
    return max(min(found, default=1) - 1, 0)


def _row_of(origin: Origin) -> Origin:
    return replace(origin, column=None, box=None)
