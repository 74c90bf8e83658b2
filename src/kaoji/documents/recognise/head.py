"""The head of a form: captions and the values to their right."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import takewhile
from typing import Any

from kaoji.core.declaration_json import FUND_FIELDS
from kaoji.core.markup import without_markup
from kaoji.core.money import YUAN_PER_UNIT, Money, UnreadableAmount
from kaoji.core.period import UnreadableDate, is_budget_year, read_date
from kaoji.core.speech import Sentence, say
from kaoji.core.width import narrow, squeeze
from kaoji.documents.manuscript import Cell, Row
from kaoji.documents.recognise.checkboxes import ticked_in
from kaoji.documents.recognise.notes import Notes
from kaoji.standards.layouts import Caption, Layout, bare

_YEAR = re.compile(r"\(?(20\d\d)年度?\)?$")
_AMOUNT = re.compile(r"-?[\d,]+(?:\.\d+)?%?(?:[万亿]?元)?$")
_UNIT_IN_BRACKETS = re.compile(r"(\w{0,4}元)\)$")
_COUNTED_IN_MONEY = ("资金", "预算", "金额", "支出")
_UNIT_LABELLED = re.compile(r"\(?(?:金额|货币|计量|计价)?单位:?\(?(?:人民币)?(\w*元)\)?\)?$")

# Without these nobody can tell one declaration from another; a blank one is asked about.
_IDENTIFYING = {"project_name", "implementing_unit"}


@dataclass
class Head:
    """The values of the head by field name, read so far."""

    values: dict[str, Any] = field(default_factory=dict)
    columns: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class _Entry:
    """A caption in a row and the cells up to the next caption."""

    caption: Caption
    cell: Cell
    values: tuple[Cell, ...]

    @property
    def filled(self) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.values if cell.text)


def read_head(
    rows: Sequence[Row], layout: Layout, unit: MoneyUnit, notes: Notes
) -> dict[str, Any]:
    """Read year, names, dates and money; what has no caption is noted as unread."""
    head = Head()
    previous: list[tuple[str, _Entry]] = []
    for row in rows:
        entries, strangers = _entries(row, layout)
        if not entries:
            _take_loose_cells(strangers, previous, head, notes)
            continue
        for stranger in strangers:
            notes.unread(stranger)
        previous = [(_field_of(entry, entries, head), entry) for entry in entries]
        for name, entry in previous:
            _take(name, entry, unit, head, notes)
    _infer_year(head, notes, rows)
    _doubt_missing(head, layout, notes, rows)
    return head.values


@dataclass(frozen=True)
class MoneyUnit:
    """In what amounts are counted, and whether the form says so itself."""

    name: str
    printed: bool

    def parse(self, path: str, cell: Cell, text: str, notes: Notes) -> Money:
        """Read an amount; where nothing names its unit, the layout's is a guess and doubted.

        Raises UnreadableAmount.
        """
        amount = Money.parse(text, unit=self.name)
        if not self.printed and "元" not in text and amount != Money.zero():
            reason = say("没有写明金额单位，暂按{unit}读取", unit=self.name)
            notes.doubt(path, reason, cell.origin)
        return amount


def money_unit(rows: Sequence[Row], layout: Layout, notes: Notes) -> MoneyUnit:
    """The unit in which the form counts money, printed once somewhere in its head.

    Two different ones, or one that we do not know, put every amount in doubt.
    """
    printed = {unit: cell for row in rows for cell in row.filled for unit in _units_in(cell)}
    if len(printed) > 1 or printed.keys() - YUAN_PER_UNIT.keys():
        for name in FUND_FIELDS:
            reason = say("金额单位不明：{units}", units="、".join(sorted(printed)))
            notes.doubt(f"funds.{name}", reason, next(iter(printed.values())).origin)
    known = next((unit for unit in printed if unit in YUAN_PER_UNIT), None)
    return MoneyUnit(known or layout.money_unit, known is not None)


def _units_in(cell: Cell) -> list[str]:
    """The unit that a cell names: `项目资金(万元)`, `单位：万元`, `(金额单位:元)`."""
    text = bare(cell.text)
    before, _, inside = text.rpartition("(")
    beside = (
        _UNIT_IN_BRACKETS.match(inside)
        if "(" not in before
        and ")" not in before
        and any(word in before for word in _COUNTED_IN_MONEY)
        else None
    )
    labelled = _UNIT_LABELLED.match(text)
    return [found[1] for found in (beside, labelled) if found]


def _entries(row: Row, layout: Layout) -> tuple[list[_Entry], list[Cell]]:
    """The captions of a row with their values, and the cells before the first caption."""
    entries: list[_Entry] = []
    strangers: list[Cell] = []
    for cell in _with_captions_apart(row.cells, layout):
        caption = layout.captions.get(bare(cell.text))
        if caption:
            entries.append(_Entry(caption, cell, ()))
        elif entries:
            last = entries[-1]
            entries[-1] = _Entry(last.caption, last.cell, (*last.values, cell))
        elif cell.text and bare(cell.text) not in layout.side_labels and not _units_in(cell):
            strangers.append(cell)
    return entries, strangers


def _with_captions_apart(cells: Sequence[Cell], layout: Layout) -> Iterator[Cell]:
    """`项目名称：残疾人福利` in one cell counts as two cells."""
    for cell in cells:
        before, colon, after = narrow(cell.text).partition(":")
        joined = colon and after.strip() and bare(before) in layout.captions
        if joined and bare(cell.text) not in layout.captions:
            yield Cell(before, cell.origin)
            yield Cell(cell.text[len(before) + 1 :].strip(), cell.origin)
        else:
            yield cell


def _field_of(entry: _Entry, entries: list[_Entry], head: Head) -> str:
    """Which field a caption stands for; 其他资金 stands for two, the left one first.

    Where one of the two was lost, the nearer column takes the other; the lost one is
    reported as missing, so the choice never goes unseen.
    """
    fields = entry.caption.fields
    if len(fields) == 1:
        return fields[0]
    twins = [other for other in entries if other.caption is entry.caption]
    if len(twins) > 1:
        return fields[min(twins.index(entry), len(fields) - 1)]
    return min(fields, key=lambda name: _distance(name, entry, head))


def _distance(name: str, entry: _Entry, head: Head) -> int:
    """How far a caption stands from the column of funds that *name* belongs to."""
    total = "funds.annual_total" if "annual" in name else "funds.total"
    return abs((entry.cell.origin.column or 0) - head.columns.get(total, 0))


def _take(name: str, entry: _Entry, unit: MoneyUnit, head: Head, notes: Notes) -> None:
    notes.places.setdefault(name, entry.cell.origin)
    if name in head.values:
        notes.doubt(
            name, say("“{caption}”出现了两次", caption=entry.cell.text), entry.cell.origin
        )
        return
    head.columns[name] = entry.cell.origin.column or 0
    if not entry.filled:
        if name in _IDENTIFYING:
            notes.doubt(
                name, say("“{caption}”空白", caption=entry.cell.text), entry.cell.origin
            )
        return
    cell, text = entry.filled[0], _adjoining_text(entry, name, notes)
    notes.places[name] = cell.origin
    if entry.caption.holds == "money":
        _read_or_doubt(
            name, text, lambda text: unit.parse(name, cell, text, notes), head, notes, cell
        )
    elif entry.caption.holds == "choice":
        _take_choice(name, text, head, notes, cell)
    elif entry.caption.holds == "date":
        _read_or_doubt(name, text, read_date, head, notes, cell)
        _doubt_far_day(name, text, head, notes, cell)
    else:
        _take_text(name, text, head, notes, cell)


def _take_text(name: str, text: str, head: Head, notes: Notes, cell: Cell) -> None:
    plain, removed = without_markup(text)
    if removed:
        notes.repair(name, removed, cell.origin)
    head.values[name] = plain or None


def _doubt_far_day(name: str, text: str, head: Head, notes: Notes, cell: Cell) -> None:
    """A day of another century is a slip of the pen; it is kept as it stands."""
    day = head.values.get(name)
    if day is not None and not is_budget_year(day.year):
        reason = say("“{text}”不像项目的日期；请核对年份", text=text)
        notes.doubt(name, reason, cell.origin)


def _take_choice(name: str, text: str, head: Head, notes: Notes, cell: Cell) -> None:
    """The ticked one of several printed choices; text without boxes stands for itself."""
    ticked = ticked_in(text)
    if ticked is None:
        head.values[name] = text
    elif len(ticked) == 1:
        head.values[name] = ticked[0]
    else:
        reason = say("“{text}”勾选了 {count} 项", text=text, count=len(ticked))
        notes.doubt(name, reason, cell.origin)


def _adjoining_text(entry: _Entry, name: str, notes: Notes) -> str:
    """The text right of a caption; what a blank cell sets apart belongs to a lost caption."""
    begin = next(place for place, cell in enumerate(entry.values) if cell.text)
    joined = list(takewhile(lambda cell: cell.text, entry.values[begin:]))
    for stranger in entry.filled[len(joined) :]:
        notes.unread(stranger)
    text = "".join(cell.text for cell in joined)
    if len(joined) > 1:
        reason = say("由 {count} 个单元格合并成“{text}”，请核对", count=len(joined), text=text)
        notes.doubt(name, reason, joined[0].origin)
    return text


def _read_or_doubt(
    name: str,
    text: str,
    read: Callable[[str], Money | date],
    head: Head,
    notes: Notes,
    cell: Cell,
) -> None:
    try:
        head.values[name] = read(text)
    except (UnreadableAmount, UnreadableDate) as error:
        notes.doubt(name, error.sentence, cell.origin)


def _take_loose_cells(
    cells: list[Cell], previous: list[tuple[str, _Entry]], head: Head, notes: Notes
) -> None:
    """A row without captions: the year, or the rest of names that began in the row above."""
    # Beside an amount stands a caption that we do not know, not the rest of a name.
    stranger = any(_AMOUNT.match(squeeze(narrow(cell.text))) for cell in cells)
    for cell in cells:
        year = _YEAR.match(squeeze(narrow(cell.text)))
        name = None if stranger else _field_above(cell, previous)
        if year:
            _take_year(int(year[1]), head, notes, cell)
        elif name and isinstance(head.values.get(name), str):
            head.values[name] += cell.text
            notes.repair(name, say("接上了换行的文字：“{text}”", text=cell.text), cell.origin)
        else:
            # A text that continues nothing names what stands to its right.
            stranger = True
            notes.unread(cell)


def _take_year(year: int, head: Head, notes: Notes, cell: Cell) -> None:
    if head.values.setdefault("year", year) != year:
        reason = say(
            "同一份表写了两个年度：{first} 和 {second}", first=head.values["year"], second=year
        )
        notes.doubt("year", reason, cell.origin)
    notes.places.setdefault("year", cell.origin)


def _field_above(cell: Cell, previous: list[tuple[str, _Entry]]) -> str | None:
    for name, entry in previous:
        columns = {part.origin.column for part in entry.filled}
        if entry.caption.holds == "text" and cell.origin.column in columns:
            return name
    return None


def _infer_year(head: Head, notes: Notes, rows: Sequence[Row]) -> None:
    begins = head.values.get("start_date")
    if "year" in head.values or not rows:
        return
    reason: Sentence = say("没有找到“(××××年度)”")
    if begins is not None and is_budget_year(begins.year):
        head.values["year"] = begins.year
        reason = say("没有找到“(××××年度)”，暂按计划开始日期取 {year} 年", year=begins.year)
    notes.doubt("year", reason, rows[0].origin)


def _doubt_missing(head: Head, layout: Layout, notes: Notes, rows: Sequence[Row]) -> None:
    """A caption that the layout prints and this form does not show was lost somewhere."""
    if not rows:
        return
    for entry in layout.data["captions"]:
        for name in entry["fields"]:
            if name not in head.columns and not entry.get("optional"):
                reason = say("没有找到“{caption}”一栏", caption=entry["spellings"][0])
                notes.doubt(name, reason, rows[0].origin)
