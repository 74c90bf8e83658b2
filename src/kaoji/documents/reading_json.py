"""A reading as JSON: the public contract `reading/1`, and the form in which it is stored.

Both have the same keys. In public, sentences are spoken in one language; in storage they
keep template and values, so that they can be read in another language later.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from kaoji.core.declaration import INDICATOR_TABLES
from kaoji.core.declaration_json import Data, as_data, from_data
from kaoji.core.provenance import Doubt, Origin, Repair
from kaoji.core.speech import Sentence, kept, restored
from kaoji.documents.manuscript import Source
from kaoji.documents.outcome_json import add_outcome, outcome_from_data
from kaoji.documents.reading import FormReading, Problem, Reading

VERSION = "reading/1"

Speak = Callable[[Sentence], Any]


def reading_as_data(reading: Reading, speak: Speak = str) -> Data:
    """The whole reading as JSON-ready data, its sentences through *speak*."""
    return {
        "kaoji": VERSION,
        "source": asdict(reading.source),
        "forms": [form_as_data(form, speak) for form in reading.forms],
        "problems": [
            {"reason": speak(problem.reason), "origin": origin_as_data(problem.origin)}
            for problem in reading.problems
        ],
    }


def form_as_data(reading: FormReading, speak: Speak = str) -> Data:
    """One form with its doubts, repairs and places."""
    data = as_data(reading.form)
    for table in INDICATOR_TABLES:
        for row in data.get(table, ()):
            row["kind"] = row["kind"] or "qualitative"  # a blank target has nothing to measure
    for position, row in enumerate(data["indicators"]):
        row["doubts"] = [_doubt(doubt, speak) for doubt in reading.doubts_about(position)]
        row["origin"] = origin_as_data(reading.place_of(f"indicators[{position}]"))
    add_outcome(data, reading.kind, reading.outcome)
    data["doubts"] = [_doubt(doubt, speak) for doubt in reading.doubts]
    data["repairs"] = [_repair(repair, speak) for repair in reading.repairs]
    data["extra"] = dict(reading.extra)
    data["places"] = {
        path: origin_as_data(origin)
        for path, origin in reading.places.items()
        if not (path.startswith("indicators[") and path.endswith("]"))
    }
    if speak is kept:  # what the rules must know; no part of the public contract
        data["absent"] = sorted(reading.absent)
    return data


def reading_from_data(data: Data) -> Reading:
    """Read back what `reading_as_data` wrote."""
    return Reading(
        Source(**data["source"]),
        tuple(form_from_data(form) for form in data["forms"]),
        tuple(Problem(restored(item["reason"]), _origin(item)) for item in data["problems"]),
    )


def form_from_data(data: Data) -> FormReading:
    """Read back what `form_as_data` wrote."""
    places = {path: origin_from_data(origin) for path, origin in data.get("places", {}).items()}
    rows = {
        f"indicators[{position}]": _origin(row)
        for position, row in enumerate(data["indicators"])
    }
    return FormReading(
        from_data(data),
        tuple(
            Doubt(item["field"], restored(item["reason"]), _origin(item))
            for item in data["doubts"]
        ),
        tuple(
            Repair(item["field"], restored(item["what"]), _origin(item))
            for item in data["repairs"]
        ),
        data.get("extra", {}),
        {**places, **rows},
        data.get("kind", "declaration"),
        outcome_from_data(data),
        frozenset(data.get("absent", ())),
    )


def origin_as_data(origin: Origin) -> Data:
    """A place: page and line always, the rest where it is known."""
    data: Data = {"page": origin.page, "line": origin.line}
    more = {name: getattr(origin, name) for name in ("column", "table", "row", "sheet")}
    if origin.box:
        more["box"] = list(origin.box)
    return data | {name: value for name, value in more.items() if value is not None}


def origin_from_data(data: Data) -> Origin:
    """Read back what `origin_as_data` wrote."""
    box = data.get("box")
    return Origin(**{**data, "box": tuple(box) if box else None})


def _doubt(doubt: Doubt, speak: Speak) -> Data:
    return {
        "field": doubt.field,
        "reason": speak(doubt.reason),
        "origin": origin_as_data(doubt.origin),
    }


def _repair(repair: Repair, speak: Speak) -> Data:
    return {
        "field": repair.field,
        "what": speak(repair.what),
        "origin": origin_as_data(repair.origin),
    }


def _origin(item: Data) -> Origin:
    return origin_from_data(item.get("origin", {}))
