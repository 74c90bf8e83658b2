"""Pages become rows: tables and the lines around them, in reading order.

A table that runs on over a page break stays one table: same columns, same fragment. Under
the break, blank places of its first row (heading rows printed again do not count) belong
to cells begun on the page before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from statistics import median

from kaoji.core.provenance import Origin
from kaoji.documents.manuscript import Cell, Row
from kaoji.documents.read.page.alignment import aligned_tables
from kaoji.documents.read.page.ink import Box, Glyph, Ink
from kaoji.documents.read.page.lines_in_cells import MARKS, Line, lines_of, text_of
from kaoji.documents.read.page.ruling import Region, RuledTable, tables_on

_SAME_EDGE = 3.0
_SAME_COLUMN = 2.5
# Between two signs of prose no gap is wider than two of them.
_CELL_GAP = 2.0
_MARGIN_LINES = 2
_PAGE_MARGIN = 0.08


@dataclass
class _Piece:
    """A table on one page; by region its text, and whether that fills its last line.

    *unsure* are the regions in which a recogniser was not certain of every sign.
    """

    page: Ink
    table: RuledTable
    texts: dict[int, tuple[str, bool]] = field(default_factory=dict)
    unsure: set[int] = field(default_factory=set)

    def goes_on_in(self, other: _Piece) -> bool:
        """Does the other, on the page that follows, stand between the same edges?"""
        mine, theirs = self.table.box, other.table.box
        edges = (abs(mine.left - theirs.left), abs(mine.right - theirs.right))
        return other.page.number == self.page.number + 1 and max(edges) <= _SAME_EDGE


@dataclass
class _Prose:
    """The lines above, between or below the tables of a page."""

    page: Ink
    lines: list[Line]

    @property
    def is_margin(self) -> bool:
        """Is it a header or footer of the page, which parts no table?"""
        edge = self.page.height * _PAGE_MARGIN
        return len(self.lines) <= _MARGIN_LINES and all(
            line.box.bottom < edge or line.box.top > self.page.height - edge
            for line in self.lines
        )


def rows_of_pages(pages: Iterable[Ink]) -> Iterator[Row]:
    """The rows of a document, page by page; only one table is held at a time."""
    assembler = _Assembler()
    for page in pages:
        for block in _blocks(page):
            yield from assembler.take(block)
    yield from assembler.close()


class _Assembler:
    """Collects the pieces of one table until something else comes."""

    def __init__(self) -> None:
        self.fragment = 0
        self.tables = 0
        self.pieces: list[_Piece] = []
        self.margins: list[_Prose] = []
        self.after_text = False

    def take(self, block: _Piece | _Prose) -> Iterator[Row]:
        if isinstance(block, _Piece):
            if not (self.pieces and self.pieces[-1].goes_on_in(block)):
                yield from self.close()
            self.pieces.append(block)
        elif self.pieces and block.is_margin:
            self.margins.append(block)
        else:
            yield from self.close()
            yield from self._prose(block)

    def close(self) -> Iterator[Row]:
        if self.pieces:
            self.tables += 1
            self.fragment += self.after_text
            self.after_text = False
            yield from _table_rows(self.pieces, self.fragment, self.tables)
        self.pieces = []
        margins, self.margins = self.margins, []
        for block in margins:
            yield from self._prose(block)

    def _prose(self, block: _Prose) -> Iterator[Row]:
        self.after_text = True
        for number, line in enumerate(block.lines, start=1):
            yield Row(tuple(_cells_of_line(line, number, block.page)), self.fragment)


def _blocks(page: Ink) -> Iterator[_Piece | _Prose]:
    """Tables with their texts, and the lines around them, from top to bottom."""
    pieces = [_Piece(page, table) for table in tables_on(page)]
    inside, outside = _sorted_into(pieces, page.glyphs)
    if not page.marked and not page.recognised:
        pieces, inside, outside = _with_aligned(page, pieces, inside, outside)
    for piece, found in zip(pieces, inside, strict=True):
        _read_cells(piece, found)
    yield from _in_order(page, pieces, lines_of(outside))


_ByRegion = dict[int, list[Glyph]]


def _sorted_into(
    pieces: Sequence[_Piece], glyphs: Iterable[Glyph]
) -> tuple[list[_ByRegion], list[Glyph]]:
    """The glyphs of each table by region, and those outside of all."""
    inside: list[_ByRegion] = [defaultdict(list) for _ in pieces]
    outside: list[Glyph] = []
    beside = outside
    for glyph in glyphs:
        if glyph.text in MARKS:  # it has no width and may stand outside: it goes with its sign
            beside.append(glyph)
            continue
        for piece, found in zip(pieces, inside, strict=True):
            region = piece.table.region_at(*glyph.box.centre)
            if region is not None:
                beside = found[region]
                break
        else:
            beside = outside
        beside.append(glyph)
    return inside, outside


def _with_aligned(
    page: Ink, pieces: list[_Piece], inside: list[_ByRegion], outside: list[Glyph]
) -> tuple[list[_Piece], list[_ByRegion], list[Glyph]]:
    """Also the tables that are drawn without upright lines; those of one column only are looked at again."""
    kept = [(piece, found) for piece, found in zip(pieces, inside, strict=True)]
    added: list[tuple[_Piece, _ByRegion]] = []
    for piece, found in list(kept):
        if len(piece.table.xs) == _ONE_COLUMN:
            loose = [glyph for glyphs in found.values() for glyph in glyphs]
            new, left = _aligned(page, loose)
            if new and not left:
                kept.remove((piece, found))
                added += new
    new, outside = _aligned(page, outside)
    both = sorted([*kept, *added, *new], key=lambda item: item[0].table.box.top)
    return [piece for piece, _ in both], [found for _, found in both], outside


_ONE_COLUMN = 2


def _aligned(
    page: Ink, glyphs: list[Glyph]
) -> tuple[list[tuple[_Piece, _ByRegion]], list[Glyph]]:
    pieces = [_Piece(page, table) for table in aligned_tables(lines_of(glyphs), page.across)]
    if not pieces:
        return [], glyphs
    inside, outside = _sorted_into(pieces, glyphs)
    return list(zip(pieces, inside, strict=True)), [g for g in outside if not g.text.isspace()]


def _in_order(page: Ink, pieces: list[_Piece], lines: list[Line]) -> Iterator[_Piece | _Prose]:
    waiting = list(lines)
    for piece in pieces:
        above = [line for line in waiting if line.box.centre[1] < piece.table.box.top]
        if above:
            yield _Prose(page, above)
        waiting = waiting[len(above) :]
        yield piece
    if waiting:
        yield _Prose(page, waiting)


def _read_cells(block: _Piece, glyphs: dict[int, list[Glyph]]) -> None:
    """The text of every cell; the padding is learnt from the fullest ones."""
    block.unsure = {
        region for region, found in glyphs.items() if any(glyph.is_unsure for glyph in found)
    }
    clean = {region: [g for g in found if not g.is_speck] for region, found in glyphs.items()}
    lines = {region: lines_of(found) for region, found in clean.items()}
    # Opening brackets are set with their blank half outside the line.
    gaps = [
        line.box.left - block.table.regions[region].box.left
        for region, found in lines.items()
        for line in found
        if len(found) > 1 and line.text[:1].isalnum()
    ]
    size = median([line.size for found in lines.values() for line in found] or [0.0])
    padding = min(max(min(gaps, default=0.0), 0.0), size)
    for region, found in lines.items():
        width = block.table.regions[region].box.width - 2 * padding
        block.texts[region] = text_of(found, width, marked=block.page.marked)


def _cells_of_line(line: Line, number: int, page: Ink) -> Iterator[Cell]:
    """A line outside tables; wide gaps part its cells."""
    run: list[Glyph] = []
    column = 1
    for glyph in [*line.glyphs, None]:
        ink = [item for item in run if not item.text.isspace()]
        apart = (
            glyph is not None
            and bool(ink)
            and not glyph.text.isspace()
            and glyph.box.left - ink[-1].box.right > _CELL_GAP * line.size
        )
        if run and (glyph is None or apart):
            yield _cell_of(run, number, column, page)
            column, run = column + 1, []
        if glyph is not None:
            run.append(glyph)


def _cell_of(glyphs: Sequence[Glyph], row: int, column: int, page: Ink) -> Cell:
    box = glyphs[0].box
    for glyph in glyphs[1:]:
        box = box.beside(glyph.box)
    place = Origin(page=page.number, row=row, column=column, box=page.fraction(box))
    text = "".join(glyph.text for glyph in glyphs if not glyph.is_speck)
    return Cell(text.strip(), place, unsure=any(glyph.is_unsure for glyph in glyphs))


def _table_rows(pieces: Sequence[_Piece], fragment: int, table: int) -> Iterator[Row]:
    """The rows of one table, its columns counted over all its pages."""
    columns = _columns([piece.table for piece in pieces])
    printed: set[tuple[str, ...]] = set()
    number = 0
    for place, piece in enumerate(pieces):
        goes_on = place > 0
        for cells in _piece_rows(piece, columns):
            texts = tuple(cell.text for cell in cells)
            if not any(texts):
                continue
            number += 1
            again = texts in printed
            if goes_on and not again:
                cells = [replace(cell, covered=cell.covered or not cell.text) for cell in cells]
                goes_on = False
            printed.add(texts)
            numbered = (_numbered(cell, table, number) for cell in cells)
            yield Row(tuple(numbered), fragment)


def _numbered(cell: Cell, table: int, row: int) -> Cell:
    return replace(cell, origin=replace(cell.origin, table=table, row=row))


def _columns(tables: Sequence[RuledTable]) -> list[float]:
    """The left edges of all columns of a table that runs over pages."""
    edges: list[float] = []
    for x in sorted(x for table in tables for x in table.xs[:-1]):
        if not edges or x - edges[-1] > _SAME_COLUMN:
            edges.append(x)
    return edges


def _piece_rows(piece: _Piece, columns: Sequence[float]) -> Iterator[list[Cell]]:
    table = piece.table
    at = [min(range(len(columns)), key=lambda i: abs(columns[i] - x)) for x in table.xs[:-1]]
    for row in range(len(table.ys) - 1):
        cells = [
            Cell("", Origin(page=piece.page.number, column=column + 1), covered=True)
            for column in range(len(columns))
        ]
        for column, holder in enumerate(table.holders[row]):
            region = table.regions[holder]
            if (region.row, region.column) == (row, column):
                cells[at[column]] = _region_cell(piece, holder, region, at[column] + 1)
        yield cells


def _region_cell(piece: _Piece, holder: int, region: Region, column: int) -> Cell:
    text, goes_on = piece.texts.get(holder, ("", False))
    box = piece.page.fraction(_clipped(region.box, piece.page))
    place = Origin(page=piece.page.number, column=column, box=box)
    return Cell(text, place, full=goes_on, unsure=holder in piece.unsure)


def _clipped(box: Box, page: Ink) -> Box:
    return Box(
        max(box.left, 0),
        max(box.top, 0),
        min(box.right, page.width),
        min(box.bottom, page.height),
    )
