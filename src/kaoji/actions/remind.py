"""Remind those who have not submitted yet that a window closes soon."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.timezone import localdate

from kaoji.actions.notify import people_at, tell
from kaoji.core.speech import say
from kaoji.records.models import Declaration
from kaoji.records.windows import Calendar
from kaoji.workflow.moves import STAGE_NAMES, Stage, State
from kaoji.workflow.roles import MAY_FILE, MAY_REVIEW_FOR_DEPARTMENT, MAY_REVIEW_FOR_FINANCE

# What has to be done by the end of which stage, and by whom.
_DUE = {
    State.DRAFT: (Stage.DECLARE, MAY_FILE),
    State.ADJUSTING: (Stage.ADJUST, MAY_FILE),
    State.SUBMITTED: (Stage.DEPARTMENT_REVIEW, MAY_REVIEW_FOR_DEPARTMENT),
    State.FORWARDED: (Stage.FINANCE_REVIEW, MAY_REVIEW_FOR_FINANCE),
}


def remind(*, days: int, now: datetime) -> int:
    """One notice for each person, year and stage whose window closes within *days* from today.

    Gives the number of notices. Run it once a day.
    """
    today = localdate(now)
    found = Declaration.objects.filter(state__in=list(_DUE)).select_related("organisation")
    years = found.order_by().values_list("year", flat=True).distinct()
    calendar = Calendar(set(years))
    waiting: dict[tuple[User, int | None, Stage], int] = defaultdict(int)
    soonest: dict[tuple[User, int | None, Stage], str] = {}
    people: dict[tuple[int, str], set[User]] = {}
    for form in found.defer("search_text").iterator():
        stage, right = _DUE[State(form.state)]
        window = calendar.windows_for(form.year, form.organisation).get(stage)
        if window is None or not today <= window[1] <= today + timedelta(days):
            continue
        at = form.organisation_id, right
        if at not in people:
            people[at] = people_at(form.organisation, [right], now=now)
        for person in people[at]:
            key = person, form.year, stage
            waiting[key] += 1
            last = window[1].isoformat()
            soonest[key] = min(soonest.get(key, last), last)
    with transaction.atomic():
        for (person, year, stage), count in waiting.items():
            sentence = say(
                "{year} 年{stage}于 {day} 截止，还有 {count} 份等您办理",
                year=year,
                stage=say(STAGE_NAMES[stage]),
                day=soonest[person, year, stage],
                count=count,
            )
            tell([person], sentence, declaration=None, now=now)
    return len(waiting)
