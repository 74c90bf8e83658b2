"""Check a form as it was read: the rules are told what was mended and what is in doubt."""

from __future__ import annotations

from kaoji.documents.reading import FormReading
from kaoji.rules.engine import Report, check


def check_reading(
    reading: FormReading, *, year: int | None = None, region: str | None = None
) -> Report:
    """The rules of the form's year and region, or of those given."""
    return check(
        reading.form, repairs=reading.repairs, doubts=reading.doubts, year=year, region=region
    )
