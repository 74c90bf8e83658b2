"""A stored revision, ready to be shown: its reading and its findings."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from kaoji.core.speech import restored
from kaoji.documents.reading import FormReading
from kaoji.documents.reading_json import form_from_data
from kaoji.records.models import FindingRow, Revision, Waiver
from kaoji.records.waivers import place_among, standing_waivers
from kaoji.web.sheet_notes import Note


def reading_of(revision: Revision) -> FormReading:
    """The form of a revision together with its doubts, repairs and places."""
    data: dict[str, Any] = json.loads(revision.content)
    notes: dict[str, Any] = revision.notes
    for row, origin in zip(data["indicators"], notes.get("rows", []), strict=False):
        row["origin"] = origin
    return form_from_data({**data, **notes})


def stored_notes(revision: Revision, *, on: date) -> list[Note]:
    """The findings that were stored with a revision, as notes, with the waivers of the day."""
    waivers = standing_waivers(revision.declaration, on=on)
    names = dict(revision.indicator_rows.values_list("position", "level3"))
    return [
        _stored_note(row, waivers.get((row.rule, place_among(names, row))))
        for row in revision.finding_rows.all()
    ]


def _stored_note(row: FindingRow, waiver: Waiver | None) -> Note:
    tone = "waived" if waiver else row.severity
    tone = tone if row.outcome == "found" else "undecided"
    suggestion = restored(row.suggestion) if row.suggestion else None
    message = restored(row.message)
    return Note(tone, row.field, message, suggestion, row.rule, waiver=waiver, finding=row.pk)
