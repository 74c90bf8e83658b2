"""One big sheet with a row for each indicator: the project stands beside its indicators.

The columns of the project (名称, 单位, 金额, 目标) are merged down or repeated in every row; a
row that names another project begins the next form.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kaoji.documents.manuscript import Cell, Row
from kaoji.documents.recognise.notes import Notes
from kaoji.documents.recognise.segments import is_indicator_heading
from kaoji.standards.layouts import Layout, bare

_NAME = "project_name"
_UNITS = {"implementing_unit", "department"}
_FEWEST_IN_A_ROW = 4


@dataclass
class FlatForm:
    """The rows of one project, as a head with captions, goals and an indicator table."""

    head: list[Row] = field(default_factory=list)
    goals: list[Row] = field(default_factory=list)
    table: list[Row] = field(default_factory=list)


def project_columns(heading: Row, layout: Layout) -> dict[int, Cell]:
    """The columns of a heading that belong to the project, by number."""
    return {
        cell.origin.column or 0: cell
        for cell in heading.filled
        if bare(cell.text) not in layout.indicator_columns
        and (bare(cell.text) in layout.captions or bare(cell.text) in layout.goals)
    }


def flat_heading(rows: Sequence[Row], layout: Layout) -> int | None:
    """The place of a heading that names projects and indicators in one row."""
    for place, row in enumerate(rows):
        names = (layout.captions.get(bare(cell.text)) for cell in row.filled)
        if is_indicator_heading(row, layout) and any(c and _NAME in c.fields for c in names):
            return place
    return None


def flat_forms(
    rows: Sequence[Row], heading: Row, layout: Layout, notes: Notes
) -> Iterator[FlatForm]:
    """The forms of a sheet, each as if it had been printed for itself."""
    columns = project_columns(heading, layout)
    form: FlatForm | None = None
    seen: dict[int, Cell] = {}
    for row in rows:
        if is_indicator_heading(row, layout):
            continue
        mine = {c.origin.column or 0: c for c in row.filled if c.origin.column in columns}
        others = [c for c in row.filled if c.origin.column not in columns]
        if not others and len(row.filled) < _FEWEST_IN_A_ROW:
            seen |= _take_aside(row, mine, columns, layout, notes)
            continue
        if form is None or _is_another(mine, seen, columns, layout):
            if form is not None:
                yield form
            kept = {p: c for p, c in seen.items() if _carries_down(c, columns, layout)}
            seen = kept | mine
            form = _begun(seen, columns, heading, layout)
        else:
            _report_differences(mine, seen, notes)
        form.table.append(_without(row, columns))
    if form is not None:
        yield form


def _take_aside(
    row: Row, mine: dict[int, Cell], columns: dict[int, Cell], layout: Layout, notes: Notes
) -> dict[int, Cell]:
    """A subtotal or a remark is reported; a unit that it names holds for the rows below."""
    for cell in row.filled:
        notes.unread(cell)
    return {p: cell for p, cell in mine.items() if _carries_down(cell, columns, layout)}


def _report_differences(mine: dict[int, Cell], seen: dict[int, Cell], notes: Notes) -> None:
    """What rows of one project say differently of it: it is not ours to choose."""
    for place, cell in mine.items():
        if place not in seen or cell.text != seen[place].text:
            notes.unread(cell)


def _is_another(
    mine: dict[int, Cell], seen: dict[int, Cell], columns: dict[int, Cell], layout: Layout
) -> bool:
    """Does the row name another project, or another unit, than the one above?"""
    for place, cell in mine.items():
        caption = layout.captions.get(bare(columns[place].text))
        names = caption is not None and bool((_UNITS | {_NAME}) & set(caption.fields))
        if names and cell.text != (seen[place].text if place in seen else None):
            return True
    return False


def _carries_down(cell: Cell, columns: dict[int, Cell], layout: Layout) -> bool:
    """A unit is merged down over its projects; everything else is a project's own."""
    place = cell.origin.column or 0
    caption = layout.captions.get(bare(columns[place].text)) if place in columns else None
    return caption is not None and bool(_UNITS & set(caption.fields))


def _begun(
    values: dict[int, Cell], columns: dict[int, Cell], heading: Row, layout: Layout
) -> FlatForm:
    form = FlatForm(table=[_without(heading, columns)])
    for place, value in sorted(values.items()):
        caption = columns[place]
        row = Row((Cell(caption.text, value.origin), value), heading.fragment)
        goal = layout.goals.get(bare(caption.text))
        (form.goals if goal else form.head).append(row)
    return form


def _without(row: Row, columns: dict[int, Cell]) -> Row:
    cells = tuple(cell for cell in row.cells if cell.origin.column not in columns)
    return Row(cells, row.fragment)
