"""The rows of a document as plain data, for the way between processes and for a sheet that waits.

Only what tells a cell from an ordinary one is written: most cells are their text and place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kaoji.core.speech import kept, restored
from kaoji.documents.manuscript import Cell, Manuscript, Omission, Row
from kaoji.documents.reading_json import origin_as_data, origin_from_data


@dataclass(frozen=True)
class Rows:
    """The rows of a document as they stand in it, and what it holds and does not show."""

    rows: tuple[Row, ...]
    omissions: tuple[Omission, ...] = ()


def rows_as_data(manuscript: Manuscript | Rows) -> dict[str, Any]:
    """Rows and omissions as JSON can hold them."""
    return {
        "rows": [
            {"fragment": row.fragment, "cells": [_cell_as_data(cell) for cell in row.cells]}
            for row in manuscript.rows
        ],
        "omissions": [
            [kept(item.told), origin_as_data(item.origin)] for item in manuscript.omissions
        ],
    }


def rows_from_data(data: Mapping[str, Any]) -> Rows:
    """The rows that were written by `rows_as_data`."""
    return Rows(
        tuple(
            Row(tuple(_cell_from_data(cell) for cell in row["cells"]), row["fragment"])
            for row in data["rows"]
        ),
        tuple(
            Omission(restored(told), origin_from_data(place))
            for told, place in data["omissions"]
        ),
    )


def _cell_as_data(cell: Cell) -> list[Any]:
    more: dict[str, Any] = {}
    if cell.covered:
        more["covered"] = "above" if cell.from_above else "left"
    if cell.flaw is not None:
        more["flaw"] = kept(cell.flaw)
    place = origin_as_data(cell.origin)
    return [cell.text, place, more] if more else [cell.text, place]


def _cell_from_data(data: list[Any]) -> Cell:
    text, place, *rest = data
    more: Mapping[str, Any] = rest[0] if rest else {}
    flaw = more.get("flaw")
    return Cell(
        text,
        origin_from_data(place),
        covered="covered" in more,
        flaw=restored(flaw) if flaw else None,
        from_above=more.get("covered") == "above",
    )
