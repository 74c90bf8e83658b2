"""What reading a document gives: forms, each with its doubts, repairs and places."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from kaoji.core.declaration import Declaration
from kaoji.core.outcome import Outcome
from kaoji.core.outcome_paths import text_at
from kaoji.core.paths import FieldPath
from kaoji.core.provenance import UNKNOWN_PLACE, Doubt, Origin, Repair
from kaoji.core.speech import Sentence
from kaoji.documents.manuscript import Source


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read at all, and its place."""

    reason: Sentence
    origin: Origin = UNKNOWN_PLACE


@dataclass(frozen=True)
class FormReading:
    """One form as it was read. A reading that has doubts is never called a success.

    *places* says where a field stands in the source; a row of the indicator table is found
    under `indicators[3]`. *kind* is declaration, self_evaluation, monitoring or
    unit_targets; the second and the third have an *outcome*. *extra* holds captions that the
    form has and our fields have not; *absent* are fields of ours for which it prints no cell.
    """

    form: Declaration
    doubts: tuple[Doubt, ...] = ()
    repairs: tuple[Repair, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, Origin] = field(default_factory=dict)
    kind: str = "declaration"
    outcome: Outcome | None = None
    absent: frozenset[str] = frozenset()

    def place_of(self, path: str) -> Origin:
        """Where a field stands: its own place, else that of its row, else unknown."""
        row = re.match(r"indicators\[\d+\]", path)
        return self.places.get(path) or self.places.get(row[0] if row else "") or UNKNOWN_PLACE

    def holds(self, path: str) -> bool:
        """Is it a field of the declaration itself, which a person can change?"""
        try:
            FieldPath.parse(path).get(self.form)
        except ValueError:
            return False
        return True

    def text_of(self, path: str) -> str:
        """What was read there, as people read it: of the declaration, or of its outcome."""
        if self.holds(path):
            return FieldPath.parse(path).text_in(self.form)
        return text_at(self.outcome, path) if self.outcome else ""

    def doubts_about(self, position: int) -> tuple[Doubt, ...]:
        """The doubts about one row of the indicator table."""
        return self._doubts_by_row.get(position, ())

    @cached_property
    def _doubts_by_row(self) -> dict[int, tuple[Doubt, ...]]:
        rows: dict[int, tuple[Doubt, ...]] = {}
        for doubt in self.doubts:
            found = re.match(r"indicators\[(\d+)\]\.", doubt.field)
            if found:
                rows[int(found[1])] = (*rows.get(int(found[1]), ()), doubt)
        return rows


@dataclass(frozen=True)
class Reading:
    """Everything one document gave."""

    source: Source
    forms: tuple[FormReading, ...]
    problems: tuple[Problem, ...] = ()

    def to_dict(self, language: str = "zh") -> dict[str, Any]:
        """The contract `reading/1`, its sentences in Chinese or (`en`) English."""
        from kaoji.documents.reading_json import reading_as_data
        from kaoji.standards.languages import speaker

        return reading_as_data(self, speaker(language))

    def to_frame(self, library: str | None = None) -> Any:
        """A row for each indicator, as a DataFrame of pandas, or of polars where that is what there is.

        *library* chooses: `pandas` or `polars`. Raises FramesNotInstalled.
        """
        from kaoji.documents.frames import frame_of, rows_of_reading

        return frame_of(rows_of_reading(self), library)
