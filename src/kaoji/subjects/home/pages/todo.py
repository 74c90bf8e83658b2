"""What waits for a person: forms by what is to be done, windows that close, imports, news."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import User
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kaoji.core.speech import Sentence, restored
from kaoji.platform.notices.actions.see_notices import see_notices
from kaoji.platform.notices.models import Notice
from kaoji.platform.organisation.reach import places_of
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.declarations.queries.reach import declarations_of
from kaoji.subjects.home.pages.after_approval import benefit_tasks, tasks_for
from kaoji.subjects.home.pages.desk import forms_waiting
from kaoji.subjects.intake.models import Intake
from kaoji.subjects.publication.pages.views import published_list
from kaoji.subjects.windows.queries import Calendar
from kaoji.workflow.moves import STAGE_NAMES
from kaoji.workflow.roles import MAY_FILE, MAY_VIEW

_MOST_IMPORTS, _MOST_NOTICES, _MOST_GROUPS = 20, 200, 12
_SOON = 7


@dataclass(frozen=True)
class News:
    """What somebody is told of one project: the last of it, and how much came before."""

    declaration: Declaration | None
    sentence: Sentence | str
    at: datetime
    is_fresh: bool
    earlier: int


@login_not_required
def home(request: HttpRequest) -> HttpResponseBase:
    """The first page: what waits for me; for who is not signed in what everybody may see."""
    return redirect("todo") if request.user.is_authenticated else published_list(request)


@require_safe
def todo(request: HttpRequest) -> HttpResponse:
    """The person's page: the first that is shown after signing in."""
    person: Any = request.user
    mine = Intake.objects.filter(opened_by=person, state=Intake.State.OPEN)
    notices = Notice.objects.filter(
        Q(declaration__isnull=True) | Q(declaration__in=declarations_of(person)), person=person
    ).select_related("declaration")
    waiting = list(forms_waiting(person))
    after = [*tasks_for(person), *benefit_tasks(person)]
    tasks = [task for group in waiting for task in group.tasks] + after
    tasks.sort(key=lambda task: task.due or date.max)
    context = {
        "tasks": [(task, _days_left(task.due)) for task in tasks],
        "count": sum(group.count for group in waiting) + len(after),
        "more": [group for group in waiting if group.count > len(group.tasks)],
        "next": next(((task.due, _days_left(task.due)) for task in tasks if task.due), None),
        "soon": _SOON,
        "imports": mine.select_related("document").order_by("-opened_at")[:_MOST_IMPORTS],
        "news": list(islice(_grouped(notices[:_MOST_NOTICES]), _MOST_GROUPS)),
        "unseen": notices.filter(seen_at__isnull=True).count(),
        "closing": _closing(person),
    }
    return render(request, "home/pages/todo.html", context)


def _days_left(day: date | None) -> int | None:
    """How many days are left; below nought when the day has passed."""
    return (day - timezone.localdate()).days if day else None


def _grouped(notices: Iterable[Notice]) -> Iterator[News]:
    """The notices by project, the project with the latest first."""
    groups: dict[int | None, list[Notice]] = {}
    for notice in notices:
        groups.setdefault(notice.declaration_id or -notice.pk, []).append(notice)
    for held in groups.values():
        last = held[0]
        yield News(
            last.declaration,
            restored(last.sentence),
            last.made_at,
            any(item.seen_at is None for item in held),
            len(held) - 1,
        )


@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    """All news is read."""
    person: Any = request.user
    see_notices(acting_user=person, now=timezone.now())
    return redirect("todo")


def _closing(person: User) -> list[tuple[int, str, date]]:
    """The windows that are open now for what the person does, the soonest to close first."""
    today = timezone.localdate()
    places = list(places_of(person, MAY_FILE)[:1]) or list(places_of(person, MAY_VIEW)[:1])
    rows = []
    years = (today.year - 1, today.year, today.year + 1)
    calendar = Calendar(years)
    for place in places:
        for year in years:
            for stage, (window, last) in calendar.windows_for(year, place).items():
                if window.opens_on <= today <= last:
                    rows.append((year, STAGE_NAMES[stage], last))
    return sorted(rows, key=lambda row: row[2])
