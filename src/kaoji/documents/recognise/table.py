"""The rows of the indicator table: labels recognised by what they say, not where they stand.

Extraction shifts rows to the left when a merged cell is lost, so columns are evidence only:
a label is known by its text, the last cell is the target, the one before it the name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kaoji.core.provenance import Origin
from kaoji.core.speech import say
from kaoji.core.taxonomy import Taxonomy
from kaoji.documents.manuscript import Cell, Row
from kaoji.documents.recognise.noise import is_side_label
from kaoji.documents.recognise.notes import Notes
from kaoji.documents.recognise.segments import is_indicator_heading
from kaoji.standards.layouts import Layout, bare

# A piece this short cannot be the name of an indicator; it ends the name above it.
LONGEST_REST_OF_A_NAME = 4

_LABEL_SHAPED = re.compile(r"[\u4e00-\u9fff]{2,8}指标$")


@dataclass(frozen=True)
class TableRow:
    """One row as printed: the labels that stand in it, its name and its target.

    *column* is where the name stands, *heading_column* where the heading above it announced
    names (None when unknown), *displaced* whether the row left the column of its fragment.
    """

    level1: str | None
    level2: str | None
    name: str | None
    target: str | None
    column: int | None
    heading_column: int | None
    fragment: int
    origin: Origin
    unknown_label: bool = False
    displaced: bool = False

    @property
    def labelled(self) -> bool:
        """Does a level-2 label stand in the row itself?"""
        return self.level2 is not None


def read_table(
    rows: Sequence[Row], layout: Layout, taxonomy: Taxonomy, notes: Notes
) -> list[TableRow]:
    """Read the rows below the indicator heading, headings repeated on new pages included."""
    printed = list(_printed_rows(rows, layout, taxonomy, notes))
    return _marked_displaced(_joined(printed, notes))


def _printed_rows(
    rows: Sequence[Row], layout: Layout, taxonomy: Taxonomy, notes: Notes
) -> Iterator[TableRow]:
    heading: dict[int, int | None] = {}
    pending: tuple[str | None, str | None] = (None, None)
    for row in rows:
        if is_indicator_heading(row, layout):
            heading[row.fragment] = _name_column(row, layout)
        else:
            read = _read_row(row, layout, taxonomy, heading.get(row.fragment))
            read = replace(
                read, level1=read.level1 or pending[0], level2=read.level2 or pending[1]
            )
            pending = (None, None)
            if read.name is None and read.target is None:
                pending = (read.level1, read.level2)
            elif row.is_prose:
                notes.unread(row.cells[0])
            else:
                yield read


def _name_column(heading: Row, layout: Layout) -> int | None:
    for cell in heading.filled:
        if layout.indicator_columns.get(bare(cell.text)) == "level3":
            return cell.origin.column
    return None


def _read_row(
    row: Row, layout: Layout, taxonomy: Taxonomy, heading_column: int | None
) -> TableRow:
    cells = list(row.filled)
    if is_side_label(cells[0].text, layout):
        cells.pop(0)
    level1 = _take_level1(cells, taxonomy)
    level2 = _take_level2(cells, taxonomy)
    unknown = _take_unknown_label(cells) if level2 is None else None
    name, target, column = _name_and_target(cells, row, heading_column)
    return TableRow(
        level1,
        level2 or unknown,
        name,
        target,
        column,
        heading_column,
        row.fragment,
        row.origin,
        unknown_label=unknown is not None,
    )


def _take_level1(cells: list[Cell], taxonomy: Taxonomy) -> str | None:
    label = taxonomy.find_level1(cells[0].text) if _may_be_label(cells, taxonomy) else None
    if label:
        cells.pop(0)
    return label


def _take_level2(cells: list[Cell], taxonomy: Taxonomy) -> str | None:
    label = taxonomy.find_level2(cells[0].text) if _may_be_label(cells, taxonomy) else None
    if label:
        cells.pop(0)
    return label.name if label else None


def _may_be_label(cells: list[Cell], taxonomy: Taxonomy) -> bool:
    """An abbreviation counts as a label only when name and target still follow it."""
    return bool(cells) and (taxonomy.is_official(cells[0].text) or len(cells) >= 3)


def _take_unknown_label(cells: list[Cell]) -> str | None:
    """A label-shaped cell before a name and a target is a class we do not know."""
    if len(cells) >= 3 and _LABEL_SHAPED.match(bare(cells[0].text)):
        return bare(cells.pop(0).text)
    return None


def _name_and_target(
    cells: list[Cell], row: Row, heading_column: int | None
) -> tuple[str | None, str | None, int | None]:
    if not cells:
        return None, None, None
    if len(cells) >= 2:
        name = "".join(cell.text for cell in cells[:-1])
        return name, cells[-1].text, cells[0].origin.column
    column = cells[0].origin.column
    last = row.cells[-1].origin.column
    stands_last = column == last and column is not None and column > 1
    if stands_last and heading_column is not None and (column or 0) > heading_column:
        return None, cells[0].text, None
    return cells[0].text, None, column


def _joined(rows: list[TableRow], notes: Notes) -> list[TableRow]:
    """Put together names and targets that were split over two rows."""
    result: list[TableRow] = []
    for row in rows:
        before = result[-1] if result else None
        if before is None or before.target is not None or before.name is None:
            result.append(row)
        elif row.name is None or (row.target and len(row.name) <= LONGEST_REST_OF_A_NAME):
            result[-1] = _join(before, row)
            path = f"indicators[{len(result) - 1}].level3"
            joined = say("合并了被换页拆开的一行：“{name}”", name=result[-1].name)
            notes.repair(path, joined, before.origin)
        else:
            result.append(row)
    return result


def _join(first: TableRow, second: TableRow) -> TableRow:
    """One row out of two; a label printed beside the second half is the row's label."""
    return replace(
        first,
        level1=second.level1 or first.level1,
        level2=second.level2 or first.level2,
        name=(first.name or "") + (second.name or ""),
        target=second.target,
        column=second.column or first.column,
        fragment=second.fragment,
    )


def _marked_displaced(rows: list[TableRow]) -> list[TableRow]:
    """Mark the rows whose name left the column where their fragment has its names."""
    usual: dict[int, int] = {}
    for fragment in {row.fragment for row in rows}:
        columns = Counter(row.column for row in rows if row.fragment == fragment and row.column)
        if columns:
            usual[fragment] = columns.most_common(1)[0][0]
    return [
        replace(row, displaced=row.column is not None and row.column != usual.get(row.fragment))
        for row in rows
    ]
