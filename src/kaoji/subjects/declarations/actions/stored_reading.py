"""A stored revision, read again."""

from __future__ import annotations

import json
from typing import Any

from kaoji.core.written_form import as_reading
from kaoji.documents.reading import FormReading
from kaoji.documents.reading_json import form_from_data
from kaoji.subjects.declarations.models import Revision


def reading_of(revision: Revision) -> FormReading:
    """The form of a revision together with its doubts, repairs and places."""
    data: dict[str, Any] = as_reading(json.loads(revision.content))
    notes: dict[str, Any] = revision.notes
    for row, origin in zip(data["indicators"], notes.get("rows", []), strict=False):
        row["origin"] = origin
    return form_from_data({**data, **notes})
