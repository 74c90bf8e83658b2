"""Find the place in the tree that a form belongs to; enter it when whoever files may."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.utils.timezone import localdate

from kaoji.core.declaration import Declaration as Form
from kaoji.core.speech import say
from kaoji.platform.organisation.actions.register_organisation import enter_organisation
from kaoji.platform.organisation.models import Organisation
from kaoji.platform.organisation.reach import places_of
from kaoji.platform.refusals import NotPermitted, UnableToAct
from kaoji.subjects.declarations.queries.places import DEPARTMENTS, Gazetteer, names_of
from kaoji.workflow.places import PlaceKind
from kaoji.workflow.roles import MAY_IMPORT


def place_form(form: Form, *, acting_user: User, now: datetime) -> Organisation:
    """The form's place; a unit that is new is entered below the nearest place that the person files for.

    Call it inside the action's transaction. Raises NotPermitted for a place of others, and
    UnableToAct when nobody can tell where the unit belongs, or it was closed.
    """
    mine = places_of(acting_user, MAY_IMPORT)
    known = Gazetteer([form], mine).place_of(form)
    if known is not None:
        require_open(known, now)
        return known
    department, unit = names_of(form)
    if Gazetteer([form], Organisation.objects.all()).place_of(form) is not None:
        name = acting_user.get_full_name() or acting_user.get_username()
        raise NotPermitted(
            say("“{name}”对“{place}”没有此项权限；请联系管理员", name=name, place=unit)
        )
    parent = _head(department, acting_user=acting_user, now=now)
    if parent is None:
        raise UnableToAct(
            say("机构树里没有“{unit}”，您也不为它的上级填报；请管理员先登记", unit=unit)
        )
    if parent.name == unit:
        return parent
    kind = PlaceKind.DEPARTMENT if parent.kind == PlaceKind.BUREAU else PlaceKind.UNIT
    return enter_organisation(unit, kind=kind, parent=parent, acting_user=acting_user, now=now)


def require_open(place: Organisation, now: datetime) -> None:
    """Raise UnableToAct when the place was closed: nothing new begins there."""
    if place.closed_on is not None and place.closed_on <= localdate(now):
        raise UnableToAct(
            say(
                "“{place}”已于 {day} 撤销，不能再建申报表",
                place=place.name,
                day=place.closed_on,
            )
        )


def _head(department: str, *, acting_user: User, now: datetime) -> Organisation | None:
    """The place that a new unit goes under: its department, entered too where it is new."""
    mine = places_of(acting_user, MAY_IMPORT)
    if department:
        heads = list(mine.filter(name=department, kind__in=DEPARTMENTS)[:2])
        if heads:
            return heads[0] if len(heads) == 1 else None
    tops = list(mine.filter(kind=PlaceKind.BUREAU)[:2])
    if len(tops) != 1:
        return None
    if not department:
        return tops[0]
    return enter_organisation(
        department,
        kind=PlaceKind.DEPARTMENT,
        parent=tops[0],
        acting_user=acting_user,
        now=now,
    )
