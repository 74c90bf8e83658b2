"""The two goal columns, put together again when they were cut by page breaks.

Extracted text gives a two-column cell that runs over pages as free paragraphs, one for each
column and page, in turn. They are handed back to the columns in that order; wherever the
order cannot be known, the goal carries a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kaoji.core.markup import without_markup
from kaoji.core.period import Years, read_years
from kaoji.core.speech import say
from kaoji.core.width import narrow, squeeze
from kaoji.documents.manuscript import Cell, Row
from kaoji.documents.recognise.noise import is_side_label
from kaoji.documents.recognise.notes import Notes
from kaoji.standards.layouts import Layout, bare

_LONGEST_CAPTION = 40
_ENDED = re.compile(r"[。！？；.!?;”）)》]$")


@dataclass
class Goals:
    """What the goal section said; *open_end* where a text may go on in its last paragraph."""

    period: Years | None = None
    texts: dict[str, str] = field(default_factory=dict)
    open_end: dict[str, bool] = field(default_factory=dict)


def is_goal_heading(row: Row, layout: Layout) -> bool:
    """Is it the row 项目总目标 | 年度总目标?"""
    return any(_goal_caption(cell, layout) for cell in row.filled)


def read_goals(rows: Sequence[Row], layout: Layout, notes: Notes) -> Goals:
    """Read the rows from the heading (first in *rows*) down to the indicator table."""
    goals = Goals()
    columns: dict[str, int] = {}
    loose: list[Cell] = []
    for row in rows:
        before = set(columns)
        cells = _text_cells(row, layout, goals, columns, notes)
        if not cells:
            continue
        if layout.data.get("goals_beside") and set(columns) - before and not goals.texts:
            _take_beside(
                cells, sorted(set(columns) - before, key=columns.__getitem__), goals, notes
            )
        elif len(columns) == 2 and not goals.texts and not row.is_prose:
            _take_first_texts(cells, columns, goals, notes)
        elif goals.texts and not row.is_prose:
            _continue_by_column(cells, columns, goals, notes)
        else:
            loose += cells
    _hand_out(loose, columns, goals, notes)
    _doubt_missing(layout, columns, notes, rows)
    return goals


def _text_cells(
    row: Row, layout: Layout, goals: Goals, columns: dict[str, int], notes: Notes
) -> list[Cell]:
    """The cells that hold goal text; captions and the period are taken on the way."""
    texts = []
    for place, cell in enumerate(row.filled):
        name = _goal_caption(cell, layout)
        years = read_years(cell.text) or _years_in_caption(cell, name)
        if name:
            columns.setdefault(name, cell.origin.column or 0)
        if years:
            goals.period = goals.period or years
            notes.places.setdefault("goal_period", cell.origin)
        if not (name or years or (place == 0 and is_side_label(cell.text, layout))):
            texts.append(cell)
    return texts


def _goal_caption(cell: Cell, layout: Layout) -> str | None:
    """The goal that a cell captions: `项目总目标`, perhaps with the period behind it."""
    text = bare(cell.text) if len(cell.text) <= _LONGEST_CAPTION else ""
    return layout.goals.get(text.partition("(")[0])


def _years_in_caption(cell: Cell, name: str | None) -> Years | None:
    _, opening, rest = squeeze(narrow(cell.text)).partition("(") if name else ("", "", "")
    return read_years(opening + rest) if opening else None


def _in_order(columns: dict[str, int]) -> list[str]:
    return sorted(columns, key=lambda name: columns[name]) or ["overall_goal", "annual_goal"]


def _take_first_texts(
    cells: list[Cell], columns: dict[str, int], goals: Goals, notes: Notes
) -> None:
    names = _in_order(columns)
    if len(cells) == 1:
        column = cells[0].origin.column or 0
        nearest = min(names, key=lambda name: abs(columns[name] - column))
        if columns[nearest] != column:
            reason = say("只读到一段目标，无法确定属于总目标还是年度目标")
            notes.doubt(nearest, reason, cells[0].origin)
        names = [nearest]
    for name, cell in zip(names, cells, strict=False):
        _begin(name, cell, goals, notes)
    for cell in cells[len(names) :]:
        notes.unread(cell)


def _take_beside(cells: list[Cell], names: list[str], goals: Goals, notes: Notes) -> None:
    """In some layouts the goal stands to the right of its caption, not below it."""
    for name, cell in zip(names, cells, strict=False):
        _begin(name, cell, goals, notes)
    for cell in cells[len(names) :]:
        notes.unread(cell)


def _begin(name: str, cell: Cell, goals: Goals, notes: Notes) -> None:
    plain, removed = without_markup(cell.text)
    if removed:
        notes.repair(name, removed, cell.origin)
    goals.texts[name] = plain
    goals.open_end[name] = cell.full is not False
    notes.places[name] = cell.origin


def _continue(name: str, cell: Cell, goals: Goals, notes: Notes) -> None:
    if name not in goals.texts:
        _begin(name, cell, goals, notes)
        return
    plain, removed = without_markup(cell.text)
    if removed:
        notes.repair(name, removed, cell.origin)
    goals.texts[name] += ("" if goals.open_end.get(name, True) else "\n") + plain
    goals.open_end[name] = cell.full is not False
    start = say("接上了换页后的文字：“{start}…”", start=plain[:12])
    notes.repair(name, start, cell.origin)


def _continue_by_column(
    cells: list[Cell], columns: dict[str, int], goals: Goals, notes: Notes
) -> None:
    """A further row of the table: each cell continues the goal of its column."""
    headings = {column: name for name, column in columns.items()}
    begun = {notes.places[name].column or 0: name for name in goals.texts}
    for cell in cells:
        name = (headings | begun).get(cell.origin.column or 0)
        if name is None:
            name = min(
                goals.texts,
                key=lambda n: abs((notes.places[n].column or 0) - (cell.origin.column or 0)),
            )
            notes.doubt(
                name, say("“{start}…”不在任何一栏目标之下", start=cell.text[:12]), cell.origin
            )
        _continue(name, cell, goals, notes)


def _hand_out(loose: list[Cell], columns: dict[str, int], goals: Goals, notes: Notes) -> None:
    """Give free paragraphs back to the columns, in turn."""
    if not loose:
        return
    names = _in_order(columns)
    if len(loose) % 2 or len(names) < 2:
        _give_to_unfinished(loose, names, goals, notes)
        return
    texts = [cell.text for cell in loose]
    half = len(loose) // 2
    in_turn = texts[0::2] == texts[1::2]
    column_by_column = not in_turn and texts[:half] == texts[half:]
    ended = [name for name in names if _ENDED.search(goals.texts.get(name, ""))]
    for place, cell in enumerate(loose):
        name = names[place >= half] if column_by_column else names[place % 2]
        _continue(name, cell, goals, notes)
    repeated = in_turn or (column_by_column and len(loose) > 2)
    if not repeated and (len(loose) > 2 or ended):
        _doubt_all(names, loose, notes)


def _give_to_unfinished(
    loose: list[Cell], names: list[str], goals: Goals, notes: Notes
) -> None:
    """An odd paragraph continues the goal that does not end yet; else nobody can know."""
    unfinished = [
        name for name in names if name in goals.texts and not _ENDED.search(goals.texts[name])
    ]
    heir = unfinished[0] if unfinished else names[0]
    for cell in loose:
        _continue(heir, cell, goals, notes)
    if len(unfinished) != 1 or len(loose) > 1:
        _doubt_all(names, loose, notes)


def _doubt_all(names: list[str], loose: list[Cell], notes: Notes) -> None:
    for name in names:
        reason = say("有 {count} 段文字无法确定属于哪一栏目标", count=len(loose))
        notes.doubt(name, reason, loose[0].origin)


def _doubt_missing(
    layout: Layout, columns: dict[str, int], notes: Notes, rows: Sequence[Row]
) -> None:
    for name, spellings in layout.data["goals"].items():
        if name not in columns and rows:
            reason = say("没有找到“{caption}”一栏", caption=spellings[0])
            notes.doubt(name, reason, rows[0].origin)
