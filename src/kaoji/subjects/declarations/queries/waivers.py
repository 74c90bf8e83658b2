"""Which findings are waived today, and by whom."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from kaoji.core.canonical import canonical_json, digest
from kaoji.subjects.declarations.models import Declaration, FindingRow, IndicatorRow, Waiver

_ROW = re.compile(r"indicators\[(\d+)\]")

# What a waiver is about: the rule, the place, and what the rule said there.
Subject = tuple[str, str, str]


def subject_of(finding: FindingRow) -> Subject:
    """What a waiver of the finding is about, in words that outlive a moved row."""
    return finding.rule, finding.place, finding.said


def place_of(field: str, rows: Mapping[int, IndicatorRow]) -> str:
    """What a waiver calls the place of a finding; *rows* are those of the revision by their positions."""
    found = _ROW.match(field)
    row = rows.get(int(found[1])) if found else None
    place = f"{row.level2} / {row.level3}" if row and row.level3 else field
    return place[:500]


def said_in(message: object) -> str:
    """The digest of what a rule said: another fault in the same place is another finding."""
    return digest(canonical_json(message))


def waivers_in_force(declaration: Declaration, *, on: date) -> dict[Subject, Waiver]:
    """The waivers that hold on a day, by what they are about."""
    rows = declaration.waivers.filter(ended_at__isnull=True, until__gte=on)
    return {(row.rule, row.place, row.said): row for row in rows.select_related("given_by")}
