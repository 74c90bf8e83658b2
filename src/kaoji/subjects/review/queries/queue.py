"""A reviewer's queue: the forms that wait for the person in one state, in the order of the desk."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import User

from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.declarations.queries.turns import turn_of
from kaoji.workflow.moves import REVIEWERS, State


@dataclass(frozen=True)
class Neighbours:
    """Where a form stands in the queue, counted from one, of how many; the forms before and after it."""

    place: int
    count: int
    before: int | None
    after: int | None


def queue_of(person: User, state: State) -> list[int]:
    """Keys of the forms in this state whose turn is the person's, the longest waiting first."""
    found = Declaration.objects.filter(turn_of(person), state=state)
    return list(found.order_by("state_since", "id").values_list("pk", flat=True))


def neighbours(person: User, declaration: Declaration) -> Neighbours | None:
    """The form among those that the person has to look at; None where it is not their turn."""
    state = State(declaration.state)
    keys = queue_of(person, state) if state in REVIEWERS else []
    if declaration.pk not in keys:
        return None
    at = keys.index(declaration.pk)
    after = keys[at + 1] if at + 1 < len(keys) else None
    return Neighbours(at + 1, len(keys), keys[at - 1] if at else None, after)


def next_in_line(person: User) -> Declaration | None:
    """The next form that the person has to look at, whatever its state."""
    found = Declaration.objects.filter(turn_of(person), state__in=list(REVIEWERS))
    return found.order_by("state_since", "id").first()
