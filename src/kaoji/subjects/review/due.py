"""By when the stages of a year close, unit by unit: for forms that have to be moved on, and for what rooms bring."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Count
from django.urls import reverse

from kaoji.core.speech import say
from kaoji.platform.notices.deadlines import Deadline, Deadlines
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.rooms import brought
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.windows.queries import Calendar
from kaoji.workflow.moves import STAGE_NAMES, Stage, State
from kaoji.workflow.roles import MAY_FILE, MAY_REVIEW_FOR_DEPARTMENT, MAY_REVIEW_FOR_FINANCE

# What has to be done by the end of which stage, and by whom.
_DUE = {
    State.DRAFT: (Stage.DECLARE, MAY_FILE),
    State.ADJUSTING: (Stage.ADJUST, MAY_FILE),
    State.SUBMITTED: (Stage.DEPARTMENT_REVIEW, MAY_REVIEW_FOR_DEPARTMENT),
    State.FORWARDED: (Stage.FINANCE_REVIEW, MAY_REVIEW_FOR_FINANCE),
}


def _in_windows(first: date, last: date, today: date) -> Iterator[Deadline]:
    left = list(_left(today))
    calendar = Calendar({year for _unit, year, _stage, _right, _count, _address in left})
    units = Organisation.objects.in_bulk({unit for unit, *_rest in left})
    for unit, year, stage, right, count, address in left:
        window = calendar.windows_for(year, units[unit]).get(stage)
        if window is not None and first <= window[1] <= last:
            title = say(STAGE_NAMES[stage])
            yield Deadline(stage, year, window[1], title, units[unit], right, count, address)


def _left(on: date) -> Iterator[tuple[int, int, Stage, str, int, str]]:
    """By unit and year how many forms are left in a stage, who may do it, and where."""
    known = Declaration.objects.filter(year__isnull=False).order_by()
    moving = known.filter(state__in=list(_DUE)).values_list("organisation", "year", "state")
    for unit, year, state, count in moving.annotate(count=Count("pk")):
        address = f"{reverse('declarations')}?state={state}&year={year}"
        yield unit, year, *_DUE[State(state)], count, address
    for stage, (right, left) in brought("due", "DUE").items():
        counts = left(on=on).order_by().values_list("organisation", "year")
        for unit, year, count in counts.annotate(count=Count("pk")):
            yield unit, year, Stage(stage), right, count, f"{reverse('rechecks')}#missing"


DEADLINES: dict[str, Deadlines] = {"windows": _in_windows}
