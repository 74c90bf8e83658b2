"""Which ex-ante evaluation counts for a project, and which wait for finance."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

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


def conclusions_at(place: Organisation, year: int) -> dict[str, str]:
    """By project what its evaluation concluded; `pending` where finance has not accepted it."""
    return {
        item.project_name: item.conclusion
        if getattr(item, "review", None) and item.review.verdict == "accepted"
        else "pending"
        for item in latest().filter(place=place, year=year)
    }
