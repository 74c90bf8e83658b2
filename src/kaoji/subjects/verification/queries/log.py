"""The log as somebody may look through it: what happened in the places that they audit, sought by who, what and when.

A form's events belong to the place of the form. An event without a form belongs to the places in which its actor
is or was appointed, all of them: who also works elsewhere may have done it there. What the system or the console did
is for those who audit everything. Of what a room asks another right for (benefits) only who holds that is told.

A question looks back over so many entries and says where it stopped: the log grows for years, and few are rare in it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.timezone import make_aware
from django.utils.translation import gettext_noop as _

from kaoji.platform.events.models import Event
from kaoji.platform.events.of_rooms import rights_asked, stories, stories_by_room
from kaoji.platform.organisation.models import Appointment, Organisation
from kaoji.platform.organisation.reach import reach_of
from kaoji.workflow.roles import MAY_AUDIT

PER_PAGE = 50
# How many entries are looked through for one page.
FAR_BACK = 50_000
_MOST_WORDS = 10
_FILLED_IN = re.compile(r"\{(\w+)\}")

# What the acts of a room are called together, in the order in which people look for them.
ROOMS = {
    "declarations": _("申报表"),
    "review": _("审核与公开"),
    "approval": _("批复文件"),
    "intake": _("读入文件"),
    "ex_ante": _("事前评估"),
    "windows": _("办理期限"),
    "library": _("指标库"),
    "rulebook": _("检查规则"),
    "results": _("完成情况"),
    "spending": _("预算执行"),
    "service_records": _("服务记录"),
    "surveys": _("问卷"),
    "monitoring": _("运行监控"),
    "rectification": _("整改"),
    "self_evaluation": _("自评与复核"),
    "evaluation": _("财政评价"),
    "department_expenditure": _("部门整体支出"),
    "department_reports": _("部门报告"),
    "benefits": _("资金发放"),
    "organisation": _("机构与任职"),
    "accounts": _("账号与密钥"),
    "webhooks": _("推送"),
}


@dataclass(frozen=True)
class Sought:
    """What somebody looks for: *who* did it (account or name), *about* what (project, or words of the record),
    which *kind* of act (a type of event, or a room), in which days (both included); *before* which entry.
    """

    who: str = ""
    about: str = ""
    kind: str = ""
    since: date | None = None
    until: date | None = None
    before: int | None = None


@dataclass(frozen=True)
class Room:
    """A room and what its acts are called together; its *kinds* are types of events with their stories."""

    name: str
    title: str
    kinds: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Found:
    """What there is for one page, newest first; *older* entries stand before that number, None where there are none."""

    entries: list[Event]
    older: int | None


def rooms(person: User) -> Iterator[Room]:
    """Every room of which the log tells this person, with all its kinds of acts."""
    brought, hidden = stories_by_room(), _hidden_from(person)
    for name, title in ROOMS.items():
        kinds = tuple(item for item in brought[name].items() if item[0] not in hidden)
        if kinds:
            yield Room(name, title, kinds)


def entries_for(person: User, sought: Sought) -> Found:
    """The newest entries that match, as far back as one question looks."""
    first, last = _stretch(sought)
    bottom = max(first, last - FAR_BACK + 1)
    events = _matching(_seen_by(person), sought).filter(
        sequence__gte=bottom, sequence__lte=last
    )
    words = sought.about.split()[:_MOST_WORDS]
    newest_first = events.select_related("actor", "declaration").order_by("-sequence")
    # Words are looked at more closely, one entry after another; else the database knows where to stop.
    looked_at = newest_first.iterator() if words else newest_first[: PER_PAGE + 1]
    found: list[Event] = []
    for event in looked_at:
        if all(_names(event, word) for word in words):
            if len(found) == PER_PAGE:
                return Found(found, found[-1].sequence)
            found.append(event)
    return Found(found, bottom if bottom > first else None)


def _stretch(sought: Sought) -> tuple[int, int]:
    """The first and the last entry that the days, and the page before, leave."""
    numbers = Event.objects.values_list("sequence", flat=True)
    first: int | None = 1
    if sought.since:
        after = numbers.filter(at__gte=_midnight(sought.since))
        first = after.order_by("at", "sequence").first()
    if sought.until:
        numbers = numbers.filter(at__lt=_midnight(sought.until + timedelta(days=1)))
        last = numbers.order_by("-at", "-sequence").first()
    else:
        last = numbers.order_by("-sequence").first()
    if first is None or last is None:
        return 1, 0
    return first, last if sought.before is None else min(last, sought.before - 1)


def _hidden_from(person: User) -> set[str]:
    """The types of events that ask for a right which the person lacks somewhere where they audit."""
    reach = reach_of(person)
    return {
        kind for kind, right in rights_asked().items() if not reach.covers(right, MAY_AUDIT)
    }


def _seen_by(person: User) -> QuerySet[Event]:
    """What happened where the person audits."""
    reach = reach_of(person)
    told = Event.objects.exclude(type__in=_hidden_from(person))
    outside = Organisation.objects.exclude(reach.within(MAY_AUDIT))
    if reach.everywhere or not outside.exists():
        return told
    appointed = Appointment.objects.filter(person=OuterRef("actor"))
    # Whoever reaches everything may have done it anywhere.
    loose = Q(declaration=None, actor__is_superuser=False) & Exists(appointed)
    elsewhere = Exists(appointed.filter(place__in=outside))
    return told.filter(
        reach.within(MAY_AUDIT, "declaration__organisation__") | (loose & ~elsewhere)
    )


def _matching(events: QuerySet[Event], sought: Sought) -> QuerySet[Event]:
    for word in sought.who.split()[:_MOST_WORDS]:
        events = events.filter(
            Q(actor__username__icontains=word) | Q(actor__first_name__icontains=word)
        )
    for word in sought.about.split()[:_MOST_WORDS]:
        events = _about(events, word)
    if sought.kind:
        types = stories_by_room().get(sought.kind, (sought.kind,))
        events = events.filter(type__in=list(types))
    if sought.since:
        events = events.filter(at__gte=_midnight(sought.since))
    if sought.until:
        events = events.filter(at__lt=_midnight(sought.until + timedelta(days=1)))
    return events


def _about(events: QuerySet[Event], word: str) -> QuerySet[Event]:
    """Those in which *word* stands somewhere, or the entry of that number (`#12`); `_names` looks closer."""
    number = _number(word)
    if number is not None:
        return events.filter(sequence=number)
    # One of the databases keeps Chinese in JSON as it is, the other as escapes.
    escaped = json.dumps(word)[1:-1]
    return events.annotate(said=Cast("payload", TextField())).filter(
        Q(declaration__project_name__icontains=word)
        | Q(said__icontains=word)
        | Q(said__icontains=escaped)
    )


def _names(event: Event, word: str) -> bool:
    """Is the word in what is told of the event? A payload says more than its story does."""
    if _number(word) is not None:
        return True
    named = [event.declaration.project_name] if event.declaration else []
    told = [event.payload.get(name) for name in _FILLED_IN.findall(stories()[event.type])]
    said = [json.dumps(value, ensure_ascii=False) for value in told]
    return any(word.casefold() in text.casefold() for text in (*named, *said))


def _number(word: str) -> int | None:
    """The number in `#12`."""
    number = word.removeprefix("#")
    known = word.startswith("#") and number.isascii() and number.isdecimal()
    return int(number[:18]) if known else None


def _midnight(day: date) -> datetime:
    return make_aware(datetime.combine(day, time.min))
