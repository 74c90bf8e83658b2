"""Tables inside the head of a form: the budget table, lists of tasks or of steps.

They are taken out before the captions are read, because their cells belong to a heading
above them and not to a caption beside them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kaoji.documents.manuscript import Cell, Row
from kaoji.documents.recognise.noise import is_side_label
from kaoji.documents.recognise.notes import Notes
from kaoji.standards.layouts import Layout, bare

_FEWEST_HEADINGS = 2


@dataclass
class Blocks:
    """The cells of the budget table by line and column, the entries of lists by name."""

    budget: dict[str, dict[str, Cell]] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)
    entries: dict[str, int] = field(default_factory=dict)

    def add(self, other: Blocks) -> None:
        """Take in what stood elsewhere in the form."""
        self.budget = other.budget | self.budget
        self.extra = other.extra | self.extra


def take_blocks(rows: Sequence[Row], layout: Layout, notes: Notes) -> tuple[list[Row], Blocks]:
    """The rows that are left for captions, and the blocks found among them."""
    blocks = Blocks()
    rest: list[Row] = []
    columns: dict[int, str] = {}
    listed = ""
    for row in rows:
        heading = _budget_heading(row, layout) or {}
        name, headings = _list_heading(row, layout)
        if heading or headings:
            columns, listed = heading or headings, name
        elif columns and not listed and (line := _budget_line(row, layout)):
            _take_line(row, line, columns, blocks, layout, notes)
        elif columns and listed and not _is_captioned(row, layout):
            _take_entry(row, listed, columns, blocks, layout)
        else:
            columns, listed = {}, ""
            rest.append(row)
    return rest, blocks


def _budget_heading(row: Row, layout: Layout) -> dict[int, str]:
    found = {
        cell.origin.column or 0: layout.budget_columns[bare(cell.text)]
        for cell in row.filled
        if bare(cell.text) in layout.budget_columns
    }
    return found if len(found) >= _FEWEST_HEADINGS else {}


def _budget_line(row: Row, layout: Layout) -> str | None:
    captions = (layout.budget_lines.get(bare(cell.text)) for cell in row.filled)
    return next(filter(None, captions), None)


def _take_line(
    row: Row,
    line: str,
    columns: dict[int, str],
    blocks: Blocks,
    layout: Layout,
    notes: Notes,
) -> None:
    values = blocks.budget.setdefault(line, {})
    for cell in row.filled:
        column = columns.get(cell.origin.column or 0)
        if column:
            values.setdefault(column, cell)
            notes.places.setdefault(f"budget.{line}.{column}", cell.origin)
        elif bare(cell.text) not in layout.budget_lines and not is_side_label(
            cell.text, layout
        ):
            notes.unread(cell)


def _list_heading(row: Row, layout: Layout) -> tuple[str, dict[int, str]]:
    for name, headings in layout.lists.items():
        found = {
            cell.origin.column or 0: bare(cell.text)
            for cell in row.filled
            if bare(cell.text) in headings
        }
        if len(found) >= _FEWEST_HEADINGS:
            return name, found
    return "", {}


def _is_captioned(row: Row, layout: Layout) -> bool:
    return any(
        bare(cell.text) in layout.captions or bare(cell.text) in layout.goals
        for cell in row.filled
    )


def _take_entry(
    row: Row, name: str, columns: dict[int, str], blocks: Blocks, layout: Layout
) -> None:
    number = 1 + blocks.entries.get(name, 0)
    for cell in row.filled:
        if is_side_label(cell.text, layout) or bare(cell.text) == name:
            continue
        place = max((c for c in columns if c <= (cell.origin.column or 0)), default=0)
        caption = columns.get(place, "")
        blocks.extra[f"{name}[{number}].{caption}".rstrip(".")] = cell.text
        blocks.entries[name] = number
