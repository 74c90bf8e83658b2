"""The schedule of a budget year: every step with the days that hold for the person, what is left, and the law's day."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kaoji.core.speech import Sentence, say
from kaoji.platform.notices.deadlines import Deadline
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.organisation.reach import places_of
from kaoji.platform.rooms import brought
from kaoji.platform.ui.numbers import number_in
from kaoji.standards.schedule import Step, steps_of
from kaoji.subjects.declarations.queries.reach import usual_year
from kaoji.subjects.windows.queries import Calendar
from kaoji.workflow.moves import Stage
from kaoji.workflow.roles import MAY_SET_WINDOWS, MAY_VIEW

_FIRST_YEAR, _LAST_YEAR, _MOST = 2000, 2100, 8
_STAGES = {stage.value for stage in Stage}


@dataclass(frozen=True)
class Span:
    """One time that holds: of a window from a day, else only a last day; how much is left, and *who* has it left."""

    title: Sentence | None
    opens: date | None
    day: date
    left: int
    address: str
    who: tuple[str, ...] = ()

    def is_past(self, today: date) -> bool:
        """Is its last day over?"""
        return self.day < today


@dataclass(frozen=True)
class Row:
    """A step with its spans, the soonest first; *more* are not shown. *usual* is the document's own last day."""

    step: Step
    spans: tuple[Span, ...]
    more: int
    begins: date
    usual: date | None


@require_safe
@permission_required(MAY_VIEW, raise_exception=True)
def schedule(request: HttpRequest) -> HttpResponse:
    """The page of a year."""
    person: Any = request.user
    today = timezone.localdate()
    year = number_in(request.GET.get("year")) or usual_year(person, today=today)
    year = min(max(year, _FIRST_YEAR), _LAST_YEAR)
    places = {place.pk: place for place in places_of(person, MAY_VIEW)}
    rows = list(_rows(year, places))
    left = [(span.day, row.step) for row in rows for span in row.spans if span.left]
    ahead = [item for item in left if item[0] >= today]
    context = {
        "year": year,
        "years": (year - 1, year, year + 1),
        "today": today,
        "rows": rows,
        "next": min(ahead, key=lambda item: item[0], default=None),
        "late": [step for day, step in left if day < today],
        "may_set": person.has_perm(MAY_SET_WINDOWS),
    }
    return render(request, "home/pages/schedule.html", context)


def _rows(year: int, places: dict[int, Organisation]) -> Iterator[Row]:
    found = _deadlines(year, places)
    windows = _windows(year, places, found)
    for step in steps_of(year):
        spans = windows.get(step.key) or _spans(found, step.key)
        yield Row(
            step,
            tuple(spans[:_MOST]),
            max(len(spans) - _MOST, 0),
            step.first_day(year),
            step.last_day(year),
        )


def _deadlines(year: int, places: dict[int, Organisation]) -> list[Deadline]:
    """Everything that is due for the year in these places."""
    return [
        item
        for brings in brought("due", "DEADLINES").values()
        for item in brings(date(year - 1, 1, 1), date.max, timezone.localdate())
        if item.year == year and item.place.pk in places
    ]


def _spans(found: list[Deadline], step: str) -> list[Span]:
    """The deadlines of a step; what several places owe by one day on one page is added up."""
    left: dict[tuple[date, str], Counter[str]] = {}
    titles: dict[tuple[date, str], Sentence] = {}
    for item in found:
        if item.step == step:
            key = item.day, item.address
            left.setdefault(key, Counter())[item.place.name] += item.left
            titles[key] = item.title
    return [
        Span(titles[key], None, key[0], left[key].total(), key[1], _names(left[key]))
        for key in sorted(titles)
    ]


def _names(left: Counter[str]) -> tuple[str, ...]:
    """Who has something left, the most first; no more than can be read in a cell."""
    return tuple(name for name, count in left.most_common(_MOST) if count)


def _windows(
    year: int, places: dict[int, Organisation], found: list[Deadline]
) -> dict[str, list[Span]]:
    """By stage the windows that hold in these places, with the office that set each where there are several."""
    calendar = Calendar([year])
    held: dict[str, dict[tuple[date, date], set[str]]] = {}
    for place in places.values():
        for stage, (window, last) in calendar.windows_for(year, place).items():
            span = window.opens_on, last
            held.setdefault(stage.value, {}).setdefault(span, set()).add(window.place.name)
    left: defaultdict[tuple[str, date], Counter[str]] = defaultdict(Counter)
    addresses: dict[tuple[str, date], str] = {}
    for item in found:
        if item.step in _STAGES:
            left[item.step, item.day][item.place.name] += item.left
            addresses[item.step, item.day] = item.address
    return {
        stage: [
            Span(
                say("{places}", places="、".join(sorted(names))) if len(spans) > 1 else None,
                opens,
                day,
                left[stage, day].total(),
                addresses.get((stage, day), ""),
                _names(left[stage, day]),
            )
            for (opens, day), names in sorted(spans.items(), key=lambda item: item[0][1])
        ]
        for stage, spans in held.items()
    }
