"""Comma-separated text: recognised by its commas, quotes and line breaks inside cells kept."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

_FEWEST_LINES = 4
_SHARE = 0.6
_LOOKED_AT = 200
_LONGEST_BARE_CELL = 80
# A sentence ends, and another begins in the same line.
_SENTENCES = re.compile(r"[。;；](?=\s*[^\s,\"])")


def is_comma_separated(text: str) -> bool:
    """Do most lines hold two commas or more, no line a tab, and are the commas none of sentences?"""
    lines = [line for line in text.splitlines()[:_LOOKED_AT] if line.strip()]
    if len(lines) < _FEWEST_LINES or any("\t" in line for line in lines):
        return False
    with_commas = [line for line in lines if line.count(",") >= 2]
    if len(with_commas) < _SHARE * len(lines):
        return False
    return sum(map(_is_prose, with_commas)) * 2 < len(with_commas)


def _is_prose(line: str) -> bool:
    """A line of sentences that someone typed with half-width commas; what writes cells puts such a cell into quotes."""
    if '"' in line:
        return False
    cells = line.split(",")
    if max(map(len, cells)) > _LONGEST_BARE_CELL:
        return True
    return "" not in cells and bool(_SENTENCES.search(line))


def comma_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The cells of each record and the line on which it ends."""
    csv.field_size_limit(10_000_000)
    reader = csv.reader(io.StringIO(text, newline=""))
    for cells in reader:
        yield reader.line_num, cells
