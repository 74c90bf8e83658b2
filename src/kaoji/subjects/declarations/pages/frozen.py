"""Something that was filed, written out again as it was: as notation, or as the official form."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse

from kaoji.core.outcome_notation import parse_with_outcome
from kaoji.documents.reading import FormReading
from kaoji.documents.render.sheet import UnableToWrite
from kaoji.platform.ui import saying
from kaoji.platform.ui.files_out import as_file
from kaoji.subjects.declarations.pages.writers import WRITERS


def frozen_form(
    request: HttpRequest, content: str, form: str, name: str, *, layout: str, kind: str
) -> HttpResponse | None:
    """What was filed, as notation or as the official form; None where it cannot be written here."""
    if form == "txt":
        return as_file(content, name, "text/plain; charset=utf-8")
    if form not in WRITERS or form == "json":
        raise Http404
    what, outcome = parse_with_outcome(content)
    reading = FormReading(replace(what, layout=layout), kind=kind, outcome=outcome)
    media_type, write = WRITERS[form]
    try:
        return as_file(write(reading), name, f"{media_type}; charset=utf-8")
    except UnableToWrite as refusal:
        saying.tell(request, refusal.sentence)
        return None
