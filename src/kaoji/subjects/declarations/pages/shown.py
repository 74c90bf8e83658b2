"""What stands beside a revision when it is shown: its findings, opinions and sheets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import OuterRef, Subquery

from kaoji.core.speech import restored, say
from kaoji.subjects.declarations.models import Declaration, FindingRow, Revision, Waiver
from kaoji.subjects.declarations.pages.sheet_notes import Note
from kaoji.subjects.declarations.queries.waivers import Subject, subject_of, waivers_in_force
from kaoji.subjects.library.models import IndicatorSheet


def stored_notes(revision: Revision, *, on: date) -> list[Note]:
    """The findings that were stored with a revision, as notes, with the waivers of the day."""
    waivers = waivers_in_force(revision.declaration, on=on)
    return [_stored_note(row, waivers) for row in revision.finding_rows.all()]


# Rules that find a target vague or a name no measure: the library may know a better one.
_VAGUE = frozenset({"KJ301", "KJ303", "KJ304", "KJ307", "KJ313", "KJ405", "KJ410"})


def _stored_note(row: FindingRow, waivers: Mapping[Subject, Waiver]) -> Note:
    waiver = waivers.get(subject_of(row))
    tone = "waived" if waiver else row.severity
    tone = tone if row.outcome == "found" else "undecided"
    suggestion = restored(row.suggestion) if row.suggestion else None
    message = restored(row.message)
    return Note(
        tone,
        row.field,
        message,
        suggestion,
        row.rule,
        waiver=waiver,
        finding=row.pk,
        look_up=row.place.partition(" / ")[2] if row.rule in _VAGUE else "",
    )


def opinion_notes(declaration: Declaration) -> list[tuple[Note, str]]:
    """The open opinions as notes, each with the name of the place that it is about."""
    return [
        (Note("opinion", item.field, say("{text}", text=item.text)), item.place)
        for item in declaration.opinions.filter(closed_at__isnull=True)
    ]


def sheets_for(revision: Revision) -> list[IndicatorSheet]:
    """The latest sheets of the library's entries that the declaration uses."""
    latest = IndicatorSheet.objects.filter(entry=OuterRef("entry")).order_by("-number")
    used = IndicatorSheet.objects.filter(
        entry__observations__declaration=revision.declaration_id,
        number=Subquery(latest.values("number")[:1]),
    )
    return list(used.select_related("entry").distinct())
