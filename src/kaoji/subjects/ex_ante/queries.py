"""Which ex-ante evaluation counts for a project, and which wait for finance."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from kaoji.core.declaration import project_key
from kaoji.platform.organisation.models import Organisation
from kaoji.subjects.ex_ante.models import ExAnteEvaluation


def latest() -> QuerySet[ExAnteEvaluation]:
    """Of each project and year the last version."""
    later = ExAnteEvaluation.objects.filter(
        place=OuterRef("place"),
        year=OuterRef("year"),
        project_name=OuterRef("project_name"),
        number__gt=OuterRef("number"),
    )
    return ExAnteEvaluation.objects.filter(~Exists(later)).select_related("place", "review")


def name_on_record(place: Organisation, year: int, project: str) -> str:
    """The name under which a project's evaluations are kept: as it was written first, blanks and widths aside."""
    names = latest().filter(place=place, year=year).values_list("project_name", flat=True)
    return next((name for name in names if project_key(name) == project_key(project)), project)


def conclusions_at(place: Organisation, year: int) -> dict[str, str]:
    """By the key of a project what its evaluation concluded; `pending` where finance has not accepted it."""
    return {
        project_key(item.project_name): item.conclusion
        if getattr(item, "review", None) and item.review.verdict == "accepted"
        else "pending"
        for item in latest().filter(place=place, year=year)
    }
