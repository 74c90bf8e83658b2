"""A Manuscript becomes forms. Every cell of a form is read, mended, doubted or reported."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from kaoji.core.declaration import Declaration, Funds
from kaoji.core.declaration_json import FUND_FIELDS
from kaoji.core.outcome import Outcome
from kaoji.core.provenance import UNKNOWN_PLACE, Origin
from kaoji.core.speech import say
from kaoji.core.taxonomy import Taxonomy
from kaoji.documents.manuscript import Cell, Manuscript, Row
from kaoji.documents.reading import FormReading, Problem, Reading
from kaoji.documents.recognise.blocks import Blocks, take_blocks
from kaoji.documents.recognise.classes import classify
from kaoji.documents.recognise.columns import EXTRA
from kaoji.documents.recognise.flat import flat_forms, flat_heading
from kaoji.documents.recognise.goals import Goals, is_goal_heading, read_goals
from kaoji.documents.recognise.head import MoneyUnit, money_unit, read_head
from kaoji.documents.recognise.noise import fit_to_keep, without_contents, without_noise
from kaoji.documents.recognise.notes import Notes, unread_sentence
from kaoji.documents.recognise.outcome import read_as_of, read_outcome
from kaoji.documents.recognise.segments import (
    choose_layout,
    is_indicator_heading,
    is_title,
    split_forms,
)
from kaoji.documents.recognise.table import TableRow
from kaoji.documents.recognise.tables import Tables, read_tables
from kaoji.documents.recognise.unsure import doubt_flaws, doubt_unsure
from kaoji.standards.layouts import Layout, bare, layouts
from kaoji.standards.taxonomies import is_on_record, taxonomy_for

# A letter before the forms has fewer lines than this, a disclosure document has more.
_LONGEST_PREFACE = 30


def recognise(manuscript: Manuscript) -> Reading:
    """Find every form in a document and read it."""
    problems = [Problem(say("该行有无法解码的字符"), place) for place in manuscript.damaged]
    problems += [
        Problem(say("第 {page} 页是图片，没有文字层，未能读取", page=place.page), place)
        for place in manuscript.pictures
    ]
    problems += [Problem(item.told, item.origin) for item in manuscript.omissions]
    forms: list[FormReading] = []
    rows = [fit_to_keep(row, problems) for row in manuscript.rows]
    preface, parts = split_forms(rows, layouts())
    problems += _about_preface(without_contents(preface))
    for rows in parts:
        notes = Notes()
        if all(is_title(row, layouts()) for row in rows):
            problems.append(Problem(say("标题下面没有内容"), rows[0].origin))
            continue
        found = list(_read_forms(rows, notes))
        if manuscript.recognised:
            found = [doubt_unsure(form, rows) for form in found]
        forms += doubt_flaws(found, rows, notes)
        problems += notes.problems
    if not forms:
        problems.clear()
        problems.append(Problem(say("没有找到“财政项目支出绩效目标申报表”")))
    return Reading(manuscript.source, tuple(forms), tuple(problems))


def _about_preface(rows: Sequence[Row]) -> Iterator[Problem]:
    """What stands before the first form: line by line, or in one sentence when it is a text."""
    if len(rows) > _LONGEST_PREFACE:
        counted = say("第一份表之前有 {count} 行文字，不属于任何表，未读取", count=len(rows))
        yield Problem(counted, rows[0].origin)
        return
    for row in rows:
        for cell in row.filled:
            yield Problem(unread_sentence(cell), cell.origin)


def _read_forms(rows: Sequence[Row], notes: Notes) -> Iterator[FormReading]:
    """One form, or all those of a sheet with a row for each indicator."""
    place = rows[-1].origin
    rows = without_noise(rows, notes)
    layout = choose_layout(rows, layouts())
    heading = flat_heading(rows, layout)
    if heading is None:
        head, goals, table = _sections(rows, layout)
        yield _read_form(head, goals, table, layout, place, notes)
        return
    above = _untitled(rows[:heading])
    flat = flat_forms(rows[heading + 1 :], rows[heading], layout, notes)
    known: set[Problem] = set()
    for number, form in enumerate(flat):
        # What is noted of the rows above is noted once; each form has doubts of its own.
        own = notes if number == 0 else Notes()
        own.doubts, own.repairs, own.places = [], list(notes.repairs), {}
        yield _read_form([*above, *form.head], form.goals, form.table, layout, place, own)
        new = [item for item in own.problems if item not in known] if number else []
        notes.problems += new
        known.update(new or own.problems)


def _read_form(
    head_rows: Sequence[Row],
    goal_rows: Sequence[Row],
    table_rows: Sequence[Row],
    layout: Layout,
    place: Origin,
    notes: Notes,
) -> FormReading:
    printed = [*head_rows, *goal_rows, *table_rows]
    unit = money_unit([*head_rows, *goal_rows], layout, notes)
    head_rows, blocks = take_blocks(head_rows, layout, notes)
    goal_rows, among_goals = take_blocks(goal_rows, layout, notes)
    blocks.add(among_goals)
    table_rows, below = _captions_below(table_rows, layout)
    head_rows = [*head_rows, *below]
    head = read_head(head_rows, layout, unit, notes)
    goals = read_goals(goal_rows, layout, notes)
    taxonomy = _taxonomy(head.get("year"), layout, notes)
    tables = read_tables(table_rows, layout, taxonomy, notes)
    indicators = {
        name: classify(found, taxonomy, notes, name)
        for name, found in tables.rows.items()
        if found or name == "indicators"
    }
    if not goal_rows or not any(indicators.values()):
        _doubt_lost_sections(layout, bool(goal_rows), any(indicators.values()), place, notes)
    as_of = (
        read_as_of(printed, layout, head.get("year"), notes)
        if layout.kind == "monitoring"
        else None
    )
    outcome = _outcome(layout, blocks, tables, goals, as_of, unit, notes)
    extra = {name: head.pop(name) for name in list(head) if name.startswith(EXTRA)}
    return FormReading(
        _declaration(head, goals, indicators, layout),
        tuple(notes.doubts),
        tuple(notes.repairs),
        {
            **{name.removeprefix(EXTRA): text for name, text in extra.items()},
            **blocks.extra,
            **_beside_indicators(tables.rows["indicators"]),
        },
        dict(notes.places),
        kind=layout.kind,
        outcome=outcome,
    )


def _captions_below(rows: Sequence[Row], layout: Layout) -> tuple[list[Row], list[Row]]:
    """The rows of the table, and those below it that begin with a caption (评价结论 …)."""
    table: list[Row] = []
    below: list[Row] = []
    for row in rows:
        caption = layout.captions.get(bare(row.filled[0].text))
        own = caption is not None and caption.fields[0].startswith(EXTRA) and not row.is_prose
        (below if own else table).append(row)
    return table, below


def _outcome(
    layout: Layout,
    blocks: Blocks,
    tables: Tables,
    goals: Goals,
    as_of: str | None,
    unit: MoneyUnit,
    notes: Notes,
) -> Outcome | None:
    """What a self-evaluation or a monitoring report adds; None for a declaration."""
    if layout.kind not in {"self_evaluation", "monitoring"}:
        return None
    return read_outcome(
        layout.kind,
        blocks.budget,
        tables.rows["indicators"],
        goal_done=goals.texts.get("goal_done"),
        total=tables.total,
        as_of=as_of,
        unit=unit,
        notes=notes,
    )


def _beside_indicators(rows: Sequence[TableRow]) -> dict[str, str]:
    """The cells of columns that no field of ours stands for, under their printed names."""
    return {
        f"indicators[{place}].{name.removeprefix(EXTRA)}": cell.text
        for place, row in enumerate(rows)
        for name, cell in row.more
        if name.startswith(EXTRA)
    }


def _sections(rows: Sequence[Row], layout: Layout) -> tuple[list[Row], list[Row], list[Row]]:
    """Cut a form into head, goals and indicator table by their headings."""
    content = _untitled(rows)
    table = next(
        (i for i, row in enumerate(content) if is_indicator_heading(row, layout)), len(content)
    )
    goal = next(
        (i for i, row in enumerate(content[:table]) if is_goal_heading(row, layout)), table
    )
    return content[:goal], content[goal:table], content[table:]


def _untitled(rows: Sequence[Row]) -> list[Row]:
    """The rows without the title; what stands beside it, such as the year, stays."""
    content = (_beside_title(row) if is_title(row, layouts()) else row for row in rows)
    return [row for row in content if row.filled]


def _beside_title(row: Row) -> Row:
    """What else stands in the title's row, such as the unit of money or the year."""
    cells = []
    for cell in row.cells:
        title = next((title for title in _titles() if title in bare(cell.text)), None)
        before, _, rest = bare(cell.text).partition(title or "\0")
        year = _YEAR_BEFORE.search(before) if title else None
        rest = rest or (f"{year[1]}年度" if year else "") if title else cell.text
        cells.append(Cell(rest, cell.origin))
    return Row(tuple(cells), row.fragment)


# 2024年度某项目支出绩效自评表
_YEAR_BEFORE = re.compile(r"(20\d\d)年度?")


@cache
def _titles() -> tuple[str, ...]:
    """All titles, the longest first, so that none is taken for a longer one."""
    return tuple(
        sorted({t for layout in layouts() for t in layout.titles}, key=len, reverse=True)
    )


def _taxonomy(year: int | None, layout: Layout, notes: Notes) -> Taxonomy:
    if year is not None and not is_on_record(year):
        reason = say("没有收录 {year} 年的指标分类，暂按最早的分类读取", year=year)
        notes.doubt("year", reason, notes.places.get("year", UNKNOWN_PLACE))
    return taxonomy_for(year, layout)


def _doubt_lost_sections(
    layout: Layout, has_goals: bool, has_indicators: bool, place: Origin, notes: Notes
) -> None:
    if not has_goals:
        for name in layout.goal_fields:
            notes.doubt(name, say("没有找到绩效目标部分"), place)
    if not has_indicators:
        notes.doubt("indicators", say("没有找到绩效指标部分"), place)


def _declaration(
    head: dict[str, Any],
    goals: Goals,
    indicators: dict[str, Any],
    layout: Layout,
) -> Declaration:
    funds = Funds(**{name: head.pop(f"funds.{name}", None) for name in FUND_FIELDS})
    return Declaration(
        **head,
        layout=layout.id,
        funds=funds,
        goal_period=goals.period,
        overall_goal=goals.texts.get("overall_goal") or None,
        annual_goal=goals.texts.get("annual_goal") or None,
        **indicators,
    )
