"""What waits for a person after the approvals: monitoring, rectifications, evaluations, each with its page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from kaoji.core.speech import Sentence, say
from kaoji.platform.organisation.reach import places_of, reach_of
from kaoji.subjects.declarations.queries.reach import declarations_of
from kaoji.subjects.evaluation.models import Evaluation
from kaoji.subjects.monitoring.queries import periods_for, summary_of, tasks_of
from kaoji.subjects.rectification.models import Rectification
from kaoji.subjects.rectification.queries import State, with_state
from kaoji.workflow.roles import (
    MAY_EVALUATE,
    MAY_FILE,
    MAY_FOLLOW,
    MAY_REVIEW_FOR_DEPARTMENT,
)

_MOST = 10


@dataclass(frozen=True)
class Task:
    """Something to do, where, and until when."""

    what: Sentence
    address: str
    due: date | None = None


def tasks_for(person: User) -> list[Task]:
    """The tasks, the soonest due first."""
    found = [*_monitoring(person), *_rectifications(person), *_evaluations(person)]
    return sorted(found, key=lambda task: task.due or date.max)


def _monitoring(person: User) -> Iterator[Task]:
    for right, states, words in (
        (MAY_FILE, ("missing", "returned"), _("“{title}”还有 {count} 份监控表要报送")),
        (MAY_REVIEW_FOR_DEPARTMENT, ("filed",), _("“{title}”有 {count} 份监控表要审核")),
    ):
        if not reach_of(person).somewhere(right):
            continue
        places = places_of(person, right)
        periods = periods_for(declarations_of(person, right)).order_by("due_on")
        for period in periods.filter(due_on__gte=timezone.localdate())[:_MOST]:
            told = summary_of(period, tasks_of(period).filter(organisation__in=places))
            count = sum(told["states"][state] for state in states)
            if count:
                sentence = say(words, title=period.title, count=count)
                yield Task(
                    sentence, reverse("monitoring-period", args=[period.pk]), period.due_on
                )


def _rectifications(person: User) -> Iterator[Task]:
    for right, state, words in (
        (MAY_FILE, State.OPEN, _("整改“{finding}”要报送")),
        (MAY_FOLLOW, State.ANSWERED, _("整改“{finding}”已报送，要销号或退回")),
    ):
        if not reach_of(person).somewhere(right):
            continue
        demands = Rectification.objects.filter(place__in=places_of(person, right))
        for item in with_state(demands).filter(state=state)[:_MOST]:
            address = reverse("rectification", args=[item.pk])
            yield Task(say(words, finding=item.finding[:40]), address, item.due)


def _evaluations(person: User) -> Iterator[Task]:
    if not reach_of(person).somewhere(MAY_EVALUATE):
        return
    asked = Evaluation.objects.filter(
        experts=person,
        report=None,
        declaration__in=declarations_of(person, MAY_EVALUATE),
    ).exclude(sheets__expert=person)
    for item in asked.select_related("declaration").order_by("due_on")[:_MOST]:
        yield Task(
            say("“{project}”的评价要打分", project=item.declaration.project_name),
            reverse("evaluation", args=[item.pk]),
            item.due_on,
        )
