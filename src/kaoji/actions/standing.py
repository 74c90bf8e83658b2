"""How a declaration stands to somebody who wants to move it."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import User

from kaoji.core.speech import Sentence
from kaoji.records.models import Declaration, Organisation
from kaoji.records.reach import reach_of
from kaoji.records.waivers import standing_waivers, subject_among
from kaoji.records.windows import shut_stages
from kaoji.standards.reviews import Grade, template_named
from kaoji.workflow.moves import JUDGES, Part, Stage, Standing, State
from kaoji.workflow.roles import (
    MAY_FILE,
    MAY_REVIEW_FOR_BUDGET,
    MAY_REVIEW_FOR_DEPARTMENT,
    MAY_REVIEW_FOR_FINANCE,
    MAY_REVIEW_IN_UNIT,
)

RIGHT_OF = {
    Part.FILER: MAY_FILE,
    Part.UNIT: MAY_REVIEW_IN_UNIT,
    Part.DEPARTMENT: MAY_REVIEW_FOR_DEPARTMENT,
    Part.BUDGET: MAY_REVIEW_FOR_BUDGET,
    Part.FINANCE: MAY_REVIEW_FOR_FINANCE,
}


def parts_at(user: User, place: Organisation) -> frozenset[Part]:
    """The parts that a person plays for the forms of a place."""
    reach = reach_of(user)
    return frozenset(part for part, right in RIGHT_OF.items() if reach.at(right, place))


def standing_of(declaration: Declaration, user: User, *, on: date) -> Standing:
    """The state, the person's parts, and what stands against each move."""
    place = declaration.organisation
    parts = parts_at(user, place)
    grade = grade_of(declaration, parts)
    shut: dict[Stage, Sentence] = shut_stages(declaration.year, place, on=on)
    return Standing(
        State(declaration.state),
        parts,
        wrote=declaration.revisions.filter(made_by=user).exists(),
        errors=_open_errors(declaration, on),
        unanswered=declaration.opinions.filter(
            answered_at__isnull=True, closed_at__isnull=True
        ).count(),
        unit_review=place.reviews_first,
        rests_in=resting_state(declaration),
        shut=shut,
        grade=grade.name if grade else "",
        grade_opens=grade.opens if grade else frozenset(),
    )


def grade_of(declaration: Declaration, parts: frozenset[Part]) -> Grade | None:
    """What the latest review sheet of these parts came to, for the latest revision."""
    review = declaration.reviews.filter(
        revision_number=declaration.revision_count, part__in=parts & JUDGES
    ).first()
    return template_named(review.template).grade_named(review.grade) if review else None


def resting_state(declaration: Declaration) -> State | None:
    """Where an approved promise rests while nobody adjusts it; None before its first approval."""
    if declaration.approved_revision is None:
        return None
    return {
        Declaration.Publication.NEVER: State.APPROVED,
        Declaration.Publication.PUBLIC: State.PUBLISHED,
        Declaration.Publication.WITHDRAWN: State.WITHDRAWN,
    }[Declaration.Publication(declaration.publication)]


def _open_errors(declaration: Declaration, on: date) -> int:
    """The errors of the latest revision that nobody waived."""
    revision = declaration.revisions.get(number=declaration.revision_count)
    errors = revision.finding_rows.filter(severity="error", outcome="found")
    if not errors:
        return 0
    rows = {row.position: row for row in revision.indicator_rows.all()}
    waived = standing_waivers(declaration, on=on)
    return sum(subject_among(rows, row) not in waived for row in errors)
