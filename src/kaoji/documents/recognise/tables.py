"""Everything below the first heading of indicators: one table or several, and their sums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kaoji.core.declaration import INDICATOR_TABLES
from kaoji.core.taxonomy import Taxonomy
from kaoji.documents.manuscript import Cell, Row
from kaoji.documents.recognise.columns import Heading, is_second_heading, read_heading
from kaoji.documents.recognise.noise import is_footer, is_side_label
from kaoji.documents.recognise.notes import Notes
from kaoji.documents.recognise.segments import is_indicator_heading
from kaoji.documents.recognise.table import TableRow, joined, read_row
from kaoji.documents.recognise.wide import read_wide_row, total_of
from kaoji.standards.layouts import Layout, bare

Labels = tuple[str | None, str | None]


@dataclass
class Tables:
    """The rows of each table, and the cell with the sum of scores."""

    rows: dict[str, list[TableRow]] = field(
        default_factory=lambda: {name: [] for name in INDICATOR_TABLES}
    )
    total: Cell | None = None


def read_tables(
    rows: Sequence[Row], layout: Layout, taxonomy: Taxonomy, notes: Notes
) -> Tables:
    """Read the rows below the indicator heading, headings repeated on new pages included."""
    return _Reader(layout, taxonomy, notes).read(rows)


class _Reader:
    """Goes down the rows and remembers the heading, the table and labels without a row."""

    def __init__(self, layout: Layout, taxonomy: Taxonomy, notes: Notes) -> None:
        self.layout, self.taxonomy, self.notes = layout, taxonomy, notes
        self.tables = Tables()
        self.headings: dict[int, Heading] = {}
        self.table = "indicators"
        self.pending: dict[str, Labels] = {}

    def read(self, rows: Sequence[Row]) -> Tables:
        above: Row | None = None
        for row in rows:
            self._switch(row)
            heading = self.headings.get(row.fragment)
            if is_indicator_heading(row, self.layout):
                self.headings[row.fragment] = read_heading(row, self.layout)
            elif heading and above and self._is_second_heading(row, heading, above):
                self.headings[row.fragment] = heading.refined(row, self.layout)
            elif not self._is_aside(row, heading):
                self._take(row, heading)
            above = row
        found = self.tables.rows
        self.tables.rows = {name: joined(found[name], self.notes) for name in found}
        return self.tables

    def _is_second_heading(self, row: Row, heading: Heading, above: Row) -> bool:
        return is_indicator_heading(above, self.layout) and is_second_heading(row, heading)

    def _switch(self, row: Row) -> None:
        """A side label may say whose indicators follow."""
        for cell in row.filled[:1]:
            self.table = self.layout.tables.get(bare(cell.text), self.table)

    def _is_aside(self, row: Row, heading: Heading | None) -> bool:
        """Is it no row of indicators: a sum, prose, a signature below the table?"""
        total = total_of(row, heading, self.layout) if heading else None
        if total is not None:
            self.tables.total = total
            self.notes.places["total_score"] = total.origin
            return True
        if not (row.is_prose or is_footer(row.filled[0].text, self.layout)):
            return False
        if not is_side_label(row.filled[0].text, self.layout):
            for cell in row.filled:
                self.notes.unread(cell)
        return True

    def _take(self, row: Row, heading: Heading | None) -> None:
        if heading and (heading.is_wide or self.taxonomy.open):
            found = list(read_wide_row(row, heading, self.layout, self.taxonomy, self.notes))
        else:
            found = [
                (self.table, read_row(row, self.layout, self.taxonomy, heading, self.notes))
            ]
        for table, read in found:
            self._add(self.table if table == "indicators" else table, read)

    def _add(self, table: str, read: TableRow) -> None:
        """Labels that stand in a row of their own belong to the row below."""
        level1, level2 = self.pending.pop(table, (None, None))
        read = replace(read, level1=read.level1 or level1, level2=read.level2 or level2)
        if read.name is None and read.target is None:
            self.pending[table] = (read.level1, read.level2)
        else:
            self.tables.rows[table].append(read)
