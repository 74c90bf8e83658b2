"""By when findings have to be put right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from kaoji.core.speech import say
from kaoji.platform.notices.deadlines import Deadline, Deadlines
from kaoji.subjects.rectification.models import Rectification
from kaoji.subjects.rectification.queries import State, with_state
from kaoji.workflow.roles import MAY_FILE


def _answers(first: date, last: date, _today: date) -> Iterator[Deadline]:
    """A demand of no project belongs to the year in which it was made."""
    demanded = with_state(Rectification.objects.all()).filter(due__range=(first, last))
    for item in demanded:
        project = item.declaration
        yield Deadline(
            "rectification",
            (project.year if project else None) or item.opened_at.year,
            item.due,
            say("整改：{finding}", finding=item.finding[:40]),
            item.place,
            MAY_FILE,
            int(item.state == State.OPEN),
            reverse("rectification", args=[item.pk]),
        )


DEADLINES: dict[str, Deadlines] = {"rectification": _answers}
