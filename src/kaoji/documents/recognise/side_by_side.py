"""Two forms printed beside each other on one sheet: read one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kaoji.documents.manuscript import Row
from kaoji.documents.recognise.captions import is_any_caption, is_title

# So many rows of the second form must begin with a caption where its title begins.
_FEWEST_CAPTIONS = 2


def one_after_the_other(rows: Sequence[Row]) -> list[Row]:
    """The rows, those of forms that stand side by side taken apart."""
    found: list[Row] = []
    place = 0
    while place < len(rows):
        cut = _second_title(rows[place])
        end = place + 1
        while cut and end < len(rows) and not _begins_anew(rows[end]):
            end += 1
        block = rows[place:end]
        if cut and _are_two(block, cut):
            found += [replace(row, cells=row.cells[:cut]) for row in block]
            found += one_after_the_other(_right_half(block, cut))
        else:
            found += block
        place = end
    return found


def _right_half(block: Sequence[Row], cut: int) -> list[Row]:
    """What stands from the second title on; its rows do not go on with those of the first form."""
    apart = block[-1].fragment + 1
    return [
        replace(row, cells=row.cells[cut:], fragment=row.fragment + apart)
        for row in block
        if any(cell.text for cell in row.cells[cut:])
    ]


def _second_title(row: Row) -> int | None:
    """Where the second of two titles in a row begins."""
    titles = [n for n, cell in enumerate(row.cells) if cell.text and is_title(cell.text)]
    return titles[1] if len(titles) > 1 else None


def _begins_anew(row: Row) -> bool:
    """A title of its own, or the next pair of titles."""
    first = next((cell for cell in row.cells if cell.text), None)
    return first is not None and is_title(first.text)


def _are_two(block: Sequence[Row], cut: int) -> bool:
    """Do captions stand in both halves, row by row?"""
    both = [
        row
        for row in block
        if len(row.cells) > cut
        and is_any_caption(row.cells[cut].text)
        and any(is_any_caption(cell.text) for cell in row.cells[:cut] if cell.text)
    ]
    return len(both) >= _FEWEST_CAPTIONS
