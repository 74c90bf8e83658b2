"""How a declaration stands to somebody who wants to move it."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import User

from kaoji.core.speech import Sentence
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.organisation.reach import reach_of
from kaoji.standards.reviews import Grade, template_named
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.declarations.queries.open_findings import open_findings
from kaoji.subjects.windows.queries import shut_stages
from kaoji.workflow.moves import JUDGES, RIGHT_OF, MoveContext, Part, Stage, State


def parts_at(user: User, place: Organisation) -> frozenset[Part]:
    """The parts that a person plays for the forms of a place."""
    reach = reach_of(user)
    return frozenset(part for part, right in RIGHT_OF.items() if reach.at(right, place))


def move_context(declaration: Declaration, user: User, *, on: date) -> MoveContext:
    """The state, the person's parts, and what stands against each move."""
    place = declaration.organisation
    parts = parts_at(user, place)
    grade, opens = grade_of(declaration, parts)
    shut: dict[Stage, Sentence] = shut_stages(declaration.year, place, on=on)
    return MoveContext(
        State(declaration.state),
        parts,
        wrote=declaration.revisions.filter(made_by=user).exists(),
        errors=open_findings(declaration, on=on).errors,
        unanswered=declaration.opinions.filter(
            answered_at__isnull=True, closed_at__isnull=True
        ).count(),
        unit_review=place.reviews_first,
        rests_in=resting_state(declaration),
        unchanged=_is_as_approved(declaration),
        shut=shut,
        grade=grade,
        grade_opens=opens,
    )


def grade_of(declaration: Declaration, parts: frozenset[Part]) -> tuple[str, frozenset[str]]:
    """The grades of these parts' latest review sheets, and the moves that all of them open."""
    found: dict[str, Grade] = {}
    for review in declaration.reviews.filter(
        revision_number=declaration.revision_count, part__in=parts & JUDGES
    ):
        grade = template_named(review.template).grade_named(review.grade)
        if grade is not None:
            found.setdefault(review.part, grade)
    if not found:
        return "", frozenset()
    names = "、".join(dict.fromkeys(grade.name for grade in found.values()))
    return names, frozenset.intersection(*(grade.opens for grade in found.values()))


def _is_as_approved(declaration: Declaration) -> bool:
    """Does the latest revision say what was approved, to the letter?"""
    number = declaration.approved_revision
    if number is None:
        return False
    hashes = declaration.revisions.filter(number__in=(number, declaration.revision_count))
    return hashes.values("sha256").distinct().count() == 1


def resting_state(declaration: Declaration) -> State | None:
    """Where an approved promise rests while nobody adjusts it; None before its first approval."""
    if declaration.approved_revision is None:
        return None
    return {
        Declaration.Publication.NEVER: State.APPROVED,
        Declaration.Publication.PUBLIC: State.PUBLISHED,
        Declaration.Publication.WITHDRAWN: State.WITHDRAWN,
    }[Declaration.Publication(declaration.publication)]
