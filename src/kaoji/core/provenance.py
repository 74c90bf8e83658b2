"""Where a value came from, what was mended on the way, and what remains uncertain.

A reading never hides its guesses: what the reader was sure how to mend is a *repair*; what
it could not know is a *doubt*, and a person settles it.
"""

from __future__ import annotations

from dataclasses import dataclass

from kaoji.core.speech import Sentence


@dataclass(frozen=True, slots=True)
class Origin:
    """A place in a source document; every number counts from 1, None means unknown.

    Text has lines; office documents have tables (or a named sheet) with rows. On a page of a
    PDF or a picture, *box* is (left, top, right, bottom) in fractions of its width and height.
    """

    page: int | None = None
    line: int | None = None
    column: int | None = None
    table: int | None = None
    row: int | None = None
    sheet: str | None = None
    box: tuple[float, float, float, float] | None = None


UNKNOWN_PLACE = Origin()


@dataclass(frozen=True, slots=True)
class Doubt:
    """A value that the source does not settle; *field* is a path such as `indicators[3].level2`."""

    field: str
    reason: Sentence
    origin: Origin = UNKNOWN_PLACE


@dataclass(frozen=True, slots=True)
class Repair:
    """Something mended without doubt: markup removed, a broken name joined."""

    field: str
    what: Sentence
    origin: Origin = UNKNOWN_PLACE
