"""The rows of the indicator table: labels recognised by what they say, not where they stand.

Extraction shifts rows to the left when a merged cell is lost, so columns are evidence only:
a label is known by its text, the last cell is the target, the one before it the name.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace

from kaoji.core.provenance import Origin
from kaoji.core.speech import say
from kaoji.core.target import Target
from kaoji.core.taxonomy import Taxonomy
from kaoji.documents.manuscript import Cell, Row
from kaoji.documents.recognise.columns import Heading
from kaoji.documents.recognise.noise import is_side_label
from kaoji.documents.recognise.notes import Notes
from kaoji.standards.layouts import Layout, bare

# One sign cannot be the name of an indicator: it ends the name above it. A piece of up to four
# may be either.
SURE_REST_OF_A_NAME = 1
LONGEST_REST_OF_A_NAME = 4

_LABEL_SHAPED = re.compile(r"[\u4e00-\u9fff]{2,8}指标$")


@dataclass(frozen=True)
class TableRow:
    """One row as printed: the labels that stand in it, its name and its target.

    *column* is where the name stands, *heading_column* where the heading above it announced
    names (None when unknown), *displaced* whether the row left the column of its fragment.
    *joined* tells that the name was put together from pieces that may not belong together,
    *merged* that its blank labels are covered by merged cells begun above: they surely inherit.
    *more* holds the cells of further columns by their field.
    """

    level1: str | None
    level2: str | None
    name: str | None
    target: str | None
    column: int | None
    heading_column: int | None
    fragment: int
    origin: Origin
    displaced: bool = False
    joined: bool = False
    merged: bool = False
    more: tuple[tuple[str, Cell], ...] = ()

    @property
    def labelled(self) -> bool:
        """Does a level-2 label stand in the row itself?"""
        return self.level2 is not None


def read_row(
    row: Row, layout: Layout, taxonomy: Taxonomy, heading: Heading | None, notes: Notes
) -> TableRow:
    """Read a row of the four columns that every form has, by what its cells say."""
    columns = dict(zip(heading.fields, heading.columns, strict=True)) if heading else {}
    return _read_row(row, layout, taxonomy, columns, notes)


def joined(rows: list[TableRow], notes: Notes) -> list[TableRow]:
    """The rows of one table, those put together that a page break had split."""
    return _marked_displaced(_joined(rows, notes))


def _read_row(
    row: Row, layout: Layout, taxonomy: Taxonomy, heading: dict[str, int], notes: Notes
) -> TableRow:
    cells = list(row.filled)
    if is_side_label(cells[0].text, layout):
        cells.pop(0)
    level1 = _take_level1(cells, taxonomy)
    level2 = _take_level2(cells, taxonomy)
    unknown = _take_unknown_label(cells) if level2 is None else None
    name, target, strangers = _name_and_target(cells, row, heading)
    for stranger in strangers:
        notes.unread(stranger)
    return TableRow(
        level1,
        level2 or unknown,
        "".join(cell.text for cell in name) or None,
        target.text if target else None,
        name[0].origin.column if name else None,
        heading.get("level3"),
        row.fragment,
        row.origin,
        joined=len(name) > 1 or bool(strangers),
        merged=_labels_are_merged(row, name),
    )


def _labels_are_merged(row: Row, name: list[Cell]) -> bool:
    """Is every blank place before the name covered by a merged cell?"""
    end = name[0].origin.column if name else None
    before = [cell for cell in row.cells if end and (cell.origin.column or 0) < end]
    blanks = [cell for cell in before if not cell.text]
    return bool(blanks) and all(cell.covered for cell in blanks)


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
    cells: list[Cell], row: Row, heading: dict[str, int]
) -> tuple[list[Cell], Cell | None, list[Cell]]:
    """The cells of the name, the cell of the target, and cells that belong to neither."""
    if len(cells) > 2:
        return _by_heading(cells, heading) or (cells[:-1], cells[-1], [])
    if len(cells) == 2:
        return cells[:1], cells[1], []
    if not cells:
        return [], None, []
    return ([], cells[0], []) if _is_target(cells[0], row, heading) else (cells, None, [])


def _by_heading(
    cells: list[Cell], heading: dict[str, int]
) -> tuple[list[Cell], Cell | None, list[Cell]] | None:
    """In a row that lines up with its heading, the heading says which cell is which."""
    at = {cell.origin.column: cell for cell in cells}
    name, target = at.get(heading.get("level3", -1)), at.get(heading.get("target_raw", -1))
    if name is None or target is None:
        return None
    shifted = (
        not Target.parse(target.text).measurable and Target.parse(cells[-1].text).measurable
    )
    if shifted:
        return None
    between = [
        cell for cell in cells if cells.index(name) < cells.index(cell) < cells.index(target)
    ]
    strangers = [cell for cell in cells if cell not in (name, target, *between)]
    return [name, *between], target, strangers


def _is_target(cell: Cell, row: Row, heading: dict[str, int]) -> bool:
    """A cell alone in its row: a target if it reads as one, or stands in the last column."""
    if Target.parse(cell.text).op is not None:
        return True
    column, last = cell.origin.column or 0, row.cells[-1].origin.column
    return column == last and "level3" in heading and column > heading["level3"]


def _joined(rows: list[TableRow], notes: Notes) -> list[TableRow]:
    """Put together names and targets that were split over two rows."""
    result: list[TableRow] = []
    for row in rows:
        before = result[-1] if result else None
        if before is None or before.target is not None or before.name is None or not _ends(row):
            result.append(row)
            continue
        result[-1] = _join(before, row)
        path = f"indicators[{len(result) - 1}].level3"
        joined = say("合并了被换页拆开的一行：“{name}”", name=result[-1].name)
        notes.repair(path, joined, before.origin)
    return result


def _ends(row: TableRow) -> bool:
    """Can this row be the rest of the one above it?"""
    if row.name is None:
        return True
    longest = SURE_REST_OF_A_NAME if row.labelled else LONGEST_REST_OF_A_NAME
    return row.target is not None and len(row.name) <= longest


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
        joined=first.joined or len(second.name or "") > SURE_REST_OF_A_NAME,
    )


def _marked_displaced(rows: list[TableRow]) -> list[TableRow]:
    """Mark the rows whose name left the column where their fragment has its names."""
    columns: dict[int, Counter[int]] = defaultdict(Counter)
    for row in rows:
        if row.column:
            columns[row.fragment][row.column] += 1
    usual = {fragment: counts.most_common(1)[0][0] for fragment, counts in columns.items()}
    return [
        replace(row, displaced=row.column is not None and row.column != usual.get(row.fragment))
        for row in rows
    ]
