"""操作日志: who did what and when, for who audits; sought by person, by object, by kind of act, by day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import cast

from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from kaoji.core.period import UnreadableDate, read_date
from kaoji.core.speech import Sentence, say
from kaoji.platform.events.event_log import story_of
from kaoji.platform.events.models import Event
from kaoji.platform.ui import saying
from kaoji.platform.ui.numbers import number_in
from kaoji.subjects.declarations.queries.reach import declarations_of
from kaoji.subjects.verification.queries.log import PER_PAGE, Sought, entries_for, rooms
from kaoji.workflow.roles import MAY_AUDIT

# When there can be entries; a calendar beyond it is not reckoned with.
_YEARS = range(2000, 2101)
_VALUE = re.compile(r"\{\w+\}")


@require_safe
@permission_required(MAY_AUDIT, raise_exception=True)
def log(request: HttpRequest) -> HttpResponse:
    """The entries that match, newest first, a page at a time."""
    sought = _sought(request)
    person = cast("User", request.user)
    found = entries_for(person, sought)
    entries = found.entries
    forms = {item.declaration_id for item in entries if item.declaration_id}
    context = {
        "days": list(_by_day(entries)),
        "rooms": list(_rooms(person)),
        "openable": set(
            declarations_of(person).filter(pk__in=forms).values_list("pk", flat=True)
        ),
        "older": found.older,
        "stopped": found.older if len(entries) < PER_PAGE else None,
        "is_first": sought.before is None,
    }
    return render(request, "verification/pages/log.html", context)


def _sought(request: HttpRequest) -> Sought:
    """What the query string asks for; a day that is none is said and left out."""
    given = request.GET
    return Sought(
        who=given.get("who", ""),
        about=given.get("about", ""),
        kind=given.get("kind", ""),
        since=_day(request, "since"),
        until=_day(request, "until"),
        before=number_in(given.get("before")),
    )


def _day(request: HttpRequest, name: str) -> date | None:
    text = request.GET.get(name, "")
    if not text.strip():
        return None
    try:
        day = read_date(text)
    except UnreadableDate as refusal:
        saying.tell(request, refusal.sentence)
        return None
    if day.year in _YEARS:
        return day
    told = say("“{text}”太早或太晚；请写 {first} 年到 {last} 年之间的日期", text=text[:40],
               first=_YEARS[0], last=_YEARS[-1])  # fmt: skip
    saying.tell(request, told)
    return None


def _by_day(entries: list[Event]) -> Iterator[tuple[date, list[tuple[Event, Sentence]]]]:
    for day, acts in groupby(entries, key=lambda event: localdate(event.at)):
        yield day, [(event, story_of(event)) for event in acts]


def _rooms(person: User) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    """Rooms and kinds as choices: what a story fills in is left open."""
    for room in rooms(person):
        kinds = [(name, _VALUE.sub("…", gettext(story))) for name, story in room.kinds]
        yield room.name, gettext(room.title), kinds
