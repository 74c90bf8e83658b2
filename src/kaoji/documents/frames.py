"""Forms, findings and scores as rows for pandas or polars, which are used where they are installed.

Amounts and values stay text, exactly as in JSON: whoever reckons with them says how (`Decimal`, not a float).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from kaoji.documents.reading import Reading
from kaoji.documents.reading_json import form_as_data

_LIBRARIES = ("pandas", "polars")
_OF_FORM = (
    "kind", "layout", "year", "project_name", "department", "implementing_unit", "annual_total",
)  # fmt: skip
_OF_INDICATOR = (
    "level1", "level2", "level3", "target_raw", "op", "value", "value_high", "unit", "weight",
    "actual_raw", "points", "score",
)  # fmt: skip


class FramesNotInstalled(ImportError):
    """There is neither pandas nor polars here, or not the one that was asked for."""


def frame_of(rows: Sequence[Mapping[str, Any]], library: str | None = None) -> Any:
    """The rows as a DataFrame. Raises FramesNotInstalled, ValueError for a library that nobody knows."""
    if library is not None and library not in _LIBRARIES:
        raise ValueError(f"{library!r}: pandas or polars")
    wanted = [library] if library else _LIBRARIES
    found = next((name for name in wanted if find_spec(name) is not None), None)
    if found is None:
        raise FramesNotInstalled(
            f"to_frame() needs {' or '.join(wanted)}: pip install {wanted[0]}"
        )
    return import_module(found).DataFrame(list(map(dict, rows)))


def rows_of_reading(reading: Reading) -> list[dict[str, Any]]:
    """A row for each indicator of each form; `form` counts forms from 1, `doubts` the doubts about the row."""
    rows: list[dict[str, Any]] = []
    for number, item in enumerate(reading.forms, start=1):
        told = form_as_data(item)
        head = {"form": number, **{name: _plain(told, name) for name in _OF_FORM}}
        rows.extend({**head, **_row(indicator)} for indicator in told["indicators"])
    return rows


def _row(indicator: Mapping[str, Any]) -> dict[str, Any]:
    told = {name: indicator.get(name) for name in _OF_INDICATOR}
    return {**told, "doubts": len(indicator["doubts"])}


def _plain(told: Mapping[str, Any], name: str) -> Any:
    return told["funds"].get(name) if name == "annual_total" else told.get(name)
