"""Tables of office documents become rows; a merged cell is its text and then covered places."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence

from kaoji.core.provenance import Origin
from kaoji.core.speech import say
from kaoji.documents.manuscript import Cell, Manuscript, Row, Source, within_limit
from kaoji.documents.read.refusals import UnreadableDocument

MOST_CELLS = 400_000


class TooManyCells(UnreadableDocument):
    """A table with more cells than any set of forms has."""

    def __init__(self) -> None:
        super().__init__(
            say("表格过大（上限 {limit} 格）；请只保留申报表部分", limit=MOST_CELLS)
        )


def rows_of(
    grid: Iterable[Sequence[str | None]],
    *,
    fragment: int,
    table: int | None,
    sheet: str | None = None,
) -> Iterator[Row]:
    """The filled rows of a grid, each cell with its table (or sheet), row and column.

    None stands for a place that a merged cell covers.
    """
    for number, texts in enumerate(grid, start=1):
        if any(text and text.strip() for text in texts):
            cells = (
                Cell(
                    (text or "").strip(),
                    Origin(table=table, row=number, column=column, sheet=sheet),
                    covered=text is None,
                )
                for column, text in enumerate(within_limit(texts), start=1)
            )
            yield Row(tuple(cells), fragment)


def paragraph(text: str, *, number: int, fragment: int) -> Row:
    """A paragraph outside any table."""
    return Row((Cell(text.strip(), Origin(row=number, column=1)),), fragment)


def manuscript(
    content: bytes,
    rows: Iterable[Row],
    *,
    name: str,
    media_type: str,
    recognised: bool = False,
    pictures: Sequence[Origin] = (),
) -> Manuscript:
    """Put the rows together with their source."""
    source = Source(name, hashlib.sha256(content).hexdigest(), media_type)
    return Manuscript(source, tuple(rows), recognised=recognised, pictures=tuple(pictures))
