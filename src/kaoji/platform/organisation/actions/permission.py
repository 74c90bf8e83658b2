"""May this person do this here? Asked first in every action; the answer “no” has a reason."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.utils.timezone import localdate

from kaoji.core.speech import say
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.organisation.reach import appointments_in_force, reach_of
from kaoji.platform.refusals import NotPermitted
from kaoji.workflow.roles import (
    MAY_MANAGE,
    MAY_REVIEW_FOR_DEPARTMENT,
    MAY_REVIEW_FOR_FINANCE,
)

# Who judges results at which level (workflow/following.py).
RIGHTS_OF_LEVEL = {"department": MAY_REVIEW_FOR_DEPARTMENT, "finance": MAY_REVIEW_FOR_FINANCE}


def require_manages(user: User, person: User) -> None:
    """Raise NotPermitted unless every place where the person is, is one that the user manages."""
    require(user, MAY_MANAGE)
    places = [item.place for item in appointments_in_force(localdate()).filter(person=person)]
    reach = reach_of(user)
    if person.is_superuser or not all(reach.at(MAY_MANAGE, place) for place in places):
        raise NotPermitted(
            say("“{name}”的账号不归您管理", name=person.get_full_name() or person.username)
        )


def require(user: User, right: str, place: Organisation | None = None) -> None:
    """Raise NotPermitted unless the person holds the right: in *place*, or anywhere at all."""
    reach = reach_of(user)
    name = user.get_full_name() or user.get_username()
    if not reach.somewhere(right):
        raise NotPermitted(say("“{name}”没有此项权限；请联系管理员", name=name))
    if place is not None and not reach.at(right, place):
        raise NotPermitted(
            say("“{name}”对“{place}”没有此项权限；请联系管理员", name=name, place=place.name)
        )
