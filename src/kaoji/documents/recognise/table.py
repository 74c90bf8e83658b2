"""What an alignment works with: the columns of a heading, and the cells it finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kaoji.documents.recognise.atoms import Atom, joined

JUNK = "junk"


@dataclass(frozen=True)
class Columns:
    """The columns that a heading announces, left to right.

    *places* are the numbers of the cells that belong to each column; empty where the source has
    no columns to be believed. *lines_are_rows* is read off the heading; *most* is how many atoms a
    cell may be torn into; *guessed* tells that no heading was found, *columns_known* that no other
    columns than these come near, *of_whole_project* that a label
    beside the heading says so; *fragment* is that of the heading.
    """

    fields: tuple[str, ...]
    names: tuple[str, ...]
    places: tuple[frozenset[int], ...] = ()
    lines_are_rows: bool = True
    most: int = 6
    guessed: bool = False
    columns_known: bool = False
    of_whole_project: bool = False
    fragment: int = 0

    def has(self, name: str) -> bool:
        """Is there a column for that field?"""
        return name in self.fields

    @property
    def unit_behind_value(self) -> bool:
        """Is there a column of units, and not before the values, whose units are their own then?"""
        if not self.has("unit"):
            return False
        return not self.has("target") or self.fields.index("target") < self.fields.index("unit")

    @property
    def score_behind_points(self) -> bool:
        """Does the score stand right behind the points?"""
        return ("weight", "score") in pairwise(self.fields)


@dataclass(frozen=True)
class Segment:
    """One cell of a row as it was understood, with its probability.

    *rival* is the field that a cell which begins here would most likely be otherwise; None where
    nothing else comes near, or where only its end is in doubt.
    """

    name: str
    atoms: tuple[Atom, ...]
    sure: float = 1.0
    rival: str | None = None

    @property
    def text(self) -> str:
        """Its text; breaks of lines inside one cell are kept."""
        return self.atoms[0].whole if len(self.atoms) == 1 else joined(self.atoms)


def without(row: Sequence[Segment], prefix: str) -> list[Segment]:
    """The segments of a row whose names do not begin with *prefix*."""
    return [segment for segment in row if not segment.name.startswith(prefix)]
