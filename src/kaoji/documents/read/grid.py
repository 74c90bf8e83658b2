"""Tables of office documents become rows; a merged cell is its text and then covered places."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from kaoji.core.provenance import Origin
from kaoji.core.speech import Sentence, say
from kaoji.documents.manuscript import (
    Cell,
    Manuscript,
    Omission,
    Row,
    Source,
    within_limit,
)
from kaoji.documents.read.refusals import UnreadableDocument

MOST_CELLS = 400_000


class TooManyCells(UnreadableDocument):
    """A table with more cells than any set of forms has."""

    def __init__(self) -> None:
        super().__init__(
            say("表格过大（上限 {limit} 格）；请只保留申报表部分", limit=MOST_CELLS)
        )


class Covered(Enum):
    """A place that a merged cell covers, begun in the same row or in the same column above."""

    FROM_LEFT = auto()
    FROM_ABOVE = auto()


@dataclass(frozen=True)
class Flawed:
    """What a cell shows that is not its content, and why."""

    text: str
    flaw: Sentence


Content = str | Covered | Flawed


def rows_of(
    grid: Iterable[tuple[int, Sequence[Content]]],
    *,
    fragment: int,
    table: int | None,
    sheet: str | None = None,
) -> Iterator[Row]:
    """The filled rows of a grid by their numbers, each cell with its table (or sheet), row and column."""
    for number, contents in grid:
        texts = [_text(content) for content in contents]
        if any(text and text.strip() for text in texts):
            cells = (
                Cell(
                    (text or "").strip(),
                    Origin(table=table, row=number, column=column, sheet=sheet),
                    covered=isinstance(content, Covered),
                    flaw=content.flaw if isinstance(content, Flawed) else None,
                    from_above=content is Covered.FROM_ABOVE,
                )
                for column, (text, content) in enumerate(
                    zip(within_limit(texts), contents, strict=False), start=1
                )
            )
            yield Row(tuple(cells), fragment)


def _text(content: Content) -> str | None:
    """What a place holds; None where a merged cell covers it."""
    if isinstance(content, Covered):
        return None
    return content.text if isinstance(content, Flawed) else content


def paragraph(text: str, *, number: int, fragment: int, flaw: Sentence | None = None) -> Row:
    """A paragraph outside any table."""
    return Row((Cell(text.strip(), Origin(row=number, column=1), flaw=flaw),), fragment)


def manuscript(
    content: bytes,
    rows: Iterable[Row],
    *,
    name: str,
    media_type: str,
    recognised: bool = False,
    pictures: Sequence[Origin] = (),
    omissions: Sequence[Omission] = (),
) -> Manuscript:
    """Put the rows together with their source."""
    source = Source(name, hashlib.sha256(content).hexdigest(), media_type)
    return Manuscript(
        source,
        tuple(rows),
        recognised=recognised,
        pictures=tuple(pictures),
        omissions=tuple(omissions),
    )
