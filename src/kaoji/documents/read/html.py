"""HTML pages: text and tables in their order, spans counted, nothing fetched or run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml import html as parser

from kaoji.core.speech import say
from kaoji.documents.manuscript import Manuscript, Row
from kaoji.documents.read.encoding import decode
from kaoji.documents.read.grid import (
    MOST_CELLS,
    Content,
    Covered,
    TooManyCells,
    manuscript,
    paragraph,
    rows_of,
)
from kaoji.documents.read.refusals import UnreadableDocument

_SILENT = {"script", "style", "head", "template", "noscript"}
_BLOCKS = {
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "div", "li", "ul", "ol", "section", "article",
    "header", "footer", "main", "body", "br", "hr", "tr", "center", "blockquote", "pre",
}  # fmt: skip
_BREAK = object()
_MOST_SPAN = 1_000


def read(content: bytes, *, name: str) -> Manuscript:
    """Read an HTML page."""
    try:
        page = parser.document_fromstring(decode(content))
    except (etree.ParserError, ValueError) as broken:
        raise UnreadableDocument(say("网页内容不完整，无法读取")) from broken
    return manuscript(content, list(_rows(page)), name=name, media_type="text/html")


def _rows(page: Any) -> Iterator[Row]:
    """A block of text between two tables begins a fragment."""
    fragment, tables, after_text = 0, 0, False
    for number, piece in enumerate(_pieces(page), start=1):
        if isinstance(piece, str):
            after_text = True
            yield paragraph(piece, number=number, fragment=fragment)
        else:
            fragment += after_text
            after_text = False
            tables += 1
            yield from rows_of(_grid(piece), fragment=fragment, table=tables)


def _pieces(page: Any) -> Iterator[Any]:
    """The page as tables and blocks of text, in order: no text is left out."""
    text: list[str] = []
    for piece in [*_stream(page), None]:
        if isinstance(piece, str):
            text.append(piece)
            continue
        block = " ".join("".join(text).split())
        text = []
        if block:
            yield block
        if piece is not None and piece is not _BREAK:
            yield piece


def _stream(element: Any) -> Iterator[Any]:
    """Texts, tables, and breaks where a block begins or ends."""
    if not isinstance(element.tag, str) or element.tag in _SILENT:
        return
    if element.tag == "table":
        yield element
        return
    is_block = element.tag in _BLOCKS
    if is_block:
        yield _BREAK
    yield element.text or ""
    for child in element:
        yield from _stream(child)
        yield child.tail or ""
    if is_block:
        yield _BREAK


def _grid(table: Any) -> Iterator[tuple[int, list[Content]]]:
    """Cells by row and column; what a span covers is marked."""
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    grid: list[dict[int, Content]] = [{} for _ in rows]
    count = 0
    for y, row in enumerate(rows):
        x = 0
        for cell in row.iterchildren("td", "th"):
            while x in grid[y]:
                x += 1
            wide, high = _span(cell, "colspan"), min(_span(cell, "rowspan"), len(rows) - y)
            count += wide * high
            if count > MOST_CELLS:
                raise TooManyCells
            for dy in range(high):
                for dx in range(wide):
                    grid[y + dy][x + dx] = Covered.FROM_LEFT if dx else Covered.FROM_ABOVE
            grid[y][x] = _text(cell)
            x += wide
    width = max((max(row, default=-1) + 1 for row in grid), default=0)
    for number, line in enumerate(grid, start=1):
        yield number, [line.get(x, "") for x in range(width)]


def _span(cell: Any, name: str) -> int:
    text = cell.get(name, "1").strip()
    return max(1, min(int(text), _MOST_SPAN)) if text.isdecimal() and len(text) < 6 else 1


def _text(element: Any) -> str:
    for line_break in element.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")
    return str(element.text_content()).strip()
