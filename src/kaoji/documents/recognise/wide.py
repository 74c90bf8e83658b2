"""Rows of an indicator table with more than four columns: weights, actual values, remarks.

A target may be spread over three cells (指标性质 ≥, 指标值 90, 度量单位 %); it is put together
as it would be written in one.
"""

from __future__ import annotations

from collections.abc import Iterator

from kaoji.core.taxonomy import Taxonomy
from kaoji.core.width import narrow, squeeze
from kaoji.documents.manuscript import Cell, Row
from kaoji.documents.recognise.columns import EXTRA, NARROW, OVERALL, Heading, Spread, spread
from kaoji.documents.recognise.notes import Notes
from kaoji.documents.recognise.table import TableRow
from kaoji.standards.layouts import Layout, bare

_SIGNS = {
    "≥": "≥", ">=": "≥", "大于等于": "≥", "不低于": "≥", "≤": "≤", "<=": "≤", "小于等于": "≤",
    "不高于": "≤", "=": "=", "等于": "=", ">": ">", "大于": ">", "<": "<", "小于": "<",
}  # fmt: skip
_WORDS = {"定性", "文字描述", "正向", "反向", "正向指标", "反向指标"}
_LIKELIHOODS = {"确定能", "有可能", "完全不可能"}
_TICKS = {"√", "✓", "✔", "☑", "是"}
_NO_UNIT = {"", "/", "-", "—", "无", "无单位"}


def read_wide_row(
    row: Row, heading: Heading, layout: Layout, taxonomy: Taxonomy, notes: Notes
) -> Iterator[tuple[str, TableRow]]:
    """The rows that a printed row holds, each with its table: of the year, of the project."""
    found = spread(row, heading, layout)
    for stranger in found.strangers:
        notes.unread(stranger)
    level1 = _label(found, "level1", taxonomy)
    for table, prefix in (("overall_indicators", OVERALL), ("indicators", "")):
        name = found.first(f"{prefix}level3")
        target = _target(found, prefix)
        level2 = _label(found, f"{prefix}level2", taxonomy)
        if name is None and target is None and level2 is None and (prefix or level1 is None):
            continue
        yield (
            table,
            TableRow(
                level1,
                level2,
                found.text(f"{prefix}level3"),
                target,
                name.origin.column if name else None,
                heading.column_of(f"{prefix}level3"),
                row.fragment,
                row.origin,
                joined=len(found.cells.get(f"{prefix}level3", ())) > 1,
                merged=_blanks_are_covered(row, heading, prefix),
                more=() if prefix else tuple(_more(found)),
            ),
        )


def _label(found: Spread, field: str, taxonomy: Taxonomy) -> str | None:
    """A label as printed, or its official name where the taxonomy knows it."""
    text = found.text(field)
    if text is None:
        return None
    if field.endswith("level1"):
        return taxonomy.find_level1(text) or bare(text)
    known = taxonomy.find_level2(text)
    return known.name if known else bare(text)


def _target(found: Spread, prefix: str) -> str | None:
    """The target as it would be written in one cell."""
    value = found.text(f"{prefix}target_raw")
    if prefix or not {"op", "unit"} & found.cells.keys():
        return value
    sign = squeeze(narrow(found.text("op") or ""))
    unit = (found.text("unit") or "").strip()
    before = _SIGNS.get(sign, "" if sign in _WORDS else sign)
    after = "" if unit in _NO_UNIT or (value or "").endswith(unit) else unit
    whole = f"{before}{value or ''}{after}"
    return whole or None


def _more(found: Spread) -> Iterator[tuple[str, Cell]]:
    """Everything that stands beside name and target."""
    for field, cells in found.cells.items():
        if field in NARROW or field.startswith(OVERALL) or field in {"op", "unit"}:
            continue
        text = "".join(cell.text for cell in cells)
        choice = field.removeprefix(EXTRA)
        if choice in _LIKELIHOODS and text in _TICKS:
            field, text = "likelihood", choice
        yield field, Cell(text, cells[0].origin)
    sign = found.text("op")
    if sign and squeeze(narrow(sign)) in _WORDS:
        yield f"{EXTRA}指标性质", found.cells["op"][0]


def _blanks_are_covered(row: Row, heading: Heading, prefix: str) -> bool:
    """Is every blank label of the row covered by a merged cell begun above?"""
    columns = {heading.column_of("level1"), heading.column_of(f"{prefix}level2")} - {None}
    blanks = [cell for cell in row.cells if cell.origin.column in columns and not cell.text]
    return bool(blanks) and all(cell.covered for cell in blanks)


def total_of(row: Row, heading: Heading, layout: Layout) -> Cell | None:
    """The score in the line 总分: what stands in the column of scores, else the last cell."""
    if bare(row.filled[0].text) not in layout.totals or len(row.filled) < 2:
        return None
    found = spread(row, heading, layout)
    return found.first("score") or row.filled[-1]
