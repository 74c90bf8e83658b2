"""Whose turn it is: which declarations wait for a person."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db.models import Q

from kaoji.platform.organisation.models import Organisation
from kaoji.platform.organisation.reach import reach_of
from kaoji.workflow.moves import State
from kaoji.workflow.roles import (
    MAY_FILE,
    MAY_REVIEW_FOR_BUDGET,
    MAY_REVIEW_FOR_DEPARTMENT,
    MAY_REVIEW_FOR_FINANCE,
    MAY_REVIEW_IN_UNIT,
)

# What waits for whoever holds a right.
TURNS: dict[str, tuple[State, ...]] = {
    MAY_FILE: (State.DRAFT, State.RETURNED, State.ADJUSTING),
    MAY_REVIEW_IN_UNIT: (State.PREPARED,),
    MAY_REVIEW_FOR_DEPARTMENT: (State.SUBMITTED,),
    MAY_REVIEW_FOR_BUDGET: (State.FORWARDED,),
    MAY_REVIEW_FOR_FINANCE: (State.FORWARDED, State.APPROVED),
}


def rights_in(state: State) -> list[str]:
    """The rights of those for whom a form in this state waits."""
    return [right for right, states in TURNS.items() if state in states]


def turn_of(person: User) -> Q:
    """The condition for the declarations that wait for the person, each right in its own places."""
    reach, found = reach_of(person), Q(pk__in=[])
    for right, states in TURNS.items():
        if reach.everywhere:
            found |= Q(state__in=states)
        elif reach.somewhere(right):
            places = Organisation.objects.filter(reach.within(right))
            found |= Q(state__in=states, organisation__in=places)
    return found
