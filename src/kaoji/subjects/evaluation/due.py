"""By when experts have to score what they were asked to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from kaoji.core.speech import say
from kaoji.platform.notices.deadlines import Deadline, Deadlines
from kaoji.subjects.evaluation.models import Evaluation
from kaoji.workflow.roles import MAY_EVALUATE


def _sheets(first: date, last: date, _today: date) -> Iterator[Deadline]:
    asked = Evaluation.objects.filter(due_on__range=(first, last)).order_by("due_on", "id")
    for item in asked.select_related("declaration__organisation").prefetch_related(
        "experts", "sheets"
    ):
        done = {sheet.expert_id for sheet in item.sheets.all()}
        late = tuple(who for who in item.experts.all() if who.pk not in done)
        project = item.declaration
        yield Deadline(
            "evaluation",
            project.year or item.commissioned_at.year,
            item.due_on,
            say("评价“{name}”", name=project.project_name),
            project.organisation,
            MAY_EVALUATE,
            int(bool(late) and not hasattr(item, "report")),
            reverse("evaluation", args=[item.pk]),
            late,
        )


DEADLINES: dict[str, Deadlines] = {"evaluation": _sheets}
