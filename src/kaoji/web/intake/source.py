"""The source text beside the recognised form: its lines, with the doubtful ones marked."""

from __future__ import annotations

from dataclasses import dataclass

from kaoji.core.provenance import Origin
from kaoji.documents.read.encoding import decode
from kaoji.documents.read.text import numbered_lines
from kaoji.documents.reading import FormReading
from kaoji.records.models import Document

_MARGIN = 6


@dataclass(frozen=True)
class SourceLine:
    """One line of the document; *cells* are its parts between tabs."""

    number: int
    cells: tuple[str, ...]
    doubted: bool


def source_lines(
    document: Document, reading: FormReading, *, after: int, before: int
) -> list[SourceLine]:
    """The lines of one form: from above its first known place to the next form's first one."""
    text = decode(bytes(document.content))
    doubted = {doubt.origin.line for doubt in reading.doubts}
    lines = []
    for number, line in numbered_lines(text):
        if after < number < before and line.strip():
            cells = tuple(cell.strip() for cell in line.split("\t"))
            lines.append(SourceLine(number, cells, number in doubted))
    return lines


def bounds_of(forms: list[FormReading], position: int) -> tuple[int, int]:
    """The lines between which a form stands: after the form above, before the form below."""
    above = _last_line(forms[position - 1]) if position else 0
    below = _first_line(forms[position + 1]) - _MARGIN if position + 1 < len(forms) else 10**9
    return above, max(below, _last_line(forms[position]) + 1)


def _lines(reading: FormReading) -> list[int]:
    places: list[Origin] = [
        *reading.places.values(),
        *(doubt.origin for doubt in reading.doubts),
    ]
    return [place.line for place in places if place.line]


def _first_line(reading: FormReading) -> int:
    return min(_lines(reading), default=1)


def _last_line(reading: FormReading) -> int:
    return max(_lines(reading), default=0)
