"""The log as somebody may look through it: what happened in the places that they audit, sought by who, what and when.

A form's events belong to the place of the form. An event without a form belongs to the places in which its actor
is or was appointed, all of them: who also works elsewhere may have done it there. What the system or the console did
is for those who audit everything.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.timezone import make_aware
from django.utils.translation import gettext_noop as _

from kaoji.platform.events.models import Event
from kaoji.platform.events.of_rooms import stories_by_room
from kaoji.platform.organisation.models import Appointment, Organisation
from kaoji.platform.organisation.reach import reach_of
from kaoji.workflow.roles import MAY_AUDIT

PER_PAGE = 50

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


def rooms() -> Iterator[Room]:
    """Every room of which the log tells, with all its kinds of acts."""
    brought = stories_by_room()
    for name, title in ROOMS.items():
        yield Room(name, title, tuple(brought[name].items()))


def entries_for(person: User, sought: Sought) -> list[Event]:
    """The newest entries that match, one more than fits on a page where there are more."""
    found = _matching(_seen_by(person), sought).select_related("actor", "declaration")
    return list(found.order_by("-sequence")[: PER_PAGE + 1])


def _seen_by(person: User) -> QuerySet[Event]:
    """What happened where the person audits."""
    reach = reach_of(person)
    outside = Organisation.objects.exclude(reach.within(MAY_AUDIT))
    if reach.everywhere or not outside.exists():
        return Event.objects.all()
    appointed = Appointment.objects.filter(person=OuterRef("actor"))
    loose = Q(declaration=None) & Exists(appointed)
    elsewhere = Exists(appointed.filter(place__in=outside))
    return Event.objects.filter(
        reach.within(MAY_AUDIT, "declaration__organisation__") | (loose & ~elsewhere)
    )


def _matching(events: QuerySet[Event], sought: Sought) -> QuerySet[Event]:
    for word in sought.who.split():
        events = events.filter(
            Q(actor__username__icontains=word) | Q(actor__first_name__icontains=word)
        )
    for word in sought.about.split():
        events = _about(events, word)
    if sought.kind:
        types = stories_by_room().get(sought.kind, (sought.kind,))
        events = events.filter(type__in=list(types))
    if sought.since:
        events = events.filter(at__gte=_midnight(sought.since))
    if sought.until:
        events = events.filter(at__lt=_midnight(sought.until + timedelta(days=1)))
    if sought.before is not None:
        events = events.filter(sequence__lt=sought.before)
    return events


def _about(events: QuerySet[Event], word: str) -> QuerySet[Event]:
    """Those that name *word*, a project, or are the entry of that number (`#12`)."""
    number = word.removeprefix("#")
    if word.startswith("#") and number.isascii() and number.isdecimal():
        return events.filter(sequence=int(number[:18]))
    # One of the databases keeps Chinese in JSON as it is, the other as escapes.
    escaped = json.dumps(word)[1:-1]
    return events.annotate(said=Cast("payload", TextField())).filter(
        Q(declaration__project_name__icontains=word)
        | Q(said__icontains=word)
        | Q(said__icontains=escaped)
    )


def _midnight(day: date) -> datetime:
    return make_aware(datetime.combine(day, time.min))
