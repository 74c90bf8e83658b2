"""Check a form as the site does: beside what is on record, with what administrators set."""

from __future__ import annotations

from kaoji.documents.checking import check_reading
from kaoji.documents.reading import FormReading
from kaoji.records.models import Organisation
from kaoji.records.overrides import overrides_for
from kaoji.records.surroundings import Surroundings
from kaoji.rules.engine import Report, region_of


def check_on_record(
    reading: FormReading,
    *,
    place: Organisation | None = None,
    surroundings: Surroundings | None = None,
) -> Report:
    """The findings of a form that stands on record, or is about to, in its *place*.

    Without a place nothing on record stands beside it: what others filed is not told by
    findings. Forms that come in together share their *surroundings*.
    """
    return check_reading(
        reading,
        context=(surroundings or Surroundings()).of(reading.form, place),
        overrides=overrides_for(region_of(reading.form)),
    )
