"""Aligned rows become indicators: labels are carried down, targets put together, doubts told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from kaoji.core.speech import Sentence, say
from kaoji.core.width import narrow
from kaoji.documents.recognise import labels, shapes
from kaoji.documents.recognise.atoms import Atom
from kaoji.documents.recognise.budget import SURE_ENOUGH
from kaoji.documents.recognise.choices import CAUSE, field_of, read_choices
from kaoji.documents.recognise.draft import Draft, RowDraft
from kaoji.documents.recognise.explain import column_name
from kaoji.documents.recognise.places import the_same_everywhere
from kaoji.documents.recognise.regular_rows import columns_filled, is_clearly_cut
from kaoji.documents.recognise.row_doubts import doubt_shape
from kaoji.documents.recognise.spelling import bare, squeezed
from kaoji.documents.recognise.table import JUNK, Columns, Segment
from kaoji.documents.recognise.template import is_certainly_blank_row
from kaoji.documents.recognise.torn_rows import (
    cells_of,
    completes,
    is_rest_of_row_above,
    is_tail_of_name,
    lengthen,
    one_group,
)

_SURE_BESIDE_NAME = 0.6
_OVERALL = "overall."
_BENEFITS = "效益指标"
_COLUMN_OF = {"target": "target_raw", "op": "target_raw", "op:2": "target_raw", "unit": "target_raw", "actual": "actual_raw", "forecast": "forecast_raw"}  # fmt: skip
_BESIDE = (("actual", "actual_raw"), ("forecast", "forecast_raw"), ("reason", "reason"), ("likelihood", "likelihood"))  # fmt: skip


_OF_OTHER_TIMES = frozenset({"partway", "previous"})


class RowReader:
    """Reads the rows of one table into a draft; remembers labels between rows and tables."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.level1: str | None = None
        self.level2: str | None = None
        self.parent: str | None = None
        self.label_above: Segment | None = None
        self.torn_above: Segment | None = None
        self.last_atom: Atom | None = None
        self.guessed = False
        self.from_level1 = False
        self.overall_level2: str | None = None
        self.waiting: list[RowDraft] = []

    def read(self, rows: Iterable[Sequence[Segment]], table: Columns) -> None:
        """Take every row that has a name or a target."""
        if any(name.startswith(CAUSE) for name in table.fields):
            self.draft.printed.add("causes")
        for row in rows:
            if any(segment.name != JUNK for segment in row):
                self._read_row(row if table.lines_are_rows else one_group(row), table)

    def _read_row(self, row: Sequence[Segment], table: Columns) -> None:
        cells = cells_of(row)
        self._take_labels(cells)
        self._read_overall(row, cells, table)
        twice = self._label_twice(cells)
        name = _name_of(cells, table, twice)
        target = cells.get("target") or the_same_everywhere(row, table)
        self._use(row, alone=name is None and target is None)
        self.label_above = cells.get("level2") if name is None and target is None else None
        if name is None and target is None:
            return
        found = RowDraft(
            self.level1,
            self.level2,
            _without_ends(name) if name else None,
            _composed(cells, target),
            _number(cells.get("weight")),
            row[0].atoms[0].origin,
        )
        rows = self.draft.overall_rows if table.of_whole_project else self.draft.rows
        self._place(found, row, (name or target or row[0]).atoms[0], table)
        if rows and table.lines_are_rows and rows[-1].line == found.line:
            for item in (rows[-1], found):
                item.doubt("level3", say("一行里有几项指标"))
        self._settle_level1(found, cells)
        _fill_in(found, cells, row, table)
        found.columns = columns_filled(row)
        found.clearly_cut = is_clearly_cut(row, self.last_atom)
        self.last_atom = row[-1].atoms[-1]
        if is_certainly_blank_row(found):
            return
        if twice:
            found.doubt("level3", say("“{text}”也可能是分类名", text=twice.text))
        doubt_shape(found, cells, target, table, rows)
        self._doubt_beside_torn(found, row)
        if not (is_rest_of_row_above(found, table, rows) or is_tail_of_name(found, row, rows)):
            rows.append(found)
            if found.guessed_level1:
                self.waiting.append(found)

    def _label_twice(self, cells: dict[str, Segment]) -> Segment | None:
        """服务对象满意度指标 | 服务对象满意度 on one line: the second is no class, a name begins with it."""
        two, above = cells.get("level2"), self.label_above
        if two is None or above is None or two.atoms[0].line != above.atoms[0].line:
            return None
        same = labels.level2(two.text) == labels.level2(above.text) is not None
        return two if same and not labels.is_spelled_out(two.text) else None

    def _doubt_beside_torn(self, found: RowDraft, row: Sequence[Segment]) -> None:
        """A text in a line of its own that passed for an explanation may be half of a name."""
        torn = next((cell for cell in row[1:] if _begins_line(cell)), None)
        line = found.places["level3"].line if "level3" in found.places else None
        if "target_raw" not in found.places or found.places["target_raw"].line != line:
            torn = None
        if torn and completes(found.level3, torn.text):
            found.more = {name: text for name, text in found.more.items() if text != torn.text}
            lengthen(found, torn.text)
            torn = None
        above = None if found.labelled else self.torn_above
        for cell in (torn, above):
            if cell:
                told = say("“{text}”可能是名称的一部分", text=cell.text[:20])
                found.doubt("level3", told, cell.atoms[0].origin)
        last = row[-1]
        unsure = _is_beside(last) and last.sure < SURE_ENOUGH and last.atoms[0].trust != "exact"
        self.torn_above = torn or (last if unsure else None)

    def _use(self, row: Sequence[Segment], *, alone: bool) -> None:
        for segment in row:
            if segment.name != JUNK and not (alone and _says_something_alone(segment)):
                self.draft.use(segment.atoms)

    def _place(
        self, found: RowDraft, row: Sequence[Segment], first: Atom, table: Columns
    ) -> None:
        """Where the row stands, as evidence for its class."""
        found.labelled = any(segment.name == "level2" for segment in row)
        found.from_level1 = self.from_level1
        found.line = row[0].atoms[0].line
        found.column, found.fragment = first.column, first.fragment
        found.merged, found.in_columns = first.below_merged, first.trust != "free"
        found.exact = first.trust == "exact"
        if first.fragment == table.fragment:
            found.heading_column = _place_of("level3", table)

    def _take_labels(self, cells: dict[str, Segment]) -> None:
        one, two = cells.get("level1"), cells.get("level2")
        self.from_level1 = one is None and two is not None and bool(labels.level1(two.text))
        if self.from_level1 and two is not None and not labels.level2(two.text):
            one, two = two, None  # 指标类型: 产出指标
        if one:
            new = labels.level1(one.text) or squeezed(one.text)
            same = (
                bool(self.draft.rows) and self.draft.rows[-1].fragment == one.atoms[0].fragment
            )
            in_the_middle = same and self.guessed and two is None and self.parent == new
            if not in_the_middle:  # else a label in the middle of its merged rows
                self.level2 = self.parent = None
            for row in self.waiting:
                row.guessed_level1 = row.guessed_level1 and row.level1 != new
            self.level1, self.guessed = new, False
        if two:
            known = labels.level2(two.text)
            self.level2 = known[0] if known else squeezed(two.text)
            stays = labels.is_of_benefits_too(two.text) and self.level1 == _BENEFITS
            self.parent = _BENEFITS if stays else known[1] if known else None

    def _settle_level1(self, row: RowDraft, cells: dict[str, Segment]) -> None:
        """Level 1 as carried down, corrected where the parent of level 2 is certain."""
        one, two = cells.get("level1"), cells.get("level2")
        parent = self.parent
        if self.level2 == "成本指标" and two is not None and self.level1 in {"成本指标", None}:
            parent = "产出指标" if self.level1 is None else parent
        costs_both = self.level1 == "成本指标" and "成本" in (self.level2 or "")
        if parent and self.level1 != parent and not costs_both:
            official = labels.is_official_level1(self.level1)
            if self.level1 is None or (two is not None and one is None and official):
                self._doubt_between(parent)
                self.level1 = row.level1 = parent
                self.guessed = row.guessed_level1 = True
            elif official and self.level1 == "成本指标":
                self.level1 = row.level1 = parent  # it was a label of level 2 without rows
            elif official:
                reason = say("“{level2}”不属于“{level1}”", level2=self.level2, level1=self.level1)  # fmt: skip
                row.doubt("level1", reason)
        if row.level2 is None and labels.is_official_level1(row.level1):
            row.doubt("level2", say("没有二级指标"))
        if row.level1 is None:
            row.doubt("level1", say("没有一级指标"))

    def _doubt_between(self, level1: str) -> None:
        """Rows taken out of a class by their label, which goes on behind them, may belong to it."""
        rows = self.draft.rows
        begin = next((n for n in range(len(rows), 0, -1) if rows[n - 1].level1 == level1), None)
        for row in rows[begin:] if begin else ():
            if row.guessed_level1:
                told = say(
                    "“{level2}”夹在“{level1}”的各行之间", level2=row.level2, level1=level1
                )
                row.doubt("level1", told)

    def _read_overall(
        self, row: Sequence[Segment], cells: dict[str, Segment], table: Columns
    ) -> None:
        """The columns of the whole project beside those of the year."""
        name, target = cells.get("overall.level3"), cells.get("overall.target")
        if name is None and target is None:
            return
        two = cells.get("overall.level2")
        if two:
            known = labels.level2(two.text)
            self.overall_level2 = known[0] if known else squeezed(two.text)
        elif "level1" in cells:
            self.overall_level2 = None
        level2 = self.overall_level2 or self.level2
        found = RowDraft(
            self.level1 or _parent(level2),
            level2,
            name.text if name else None,
            target.text if target else None,
            None,
            row[0].atoms[0].origin,
        )
        for segment in row:
            if segment.name.startswith(_OVERALL) and segment.sure < SURE_ENOUGH:
                column = segment.name.removeprefix(_OVERALL)
                reason = _may_belong_elsewhere(segment, table)
                found.doubt(_COLUMN_OF.get(column, column), reason, segment.atoms[0].origin)
        self.draft.overall_rows.append(found)


def _begins_line(cell: Segment) -> bool:
    """Is it words of an explanation that begin a line of a text?"""
    first = cell.atoms[0]
    return _is_beside(cell) and first.gap == "row" and first.trust != "exact"


def _is_beside(cell: Segment) -> bool:
    return cell.name.partition(":")[0] in {"reason", "extra"}


_OF_CLASSES = frozenset({"level1", "level2", "op", "op:2", "unit"})
_SHORTEST_LOST = 4


def _says_something_alone(segment: Segment) -> bool:
    """Words beside neither a name nor a target belong to no row: they are told, not dropped."""
    beside = segment.name not in _OF_CLASSES and not segment.name.startswith(_OVERALL)
    return beside and len(squeezed(segment.text)) >= _SHORTEST_LOST


def _fill_in(
    row: RowDraft, cells: dict[str, Segment], segments: Sequence[Segment], table: Columns
) -> None:
    """What stands beside name and target, and how sure each cell is."""
    row.score = _number(cells.get("score"))
    for column, number in (("score", row.score), ("weight", row.weight)):
        if column in cells and number is None and not shapes.is_nothing(cells[column].text):
            reason = say("“{text}”不是数", text=cells[column].text[:20])
            row.doubt(column, reason, cells[column].atoms[0].origin)
    row.more |= {field: cells[column].text for column, field in _BESIDE if column in cells}
    enough = SURE_ENOUGH if table.guessed else _sure_enough(cells.get("level3"), segments)
    for segment in segments:
        if segment.name != JUNK and not segment.name.startswith(_OVERALL):
            sure_enough = SURE_ENOUGH if segment.name == "level3" else enough
            known = segment.name == "level1" and labels.is_spelled_out(segment.text)
            if known and not _is_glued(segments):
                sure_enough = _SURE_BESIDE_NAME
            _note(row, segment, sure_enough, table)
    read_choices(row, cells)


def _sure_enough(name: Segment | None, segments: Sequence[Segment]) -> float:
    """Where the name is certain the row is cut rightly, and its other cells are hardly ever wrong.

    Measured on damaged tables and on the working half of `accuracy/readings`.
    """
    certain = name is not None and name.sure >= SURE_ENOUGH and not _is_glued(segments)
    return _SURE_BESIDE_NAME if certain else SURE_ENOUGH


def _is_glued(segments: Sequence[Segment]) -> bool:
    return any(atom.gap in {"none", "digit"} for item in segments for atom in item.atoms)


def _note(row: RowDraft, segment: Segment, enough: float, table: Columns) -> None:
    kind, _, printed = segment.name.partition(":")
    column = field_of(_COLUMN_OF.get(segment.name, segment.name))
    if kind in _OF_OTHER_TIMES:  # no field of ours stands for it: kept under its caption
        column = bare(table.names[table.fields.index(segment.name)]) or column
        row.more[f"extra.{column}"] = segment.text
    row.sure[column] = min(segment.sure, row.sure.get(column, 1.0))
    row.places.setdefault(column, segment.atoms[0].origin)
    if kind == "extra":
        row.more[f"extra.{printed}"] = segment.text
    elif kind == "op" and shapes.is_polarity(segment.text):
        row.more["extra.指标性质"] = segment.text
    elif shapes.is_nothing(segment.text) or kind.startswith("project"):
        return
    elif segment.sure < enough:
        row.doubt(column, _may_belong_elsewhere(segment, table), segment.atoms[0].origin)
        row.of_cut.append(row.doubts[-1])


def _place_of(name: str, table: Columns) -> int | None:
    """The first cell of a column, where the source has columns."""
    places = table.places[table.fields.index(name)] if table.places and table.has(name) else ()
    return min(places, default=None)


def _parent(level2: str | None) -> str | None:
    known = labels.level2(level2) if level2 else None
    return known[1] if known else None


def _may_belong_elsewhere(segment: Segment, table: Columns) -> Sentence:
    share = f"{min(segment.sure, 0.99):.0%}"
    if segment.rival is None:
        return say(
            "“{text}”从哪里起、到哪里止没有把握（{share}）", text=segment.text[:20], share=share
        )
    if segment.rival != JUNK:
        other = column_name(table, segment.rival)
        return say(
            "“{text}”也可能属于“{column}”（{share}）",
            text=segment.text[:20],
            column=other,
            share=share,
        )
    return say("“{text}”也可能属于别的栏（{share}）", text=segment.text[:20], share=share)


def _name_of(
    cells: dict[str, Segment], table: Columns, twice: Segment | None
) -> Segment | None:
    """The cell of the name; with the label before it that is none."""
    name = cells.get("level3") or _label_as_name(cells, table)
    if name and twice:
        return Segment(name.name, (*twice.atoms, *name.atoms), name.sure, name.rival)
    return name


def _label_as_name(cells: dict[str, Segment], table: Columns) -> Segment | None:
    """In a table without a column of level 2 the label below level 1 is the indicator's name."""
    two = cells.get("level2")
    unnamed = table.has("level2") and table.names[table.fields.index("level2")] == ""
    return two if unnamed and "target" in cells else None


_ENDS = " ,，;；。、"


def _without_ends(segment: Segment) -> str:
    """The text; in running text without the punctuation that set it apart."""
    glued = segment.atoms[0].gap == "none" or segment.atoms[-1].gap == "none"
    return segment.text.strip(_ENDS) or segment.text if glued else segment.text


def _composed(cells: dict[str, Segment], target: Segment | None) -> str | None:
    """≥ | 90 | % in three cells as it would be written in one."""
    if target is None:
        return None
    text = _without_ends(target)
    signs = (_sign(cells[name]) for name in ("op", "op:2") if name in cells)
    sign = next((found for found in signs if found), None)
    if sign and not shapes.target(text).op:
        text = sign + text
    unit = cells.get("unit")
    if unit and shapes.number(target.text) and unit.text not in target.text:
        text += squeezed(unit.text)
    return text


def _sign(cell: Segment) -> str | None:
    """The sign as it is printed; a word for one as the sign it means."""
    meant, printed = shapes.sign(cell.text), narrow(cell.text).strip()
    return printed if meant and not _IS_WORD.search(printed) else meant


_IS_WORD = re.compile(r"[\u4e00-\u9fff]")


def _number(segment: Segment | None) -> Decimal | None:
    text = squeezed(segment.text).removesuffix("%") if segment else ""
    number = shapes.number(text)
    return Decimal(number) if number else None
