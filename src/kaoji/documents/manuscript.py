"""The Manuscript: any document as rows of cells, each knowing where it stood.

A paragraph is a row with one cell. Rows come in *fragments*: a blank line or a new page
begins the next one, which is where extracted tables tend to lose their labels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kaoji.core.provenance import Origin
from kaoji.core.speech import Sentence

# No form has a row of more cells.
MOST_CELLS_IN_ROW = 200


@dataclass(frozen=True)
class Source:
    """The document itself: its name, the SHA-256 of its bytes, its media type."""

    name: str
    sha256: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of a cell, white space at both ends removed, and its place.

    *covered* is true for a place that a merged cell covers, begun above or to the left; only
    formats that keep merged cells know it. *full* is true where the text fills its last line,
    so that it may go on in a row under a page break; None where nobody can tell. *unsure*
    tells that a recogniser was not certain of every sign. *flaw* says why the text is not the
    cell's content: a formula without a stored result, an error, a truth value. *from_above*
    tells of a covered place that the merge began in the same column above.
    """

    text: str
    origin: Origin
    covered: bool = False
    full: bool | None = None
    unsure: bool = False
    flaw: Sentence | None = None
    from_above: bool = False


@dataclass(frozen=True)
class Omission:
    """What was not read as it is stored: hidden and so left out, or in signs that were replaced."""

    told: Sentence
    origin: Origin


def within_limit(texts: Sequence[str | None]) -> list[str | None]:
    """At most MOST_CELLS_IN_ROW cells; what lies beyond is joined into the last, never dropped."""
    kept = list(texts[:MOST_CELLS_IN_ROW])
    beyond = " ".join(text for text in texts[MOST_CELLS_IN_ROW:] if text)
    return [*kept[:-1], f"{kept[-1] or ''} {beyond}".strip()] if beyond else kept


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row, blank ones included, and the fragment the row belongs to."""

    cells: tuple[Cell, ...]
    fragment: int

    @property
    def filled(self) -> tuple[Cell, ...]:
        """The cells that hold text."""
        return tuple(cell for cell in self.cells if cell.text)

    @property
    def origin(self) -> Origin:
        """Where the row stands; on a page, the box around all its cells."""
        boxes = [cell.origin.box for cell in self.cells if cell.origin.box]
        around = None
        if boxes:
            left, top, right, bottom = zip(*boxes, strict=True)
            around = (min(left), min(top), max(right), max(bottom))
        return replace(self.cells[0].origin, column=None, box=around)


@dataclass(frozen=True)
class Manuscript:
    """A document as rows; *damaged* are the lines that could not be decoded whole.

    *recognised* tells that signs were made out from pictures, *pictures* are the pages that
    hold a picture and were not read, *omissions* is what a reader of the document does not see
    and what was read otherwise than it is stored.
    """

    source: Source
    rows: tuple[Row, ...]
    damaged: tuple[Origin, ...] = ()
    recognised: bool = False
    pictures: tuple[Origin, ...] = ()
    omissions: tuple[Omission, ...] = ()
