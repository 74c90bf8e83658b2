"""Check a form as the site does: beside what is on record, with what administrators set."""

from __future__ import annotations

from collections.abc import Iterable

from kaoji.core.declaration import Declaration as Form
from kaoji.documents.checking import check_reading
from kaoji.documents.reading import FormReading
from kaoji.records.overrides import overrides_for
from kaoji.records.surroundings import context_of
from kaoji.rules.engine import Report, region_of


def check_on_record(reading: FormReading, *, beside: Iterable[Form] = ()) -> Report:
    """The findings of a form that stands on record, or is about to, *beside* those coming with it."""
    return check_reading(
        reading,
        context=context_of(reading.form, beside),
        overrides=overrides_for(region_of(reading.form)),
    )
