"""What stands around every page: whose system it is, who I am and as what, the ways in, the last entry of the log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.timezone import localdate
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_noop as _

from kaoji import __version__
from kaoji.platform.events.models import LogHead
from kaoji.platform.organisation.office import name_of_office
from kaoji.platform.organisation.reach import appointments_in_force
from kaoji.platform.ui.paging import OFFICE, for_half_a_minute, until_something_happens
from kaoji.subjects.declarations.models import Declaration
from kaoji.subjects.declarations.queries.turns import turn_of
from kaoji.subjects.home.pages.after_approval import benefit_tasks, tasks_for
from kaoji.workflow.roles import ROLE_NAMES, Role

_VIEW, _FILE = "declarations.view_declaration", "declarations.add_declaration"
_APPOINT = "organisation.add_appointment"
_AUDIT = "events.view_event"
# Whoever works on benefits has one of these, somewhere.
_BENEFITS = "benefits.view_run benefits.confirm_roster"


@dataclass(frozen=True)
class Way:
    """A way in. *count* says how much waits there, *hot* that it waits for me; *more* stands under 更多."""

    title: str
    address: str
    is_here: bool
    count: int = 0
    hot: bool = False
    more: bool = False


@dataclass(frozen=True)
class Door:
    """How a way is called, where it leads, which right (or one of which) opens it, which addresses belong to it."""

    title: str
    name: str
    right: str | None = None
    also: tuple[str, ...] = ()
    more: bool = False


_DOORS = (
    Door(_("待办"), "todo", _VIEW),
    Door(_("项目"), "declarations", _VIEW),
    Door(_("绩效跟踪"), "following", _VIEW, ("/monitoring/", "/results/")),
    Door(_("分析与公开"), "figures", _VIEW),
    Door(_("资金发放"), "benefits", _BENEFITS, more=True),
    Door(_("导入"), "upload", _FILE, ("/uploads/",), more=True),
    Door(_("事前评估"), "ex-ante", _VIEW, more=True),
    Door(_("批复文件"), "letters", _VIEW, more=True),
    Door(_("年度日程"), "schedule", _VIEW, ("/windows/",), more=True),
    Door(_("一体化交换表"), "exchange", _VIEW, more=True),
    Door(_("指标库"), "library", _VIEW, more=True),
    Door(_("检查规则"), "rules", more=True),
    Door(_("公开栏"), "public", more=True),
    Door(_("机构与人员"), "places", _APPOINT, more=True),
    Door(_("操作日志"), "log", _AUDIT, more=True),
)
# Who is not signed in finds two doors, neither hidden.
_OPEN_DOORS = (Door(_("公开的绩效目标"), "public"), Door(_("检查规则"), "rules"))


@dataclass(frozen=True)
class Frame:
    """The words of header and footer; *office* is whose name heads the pages, *role* what I am and where."""

    office: str
    contact: str
    version: str
    entries: int
    last_hash: str
    role: tuple[str, str] | None
    ways: list[Way]

    @property
    def first(self) -> list[Way]:
        """The groups that stand in the row."""
        return [way for way in self.ways if not way.more]

    @property
    def rest(self) -> list[Way]:
        """What stands under 更多."""
        return [way for way in self.ways if way.more]


def frame(request: HttpRequest) -> dict[str, Any]:
    """For templates: made when a page asks for it."""
    return {"frame": SimpleLazyObject(lambda: _frame(request))}


def _frame(request: HttpRequest) -> Frame:
    name = for_half_a_minute(OFFICE, lambda: {"name": name_of_office()})["name"]
    head = LogHead.objects.filter(pk=1).first() or LogHead(hash="")
    user = getattr(request, "user", None)  # an unreadable request has none
    person = user if isinstance(user, User) else None
    return Frame(
        name,
        settings.OFFICE_CONTACT,
        __version__,
        head.sequence,
        head.hash[:12],
        _role(person) if person else None,
        list(_ways(request, person, head.sequence)),
    )


def _role(person: User) -> tuple[str, str] | None:
    """What the person is, and where: of the last appointment in force."""
    held = (
        appointments_in_force(localdate())
        .filter(person=person)
        .order_by("-since", "-pk")
        .first()
    )
    return (ROLE_NAMES[Role(held.role)], held.place.name) if held else None


def _ways(request: HttpRequest, person: User | None, entries: int) -> Iterator[Way]:
    counts = waiting_for(person, at=entries) if person else {}
    for door in _DOORS if person else _OPEN_DOORS:
        if door.right is None or (person and any(map(person.has_perm, door.right.split()))):
            address = reverse(door.name)
            here = request.path.startswith(address) or request.path_info.startswith(door.also)
            here = here or (door.name == "public" and request.path_info == "/")
            yield Way(
                _in_menu(door.title),
                address,
                here,
                counts.get(door.name, 0),
                door.name == "todo",
                door.more,
            )


def _in_menu(title: str) -> str:
    """How a way is called in the menu, where English says it otherwise than above a column: “Projects”."""
    told = pgettext("menu", title)
    return told if told != title else gettext(title)


def waiting_for(person: User, *, at: int | None = None) -> dict[str, int]:
    """How much waits for the person: in all, and of it what follows the approvals; *at* as in `paging`."""
    if not person.has_perm(_VIEW):
        return {}

    def counted() -> dict[str, Any]:
        forms = Declaration.objects.filter(turn_of(person)).count()
        after = len(tasks_for(person))
        paying = len(list(benefit_tasks(person)))
        return {"todo": forms + after + paying, "following": after}

    return until_something_happens(f"waiting:{person.pk}", counted, at=at)
