"""By when what was approved has to be public."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Count
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.timezone import localdate

from kaoji.core.speech import say
from kaoji.platform.notices.deadlines import Deadline, Deadlines
from kaoji.platform.organisation.models import Organisation
from kaoji.standards.schedule import step_of
from kaoji.subjects.declarations.models import Declaration
from kaoji.workflow.moves import State
from kaoji.workflow.roles import MAY_REVIEW_FOR_FINANCE


def public_by(form: Declaration) -> date | None:
    """The last day to make an approved form public; None where no document counts days."""
    if form.state_since is None or form.year is None:
        return None
    return step_of(form.year, "publish").day_after(localdate(form.state_since))


def _approved(first: date, last: date, _today: date) -> Iterator[Deadline]:
    """One for each unit and day of approval."""
    waiting = Declaration.objects.filter(state=State.APPROVED, year__isnull=False)
    counts = (
        waiting.order_by()
        .values_list("organisation", "year", TruncDate("state_since"))
        .annotate(left=Count("pk"))
    )
    units = Organisation.objects.in_bulk({key for key, *_rest in counts})
    for key, year, approved_on, left in counts:
        day = step_of(year, "publish").day_after(approved_on) if approved_on else None
        if day is not None and first <= day <= last:
            yield Deadline(
                "publish",
                year,
                day,
                say("公开{unit}已批复的绩效目标", unit=units[key].name),
                units[key],
                MAY_REVIEW_FOR_FINANCE,
                left,
                f"{reverse('declarations')}?state={State.APPROVED}&year={year}",
            )


DEADLINES: dict[str, Deadlines] = {"publish": _approved}
