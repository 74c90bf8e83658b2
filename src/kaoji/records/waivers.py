"""Which findings are waived today, and by whom."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from kaoji.records.models import Declaration, FindingRow, IndicatorRow, Waiver

_ROW = re.compile(r"indicators\[(\d+)\]")


def place_of(finding: FindingRow) -> str:
    """What the finding is about, in words that outlive a moved row: a name or a path."""
    rows = IndicatorRow.objects.filter(revision_id=finding.revision_id)
    return place_among(dict(rows.values_list("position", "level3")), finding)


def place_among(names: Mapping[int, str], finding: FindingRow) -> str:
    """The same, where the names of the revision's indicators are known by their positions."""
    row = _ROW.match(finding.field)
    return ((names.get(int(row[1])) if row else None) or finding.field)[:500]


def standing_waivers(declaration: Declaration, *, on: date) -> dict[tuple[str, str], Waiver]:
    """The waivers that hold on a day, by rule and place."""
    rows = declaration.waivers.filter(ended_at__isnull=True, until__gte=on)
    return {(row.rule, row.place): row for row in rows.select_related("given_by")}
