"""Which declarations a person sees, or has a right over."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Max, QuerySet

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


def usual_year(user: User | AnonymousUser, *, today: date) -> int:
    """The year that a page shows at first: this one, or the newest before it of which the person sees forms."""
    known = declarations_of(user).filter(year__lte=today.year)
    return known.order_by().aggregate(newest=Max("year"))["newest"] or today.year
