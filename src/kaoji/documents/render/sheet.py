"""Lay a form out as the official table: rows of cells with spans, before any format.

Every renderer, and the page on the site, draws the same sheet, so they cannot drift apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, zip_longest
from typing import Any

from kaoji.core.declaration import Declaration
from kaoji.core.indicator import Indicator
from kaoji.core.money import Money
from kaoji.core.outcome import IndicatorOutcome
from kaoji.core.speech import Sentence
from kaoji.documents.reading import FormReading
from kaoji.documents.render.cells import SheetCell
from kaoji.documents.render.columns import Column, columns_of, heading_rows, ticked
from kaoji.documents.shown_unit import in_unit, shown_unit
from kaoji.standards.layouts import layout_named, to_month


class UnableToWrite(RuntimeError):
    """A document that cannot be written on this machine; *sentence* says what helps."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        super().__init__(str(sentence))


@dataclass(frozen=True)
class Sheet:
    """The whole table: what the form is called, title, year line, relative widths, rows.

    The row numbered *repeated*, counted from 0, is printed again on each page, with those below it
    that are *headings* too.
    """

    name: str
    title: str
    year_line: str
    widths: tuple[int, ...]
    landscape: bool
    rows: tuple[tuple[SheetCell, ...], ...]
    repeated: int
    headings: int = 1

    def placed(self) -> Iterator[tuple[int, int, SheetCell]]:
        """Every cell with the row and column of its upper left corner, from 0."""
        covered: set[tuple[int, int]] = set()
        for y, row in enumerate(self.rows):
            x = 0
            for cell in row:
                while (y, x) in covered:
                    x += 1
                yield y, x, cell
                covered |= {
                    (y + dy, x + dx) for dy in range(cell.rowspan) for dx in range(cell.colspan)
                }


Printable = Declaration | FormReading | Sheet


def year_line(year: int | None) -> str:
    """What stands below the title."""
    return f"（{year}年度）" if year else "（    年度）"


def lay_out(item: Printable) -> Sheet:
    """Lay out a form in its own layout (the usual one when it names none); a sheet is laid out."""
    if isinstance(item, Sheet):
        return item
    return _Drawing(item if isinstance(item, FormReading) else FormReading(item)).sheet()


class _Drawing:
    """One form on its way to the page."""

    def __init__(self, reading: FormReading) -> None:
        self.reading = reading
        self.form = reading.form
        self.layout = layout_named(self.form.layout)
        self.unit = shown_unit(self.form, reading.outcome)
        self.month = _month_of(reading)

    def sheet(self) -> Sheet:
        plan = self.layout.sheet
        head = tuple(self._head(plan["rows"]))
        tables = plan["indicators"]
        rows: list[tuple[SheetCell, ...]] = []
        for table in tables if isinstance(tables, list) else [tables]:
            columns = columns_of(table)
            rows += self._table(table, columns)
        if "total" in plan:
            rows.append(tuple(self._total(plan["total"], columns)))
        name = self.form.project_name or self.form.department or ""
        return Sheet(
            name,
            self.layout.title,
            year_line(self.form.year),
            tuple(plan["widths"]),
            plan.get("landscape", False),
            head + tuple(rows),
            repeated=len(head) + _last_heading(rows),
            headings=2 if any(column.group for column in columns) else 1,
        )

    def _head(self, rows: Sequence[list[dict[str, Any]]]) -> Iterator[tuple[SheetCell, ...]]:
        """The rows above the indicators; one that asks for a line of the budget stands only with it."""
        lines = self.reading.outcome.budget if self.reading.outcome else {}
        shown = [row[0].get("only_with", "total") in {"total", *lines} for row in rows]
        for y, row in enumerate(rows):
            if shown[y]:
                yield tuple(
                    self._head_cell(cell, sum(shown[y : y + cell.get("rows", 1)]))
                    for cell in row
                )

    def _head_cell(self, cell: dict[str, Any], height: int) -> SheetCell:
        spans = {"colspan": cell.get("span", 1), "rowspan": height}
        if "caption" in cell:
            text = in_unit(to_month(cell["caption"], self.month), self.unit)
            if cell.get("with") == "goal_period" and self.form.goal_period:
                period = self.form.goal_period
                text = f"{text}\n（{period.first}年－{period.last}年）"
            role = "side" if spans["rowspan"] > 1 else "caption"
            return SheetCell(text, cell.get("with"), role=role, **spans)
        path: str = cell["field"]
        return SheetCell(self._text_at(path), path, role=_role_of(path), **spans)

    def _text_at(self, path: str) -> str:
        group, _, name = path.rpartition(".")
        outcome = self.reading.outcome
        if group == "extra":
            return self.reading.extra.get(name, "")
        if group.startswith("budget."):
            line = outcome.budget.get(group.removeprefix("budget.")) if outcome else None
            return self._written(getattr(line, name, None), name)
        if path == "goal_done":
            return outcome.goal_done or "" if outcome else ""
        return self._written(getattr(self.form.funds if group else self.form, name), name)

    def _written(self, value: Any, name: str) -> str:
        if value is None:
            return ""
        if isinstance(value, Money):
            return value.written(self.unit)
        return f"{value:f}%" if name == "rate" else str(value)

    def _table(
        self, plan: dict[str, Any], columns: Sequence[Column]
    ) -> Iterator[tuple[SheetCell, ...]]:
        rows = list(self._side_by_side(columns))
        name = plan.get("table", "indicators")
        first, *more = heading_rows(columns, self.month)
        height = len(rows) + 1 + len(more)
        yield (SheetCell(plan["side"], name, rowspan=height, role="side"), *first)
        yield from map(tuple, more)
        merged = _merged_labels(rows, columns)
        for number, row in enumerate(rows):
            cells = []
            for place, column in enumerate(columns):
                if column.is_label:
                    cells += merged.get((number, place), [])
                elif column.choice:
                    cells.append(self._choice(row.get(column.table), column, columns))
                else:
                    cells.append(self._cell(row.get(column.table), column))
            yield tuple(cells)

    def _side_by_side(self, columns: Sequence[Column]) -> Iterator[_Row]:
        """The printed rows: indicators of the tables that share them, class by class."""
        tables = list(dict.fromkeys(column.table for column in columns))
        if len(tables) == 1:
            yield from ({tables[0]: row} for row in getattr(self.form, tables[0]))
            return
        blocks = [
            [
                (level1, list(rows))
                for level1, rows in groupby(getattr(self.form, name), _level1)
            ]
            for name in tables
        ]
        for pair in _aligned(*blocks):
            for rows in zip_longest(*pair):
                yield dict(zip(tables, rows, strict=True))

    def _cell(self, row: Indicator | None, column: Column) -> SheetCell:
        if row is None:
            return SheetCell("", colspan=column.span)
        path = f"{column.table}[{row.position}].{column.field}"
        return SheetCell(self._indicator_text(row, column), path, column.span)

    def _choice(
        self, row: Indicator | None, column: Column, columns: Sequence[Column]
    ) -> SheetCell:
        """The cell of a choice; the first one of a field carries what is to be said of it."""
        name, choice = column.choice or ("", "")
        choices = [one.choice[1] for one in columns if one.choice and one.choice[0] == name]
        entry = self._entry(row) if row else None
        value = getattr(entry, name, None) or ()
        said = (value,) if isinstance(value, str) else value
        first = row is not None and choice == choices[0]
        path = f"{column.table}[{row.position}].{name}" if row and first else None
        return SheetCell(ticked(said, choice, choices), path, column.span, role="label")

    def _entry(self, row: Indicator) -> IndicatorOutcome | None:
        """What became of an indicator, where that is known."""
        entries = self.reading.outcome.indicators if self.reading.outcome else ()
        return entries[row.position] if row.position < len(entries) else None

    def _indicator_text(self, row: Indicator, column: Column) -> str:
        field = column.field
        if field in {"op", "value", "unit"}:
            return _split_target(row)[field]
        if field.startswith("extra."):
            key = f"{column.table}[{row.position}].{field.removeprefix('extra.')}"
            return self.reading.extra.get(key, "")
        if field == "weight":
            return "" if row.weight is None else f"{row.weight:f}"
        if field in {"level3", "target_raw"}:
            return (row.level3 if field == "level3" else row.target.text) or ""
        value = getattr(self._entry(row), field, None)
        return "" if value is None else str(value)

    def _total(self, plan: dict[str, str], columns: Sequence[Column]) -> Iterator[SheetCell]:
        """The line 总分: the points and the score below their columns."""
        fields = [column.field for column in columns]
        outcome = self.reading.outcome
        score = outcome.total_score if outcome else None
        yield SheetCell(plan["caption"], colspan=fields.index("weight") + 1, role="caption")
        yield SheetCell(_sum_of_points(self.reading), role="points")
        yield SheetCell("" if score is None else f"{score:f}", "total_score")
        yield SheetCell("", colspan=len(fields) - fields.index("score") - 1)


def _last_heading(rows: Sequence[tuple[SheetCell, ...]]) -> int:
    """The place of the last row that heads an indicator table."""
    return max(
        y for y, row in enumerate(rows) if any(cell.is_side_of_indicators for cell in row)
    )


_Row = dict[str, Indicator | None]


def _month_of(reading: FormReading) -> int | None:
    """The month to which a monitoring report counts, where it says a day."""
    try:
        return date.fromisoformat((reading.outcome and reading.outcome.as_of) or "").month
    except ValueError:
        return None


def _role_of(path: str) -> str:
    if path.startswith(("funds.", "budget.")):
        return "amount"
    return "text" if path.endswith(("_goal", "goal_done")) else "value"


def _level1(row: Indicator) -> str | None:
    return row.level1


_Block = tuple[str | None, list[Indicator]]


def _aligned(
    left: list[_Block], right: list[_Block]
) -> Iterator[tuple[list[Indicator], list[Indicator]]]:
    """Blocks of the same class beside each other, the order of both kept."""
    left, right = list(left), list(right)
    while left or right:
        if left and right and left[0][0] == right[0][0]:
            yield left.pop(0)[1], right.pop(0)[1]
        elif left and (not right or right[0][0] in {name for name, _ in left}):
            yield left.pop(0)[1], []
        else:
            yield [], right.pop(0)[1]


def _merged_labels(
    rows: Sequence[_Row], columns: Sequence[Column]
) -> dict[tuple[int, int], list[SheetCell]]:
    """The label cells by row and place of their column; equal neighbours are merged."""
    cells: dict[tuple[int, int], list[SheetCell]] = {}
    for place, column in enumerate(columns):
        if not column.is_label:
            continue

        def label(number: int, column: Column = column) -> tuple[str | None, ...] | None:
            row = rows[number].get(column.table)
            if column.field == "level1" and row is None:
                row = next(filter(None, rows[number].values()), None)
            if row is None:
                return None
            return (row.level1, row.level2)[: 1 if column.field == "level1" else 2]

        for key, group in groupby(range(len(rows)), label):
            numbers = list(group)
            text = (key[-1] if key else None) or ""
            row = rows[numbers[0]].get(column.table)
            path = f"{column.table}[{row.position}].{column.field}" if row else None
            cell = SheetCell(text, path, column.span, len(numbers), "label")
            cells[numbers[0], place] = [cell]
    return cells


def _split_target(row: Indicator) -> dict[str, str]:
    """A target over three cells, where it can be parted so that nothing is lost."""
    target = row.target
    if target.op and target.value is not None and target.value_high is None:
        sign = _SIGNS.get(target.op.value, "")
        value = target.text.removeprefix(sign).removesuffix(target.unit or "")
        if (
            sign
            and f"{sign}{value}{target.unit or ''}" == target.text
            and value == value.strip()
        ):
            return {"op": sign, "value": value, "unit": target.unit or ""}
    return {"op": "", "value": target.text, "unit": ""}


_SIGNS = {">=": "≥", "<=": "≤", "=": "=", ">": ">", "<": "<"}


def _sum_of_points(reading: FormReading) -> str:
    """All points of the form, when every part of it has some."""
    outcome = reading.outcome
    total = outcome.budget.get("total") if outcome else None
    parts = [row.weight for row in reading.form.indicators]
    if total is None or total.points is None or None in parts:
        return ""
    return f"{total.points + sum(part for part in parts if part is not None):f}"
