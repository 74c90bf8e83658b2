"""Comma-separated text: recognised by its commas, quotes and line breaks inside cells kept."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

_FEWEST_LINES = 4
_SHARE = 0.6
_LOOKED_AT = 200


def is_comma_separated(text: str) -> bool:
    """Do most lines hold two commas or more, and no line a tab?"""
    lines = [line for line in text.splitlines()[:_LOOKED_AT] if line.strip()]
    if len(lines) < _FEWEST_LINES or any("\t" in line for line in lines):
        return False
    return sum(line.count(",") >= 2 for line in lines) >= _SHARE * len(lines)


def comma_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The cells of each record and the line on which it ends."""
    csv.field_size_limit(10_000_000)
    reader = csv.reader(io.StringIO(text, newline=""))
    for cells in reader:
        yield reader.line_num, cells
