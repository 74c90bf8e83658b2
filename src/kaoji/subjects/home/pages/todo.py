"""What waits for a person: forms by what is to be done, windows that close, imports, news."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kaoji.core.speech import restored
from kaoji.platform.notices.actions.see_notices import see_notices
from kaoji.platform.notices.models import Notice
from kaoji.platform.organisation.reach import places_of
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.declarations.queries.reach import declarations_of
from kaoji.subjects.declarations.queries.turns import turn_of
from kaoji.subjects.home.pages.after_approval import tasks_for
from kaoji.subjects.intake.models import Intake
from kaoji.subjects.windows.queries import Calendar
from kaoji.workflow.moves import STAGE_NAMES, STATE_NAMES, Stage, State
from kaoji.workflow.roles import MAY_FILE, MAY_VIEW

_MOST_SHOWN, _MOST_NOTICES = 20, 20
# What is most pressing comes first.
_ORDER = (
    State.RETURNED, State.FORWARDED, State.SUBMITTED, State.PREPARED, State.ADJUSTING,
    State.APPROVED, State.DRAFT,
)  # fmt: skip
_STAGE_OF = {
    State.DRAFT: Stage.DECLARE,
    State.PREPARED: Stage.DECLARE,
    State.SUBMITTED: Stage.DEPARTMENT_REVIEW,
    State.FORWARDED: Stage.FINANCE_REVIEW,
    State.ADJUSTING: Stage.ADJUST,
}


@dataclass(frozen=True)
class Waiting:
    """Forms in one state that wait for the person: how many, the first of them, their due days."""

    state: State
    count: int
    forms: list[tuple[Declaration, date | None]]


@require_safe
def todo(request: HttpRequest) -> HttpResponse:
    """The person's page: the first that is shown after signing in."""
    person: Any = request.user
    mine = Intake.objects.filter(opened_by=person, state=Intake.State.OPEN)
    notices = Notice.objects.filter(
        Q(declaration__isnull=True) | Q(declaration__in=declarations_of(person)), person=person
    ).select_related("declaration")
    context = {
        "waiting": list(_waiting(person)),
        "tasks": tasks_for(person),
        "imports": mine.select_related("document").order_by("-opened_at")[:_MOST_SHOWN],
        "notices": [(item, restored(item.sentence)) for item in notices[:_MOST_NOTICES]],
        "unseen": notices.filter(seen_at__isnull=True).count(),
        "names": STATE_NAMES,
        "closing": _closing(person),
    }
    return render(request, "home/pages/todo.html", context)


@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    """All news is read."""
    person: Any = request.user
    see_notices(acting_user=person, now=timezone.now())
    return redirect("todo")


def _waiting(person: User) -> Iterator[Waiting]:
    found = Declaration.objects.filter(turn_of(person)).select_related("organisation")
    for state in _ORDER:
        here = found.filter(state=state)
        first = list(here.order_by("state_since", "id")[: _MOST_SHOWN + 1])
        if first:
            count = len(first) if len(first) <= _MOST_SHOWN else here.count()
            yield Waiting(state, count, _with_due_days(first[:_MOST_SHOWN]))


def _with_due_days(forms: list[Declaration]) -> list[tuple[Declaration, date | None]]:
    """Each form with the last day of its stage."""
    calendar = Calendar({form.year for form in forms})
    rows = []
    for form in forms:
        stage = _STAGE_OF.get(State(form.state))
        windows = calendar.windows_for(form.year, form.organisation)
        rows.append((form, windows[stage][1] if stage in windows else None))
    return rows


def _closing(person: User) -> list[tuple[int, str, date]]:
    """The windows that are open now for what the person does, the soonest to close first."""
    today = timezone.localdate()
    places = list(places_of(person, MAY_FILE)[:1]) or list(places_of(person, MAY_VIEW)[:1])
    rows = []
    years = (today.year, today.year + 1)
    calendar = Calendar(years)
    for place in places:
        for year in years:
            for stage, (window, last) in calendar.windows_for(year, place).items():
                if window.opens_on <= today <= last:
                    rows.append((year, STAGE_NAMES[stage], last))
    return sorted(rows, key=lambda row: row[2])
