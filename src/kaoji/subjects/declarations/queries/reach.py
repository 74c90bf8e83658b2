"""Which declarations a person sees, or has a right over."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import QuerySet

from kaoji.platform.organisation.models import Organisation
from kaoji.platform.organisation.reach import reach_of
from kaoji.subjects.declarations.models import Declaration
from kaoji.workflow.roles import MAY_VIEW


def declarations_of(user: User | AnonymousUser, right: str = MAY_VIEW) -> QuerySet[Declaration]:
    """The declarations over which the person holds a right; for others there are none."""
    reach = reach_of(user)
    if reach.everywhere:
        return Declaration.objects.all()
    places = Organisation.objects.filter(reach.within(right))
    return Declaration.objects.filter(organisation__in=places)
