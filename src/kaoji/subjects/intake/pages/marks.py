"""A cell of the source in pieces: what became a value, what of it is doubted, and the rest.

>>> [(mark.text, mark.kind) for mark in marked("项目名称：道路", [("道路", False)])]
[('项目名称：', ''), ('道路', 'read')]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kaoji.core.provenance import Origin
from kaoji.documents.reading import FormReading

# A value that is not found as it is written (money, a mended name) marks all of so short a cell.
_SHORT_CELL = 40

Values = Sequence[tuple[str, bool]]
Places = dict[tuple[Origin, int | None], list[tuple[str, bool]]]


@dataclass(frozen=True)
class Mark:
    """A piece of a cell; *kind* is read, doubted, or empty for what became no value."""

    text: str
    kind: str = ""


def marked(text: str, values: Values) -> tuple[Mark, ...]:
    """The cell's text cut at the values that were read from it, each with whether it is doubted."""
    spans = sorted(_spans(text, values))
    if not spans and values and len(text) <= _SHORT_CELL:
        return (Mark(text, _kind(any(doubted for _, doubted in values))),)
    return tuple(mark for mark in _pieces(text, spans) if mark.text)


def values_by_place(form: FormReading) -> Places:
    """The values of a form by the row and the column of the cell in which they stand."""
    doubted = {doubt.field for doubt in form.doubts}
    found: Places = {}
    for path, place in form.places.items():
        value = form.text_of(path)
        if value:
            key = (without_column(place), place.column)
            found.setdefault(key, []).append((value, path in doubted))
    return found


def without_column(place: Origin) -> Origin:
    """The row or line in which a place lies."""
    return Origin(
        page=place.page, line=place.line, table=place.table, row=place.row, sheet=place.sheet
    )


def _spans(text: str, values: Values) -> Iterator[tuple[int, int, bool]]:
    taken: list[tuple[int, int]] = []
    for value, doubted in sorted(values, key=lambda item: -len(item[0])):
        start = text.find(value)
        while start >= 0 and any(
            start < end and begin < start + len(value) for begin, end in taken
        ):
            start = text.find(value, start + 1)
        if start >= 0:
            taken.append((start, start + len(value)))
            yield start, start + len(value), doubted


def _pieces(text: str, spans: Iterable[tuple[int, int, bool]]) -> Iterator[Mark]:
    at = 0
    for start, end, doubted in spans:
        yield Mark(text[at:start])
        yield Mark(text[start:end], _kind(doubted))
        at = end
    yield Mark(text[at:])


def _kind(doubted: bool) -> str:
    return "doubted" if doubted else "read"
