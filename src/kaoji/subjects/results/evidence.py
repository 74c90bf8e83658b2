"""Values that were entered, as evidence of their own."""

from __future__ import annotations

from kaoji.measuring.answer import Row
from kaoji.platform.imports.evidence import Evidence
from kaoji.subjects.results.models import Actual


def told(row: Row) -> tuple[str, str]:
    """The indicator, and its value."""
    return row.says["place"], row.says["value"]


EVIDENCE = {"actuals": Evidence(Actual, told)}
