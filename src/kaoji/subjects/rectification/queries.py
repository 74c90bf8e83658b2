"""How far a rectification is, until when it has to be done, and which ones are overdue."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import (
    Case,
    CharField,
    F,
    Max,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest

from kaoji.subjects.rectification.models import Rectification, RectificationStep


class State(StrEnum):
    """Where a rectification stands."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


RECTIFICATION_STATES = {State.OPEN: "待整改", State.ANSWERED: "待销号", State.CLOSED: "已销号"}


def state_of(rectification: Rectification) -> State:
    """By its last step that is not an extension."""
    last = rectification.steps.exclude(kind="extend").order_by("-id").first()
    if last is None or last.kind == "return":
        return State.OPEN
    return State.CLOSED if last.kind == "accept" else State.ANSWERED


def due_day(rectification: Rectification) -> date:
    """The last day, extensions included."""
    later = rectification.steps.aggregate(day=Max("due_on"))["day"]
    return max(rectification.due_on, later) if later else rectification.due_on


def with_state(found: QuerySet[Rectification]) -> QuerySet[Any]:
    """The rectifications with `state` and `due` beside them, the most pressing first."""
    steps = RectificationStep.objects.filter(rectification=OuterRef("pk"))
    last = steps.exclude(kind="extend").order_by("-id").values("kind")[:1]
    later = steps.exclude(due_on=None).order_by("-due_on").values("due_on")[:1]
    return (
        found.annotate(last_step=Subquery(last), later=Subquery(later))
        .annotate(
            state=Case(
                When(last_step="answer", then=Value(State.ANSWERED)),
                When(last_step="accept", then=Value(State.CLOSED)),
                default=Value(State.OPEN),
                output_field=CharField(),
            ),
            due=Greatest(F("due_on"), Coalesce(F("later"), F("due_on"))),
        )
        .select_related("place", "declaration")
        .order_by("due", "id")
    )


def overdue(found: QuerySet[Rectification], *, on: date) -> QuerySet[Any]:
    """Those that are not closed and past their day."""
    return with_state(found).exclude(state=State.CLOSED).filter(due__lt=on)


def has_overdue(found: QuerySet[Rectification], *, on: date) -> bool:
    """Is any of them overdue?"""
    return bool(overdue(found, on=on).exists())


__all__ = ["State", "due_day", "has_overdue", "overdue", "state_of", "with_state"]
