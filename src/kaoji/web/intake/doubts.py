"""A doubt as a small form: what was read, what it could be, and a place to say so."""

from __future__ import annotations

from dataclasses import dataclass

from kaoji.core.paths import WHOLE_FORM, FieldPath
from kaoji.core.provenance import Doubt
from kaoji.documents.reading import FormReading
from kaoji.standards.layouts import layout_named
from kaoji.standards.taxonomies import taxonomy_for
from kaoji.web.intake.source import anchor_of


@dataclass(frozen=True)
class OpenDoubt:
    """One doubt, the value as it was read, and the choices where there are only so many."""

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
    path = FieldPath.parse(doubt.field)
    row = reading.form.indicators[path.row].name if path.row is not None else ""
    value = path.text_in(reading.form)
    return OpenDoubt(
        doubt,
        value,
        _choices(path, reading),
        row,
        long=path.name.endswith("_goal"),
        settles_value=path.name not in {WHOLE_FORM, "indicators"},
    )


def _choices(path: FieldPath, reading: FormReading) -> tuple[str, ...]:
    taxonomy = taxonomy_for(reading.form.year, layout_named(reading.form.layout))
    if path.name == "level1":
        return tuple(taxonomy.level1)
    if path.name == "level2":
        return tuple(item.name for item in taxonomy.level2)
    return ()
