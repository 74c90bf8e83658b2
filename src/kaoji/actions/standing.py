"""How a declaration stands to somebody who wants to move it."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import User

from kaoji.actions.permission import (
    MAY_FILE,
    MAY_REVIEW_FOR_DEPARTMENT,
    MAY_REVIEW_FOR_FINANCE,
)
from kaoji.records.models import Declaration
from kaoji.records.waivers import standing_waivers, subject_among
from kaoji.workflow.moves import Part, Standing, State

_PARTS = {
    MAY_FILE: Part.FILER,
    MAY_REVIEW_FOR_DEPARTMENT: Part.DEPARTMENT,
    MAY_REVIEW_FOR_FINANCE: Part.FINANCE,
}


def parts_of(user: User) -> frozenset[Part]:
    """The parts that a person plays."""
    held = (part for permission, part in _PARTS.items() if user.has_perm(permission))
    return frozenset(held) if user.is_active else frozenset()


def standing_of(declaration: Declaration, user: User, *, on: date) -> Standing:
    """The state, the person's parts, and what stands against a submission."""
    revisions = declaration.revisions.filter(made_by=user)
    return Standing(
        State(declaration.state),
        parts_of(user),
        wrote=revisions.exists(),
        errors=_open_errors(declaration, on),
        unanswered=declaration.opinions.filter(
            answered_at__isnull=True, closed_at__isnull=True
        ).count(),
    )


def _open_errors(declaration: Declaration, on: date) -> int:
    """The errors of the latest revision that nobody waived."""
    revision = declaration.revisions.get(number=declaration.revision_count)
    errors = revision.finding_rows.filter(severity="error", outcome="found")
    if not errors:
        return 0
    rows = {row.position: row for row in revision.indicator_rows.all()}
    waived = standing_waivers(declaration, on=on)
    return sum(subject_among(rows, row) not in waived for row in errors)
