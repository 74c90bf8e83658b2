"""What a sheet says about its cells beside their values: merges, hidden rows, formulas without a result.

The XML is walked once, before any library expands it, so that a merge over a whole sheet or a
sheet formatted to its edge costs nothing: only filled cells count.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from typing import IO

from lxml import etree
from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries

from kaoji.documents.read.grid import MOST_CELLS, TooManyCells
from kaoji.documents.read.sheet import Merge, Place, SheetParts
from kaoji.documents.read.xlsx_drawings import drawn_on

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_WORKBOOK = "xl/workbook.xml"
_LINKS = "xl/_rels/workbook.xml.rels"
_EDGE = 16_384


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, SheetParts]:
    """By the name of each worksheet what its XML tells. Raises TooManyCells."""
    names = set(archive.namelist())
    found: dict[str, SheetParts] = {}
    filled = 0
    for title, part in _sheets(archive):
        if part not in names:
            continue
        with archive.open(part) as content:
            found[title] = _parts(content, MOST_CELLS - filled)
        found[title].drawn = list(drawn_on(archive, part))
        filled += found[title].filled
    return found


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The title of each sheet and the part of the archive that holds it."""
    links = {
        item.get("Id"): item.get("Target", "")
        for item in _parsed(archive, _LINKS)
        if isinstance(item.tag, str)
    }
    for sheet in _parsed(archive, _WORKBOOK).iter(f"{_MAIN}sheet"):
        target = links.get(sheet.get(_LINK), "")
        yield sheet.get("name", ""), posixpath.normpath(posixpath.join("/xl", target))[1:]


def _parsed(archive: zipfile.ZipFile, part: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(archive.read(part), parser)


def _parts(content: IO[bytes], most: int) -> SheetParts:
    walker = _Walker(most)
    wanted = [
        f"{_MAIN}{name}"
        for name in (
            "c",
            "row",
            "col",
            "mergeCell",
            "sheetView",
            "tablePart",
            "conditionalFormatting",
        )
    ]
    walk = etree.iterparse(
        content, tag=wanted, resolve_entities=False, no_network=True, load_dtd=False
    )
    steps = {
        f"{_MAIN}c": walker.cell,
        f"{_MAIN}row": walker.row,
        f"{_MAIN}col": walker.column,
        f"{_MAIN}mergeCell": walker.merge,
        f"{_MAIN}sheetView": walker.view,
        f"{_MAIN}tablePart": walker.paint,
        f"{_MAIN}conditionalFormatting": walker.paint,
    }
    for _, element in walk:
        steps[str(element.tag)](element)
    return walker.parts


# Who reads a row passes by every cell up to its last one: a lone cell in the last column costs 16,384.
_MOST_REACHED = 20_000_000


class _Walker:
    """Goes through the elements of a sheet in their order, holding no more than one row of them."""

    def __init__(self, most: int) -> None:
        self.parts = SheetParts()
        self._most = most
        self._place = (0, 0)
        self._reached = 0

    def cell(self, element: etree._Element) -> None:
        """Count it where it is filled."""
        self._place = _place(element, *self._place)
        _look_at_cell(element, self._place, self.parts)
        if self.parts.filled > self._most:
            raise TooManyCells

    def row(self, element: etree._Element) -> None:
        """Is it hidden? Its cells were seen before and are let go."""
        row = int(element.get("r") or self._place[0] + 1)
        if _is_on(element.get("hidden")) or _is_nothing(element.get("ht")):
            self.parts.hidden_rows.add(row)
        self._reached += self._place[1]
        if self._reached > _MOST_REACHED:
            raise TooManyCells
        self._place = (row, 0)
        element.clear()
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]

    def column(self, element: etree._Element) -> None:
        """Is it hidden?"""
        if _is_on(element.get("hidden")) or _is_nothing(element.get("width")):
            first, last = int(element.get("min", 0)), int(element.get("max", 0))
            self.parts.hidden_columns.append((first, last))

    def paint(self, element: etree._Element) -> None:
        """A table or a condition gives its cells colours."""
        self.parts.painted = True

    def view(self, element: etree._Element) -> None:
        """Does it show zeros as blanks?"""
        if element.get("showZeros") in {"0", "false"}:
            self.parts.shows_zeros = False

    def merge(self, element: etree._Element) -> None:
        """A region of one cell is none."""
        left, top, right, bottom = range_boundaries(element.get("ref", ""))
        merge = Merge(top or 1, left or 1, bottom or 1, right or _EDGE)
        if merge.bottom > merge.top or merge.right > merge.left:
            self.parts.merges.append(merge)


def _place(cell: etree._Element, row: int, column: int) -> Place:
    """Where a cell stands; one that does not say follows the one before it."""
    reference = cell.get("r")
    if reference:
        return coordinate_to_tuple(reference)
    parent = cell.getparent()
    said = parent.get("r") if parent is not None else None
    return int(said or row or 1), column + 1


def _look_at_cell(cell: etree._Element, place: Place, parts: SheetParts) -> None:
    value, formula, inline = (cell.find(f"{_MAIN}{name}") for name in ("v", "f", "is"))
    has_value = (value is not None and value.text) or inline is not None
    if has_value or formula is not None:
        parts.filled += 1
    # A text result that is empty is stored as an empty string and is a result.
    if formula is not None and not has_value and cell.get("t") != "str":
        parts.unsolved.add(place)


def _is_on(flag: str | None) -> bool:
    return flag in {"1", "true"}


def _is_nothing(size: str | None) -> bool:
    """Is a row or a column drawn so small that nobody sees it?"""
    try:
        return size is not None and float(size) == 0
    except ValueError:
        return False
