"""Who may see what a review sheet says."""

from __future__ import annotations

from django.contrib.auth.models import User

from kaoji.subjects.declarations.models import Declaration
from kaoji.workflow.moves import JUDGES, REVIEWERS, RIGHT_OF, State
from kaoji.workflow.roles import MAY_AUDIT

_READERS = (MAY_AUDIT, *(RIGHT_OF[part] for part in sorted(JUDGES)))


def may_see_sheets(person: User, declaration: Declaration) -> bool:
    """While a form is judged, its review sheets are for judges and auditors alone."""
    judged = State(declaration.state) in REVIEWERS
    return not judged or any(person.has_perm(right, declaration) for right in _READERS)
