"""A doubt as a small form: what was read, what it could be, and a place to say so."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kaoji.core.paths import WHOLE_FORM, FieldPath
from kaoji.core.provenance import Doubt
from kaoji.documents.reading import FormReading
from kaoji.standards.layouts import layout_named
from kaoji.standards.taxonomies import taxonomy_for
from kaoji.subjects.intake.pages.source import anchor_of


@dataclass(frozen=True)
class OpenDoubt:
    """One doubt, the value as it was read, and the choices where there are only so many.

    *settles_value* tells that a person can say another value here; what became of a promise is
    only confirmed, and changed where it is filed.
    """

    doubt: Doubt
    value: str
    choices: tuple[str, ...]
    row_name: str
    long: bool
    settles_value: bool

    @property
    def is_name(self) -> bool:
        """Is it the name of an indicator, for which the library has suggestions?"""
        return self.doubt.field.endswith(".level3")

    @property
    def line(self) -> int | None:
        """The line or row where the doubt lies."""
        return self.doubt.origin.line or self.doubt.origin.row

    @property
    def anchor(self) -> str:
        """The id of that line on the page."""
        return anchor_of(self.doubt.origin)


def open_doubts(reading: FormReading) -> list[OpenDoubt]:
    """The doubts of a form, one for each field, in the order in which they were noted."""
    seen: dict[str, Doubt] = {}
    for doubt in reading.doubts:
        seen.setdefault(doubt.field, doubt)
    return [_open(doubt, reading) for doubt in seen.values()]


def _open(doubt: Doubt, reading: FormReading) -> OpenDoubt:
    field = doubt.field
    held = reading.holds(field)
    return OpenDoubt(
        doubt,
        reading.text_of(field),
        _choices(FieldPath.parse(field), reading) if held else (),
        _row_name(field, reading),
        long=field.endswith("_goal"),
        settles_value=held and field not in {WHOLE_FORM, "indicators"},
    )


def _row_name(field: str, reading: FormReading) -> str:
    """The name of the indicator that a doubt is about, be it about its target or what became of it."""
    found = _ROW.match(field)
    rows = getattr(reading.form, found["table"]) if found else ()
    return rows[int(found["row"])].name if found and int(found["row"]) < len(rows) else ""


_ROW = re.compile(r"(?P<table>(?:overall_)?indicators)\[(?P<row>\d+)\]")


def _choices(path: FieldPath, reading: FormReading) -> tuple[str, ...]:
    taxonomy = taxonomy_for(reading.form.year, layout_named(reading.form.layout))
    if path.name == "level1":
        return tuple(taxonomy.level1)
    if path.name == "level2":
        return tuple(item.name for item in taxonomy.level2)
    return ()
